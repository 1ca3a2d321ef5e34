import { ByteWriter } from '../../src/bytes/writer';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump, made } from './files';
import { expect, type Locator, type Page, test } from './test';

const listing = (page: Page): Locator => page.getByRole('grid', { name: 'Instructions' });
const row = (page: Page, text: RegExp): Locator => listing(page).getByRole('row', { name: text });
const current = (page: Page): Locator => listing(page).locator('[role=row][aria-selected="true"]');
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });

async function open(page: Page, files: readonly string[]): Promise<App> {
  const app = new App(page);
  await app.start();
  await app.drop(files);
  await expect(app.threads).toBeVisible();
  return app;
}

const DIVIDE = 'wasmtime/c-divide-O0';
const divide = () => [dump(DIVIDE), companion(DIVIDE, 'c-divide-O0.wasm')];

test('mouse: the trap is marked with its reason, calls are followed and come back', async ({ page }) => {
  const app = await open(page, divide());
  await tab(page, 'Disassembly').click();
  const trap = row(page, /i32\.div_s/);
  await expect(trap).toBeVisible();
  await expect(trap).toContainText('integer divide by zero');
  await expect(trap).toContainText('inferred');
  await expect(page.getByText('the divisor, the i32 loaded from local 2 + 8, is 0')).toBeVisible();
  await expect(current(page)).toContainText('i32.div_s');

  await test.step('a caller', async () => {
    await app.frames().nth(2).click();
    await expect(page.getByRole('heading', { name: /func\[9\] \$walk/ })).toBeVisible();
    await expect(current(page)).toContainText('call $helper');
  });
  await test.step('its callee, and back', async () => {
    await listing(page).getByRole('button', { name: '$helper' }).click();
    await expect(page.getByRole('heading', { name: /func\[10\] \$helper/ })).toBeVisible();
    await page.getByRole('button', { name: 'Back', exact: true }).last().click();
    await expect(page.getByRole('heading', { name: /func\[9\] \$walk/ })).toBeVisible();
    await expect(current(page)).toContainText('call $helper');
  });
  await test.step('a branch goes to its target', async () => {
    await row(page, /br_if 1/)
      .getByRole('button')
      .click();
    await expect(current(page)).toContainText('end');
  });
  await test.step('offsets from the file, kept over a look at the memory', async () => {
    await page.getByLabel('Offsets from').selectOption('file');
    // wasm-objdump -d: 000271: 10 8a 80 80 80 00, call 10 <helper>.
    await expect(row(page, /0x000271.*call \$helper/)).toBeVisible();
    await tab(page, 'Memory').click();
    await expect(app.memory).toBeVisible();
    await tab(page, 'Disassembly').click();
    await expect(page.getByRole('heading', { name: /func\[9\] \$walk/ })).toBeVisible();
    await expect(row(page, /0x000271/)).toBeAttached();
  });
});

test('keyboard alone', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = await open(page, divide());
  await tab(page, 'Memory').focus();
  await page.keyboard.press('End');
  await expect(tab(page, 'Disassembly')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, /i32\.div_s/)).toBeVisible();
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  await expect(listing(page)).toBeFocused();

  await test.step('rows, and what is said of them', async () => {
    await page.keyboard.press('ArrowUp');
    await expect(current(page)).toContainText('i32.load offset=8');
    await expect(page.getByRole('contentinfo')).toContainText('+0x25 i32.load offset=8');
    await page.keyboard.press('End');
    await expect(current(page)).toContainText('end');
    await page.keyboard.press('Home');
    await expect(current(page)).toContainText('global.get $__stack_pointer');
  });
  await test.step('copy', async () => {
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    await expect(page.getByRole('contentinfo')).toContainText('2 lines copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')).toEqual([
      ';; func[8] $divide (param i32 i32) (result i32)',
      '+0x3   global.get $__stack_pointer',
      '+0x9   i32.const 16',
    ]);
  });
  await test.step('find', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('return');
    await page.keyboard.press('Enter');
    await expect(current(page)).toContainText('return');
    await page.keyboard.press('Escape');
    await expect(listing(page)).toBeFocused();
  });
  await test.step('go to an offset, a function, follow a call, go back', async () => {
    await page.keyboard.press('g');
    await page.keyboard.type('+0x28');
    await page.keyboard.press('Enter');
    await expect(current(page)).toContainText('i32.div_s');
    await page.keyboard.press('g');
    await page.keyboard.type('func[10]');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /func\[10\] \$helper/ })).toBeVisible();
    await expect(listing(page)).toBeFocused();
    await page.keyboard.press('g');
    await page.keyboard.type('+0x44');
    await page.keyboard.press('Enter');
    await expect(current(page)).toContainText('call $divide');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /func\[8\] \$divide/ })).toBeVisible();
    await page.keyboard.press('Backspace');
    await expect(page.getByRole('heading', { name: /func\[10\] \$helper/ })).toBeVisible();
  });
  await test.step('an offset outside says the range', async () => {
    await page.keyboard.press('g');
    await page.keyboard.type('+0x9999');
    await expect(page.getByText(/^\+0x9999 is outside this function: \+0x0 to /)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(listing(page)).toBeFocused();
  });
  await expect(app.memory).toBeHidden();
});

test('without the module, and with another build, it says what to do', async ({ page }) => {
  await open(page, [dump(DIVIDE)]);
  await tab(page, 'Disassembly').click();
  await expect(
    page.getByText('Drop c-divide-O0.wasm to see its code. The dump names it as module 0.'),
  ).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles([companion(DIVIDE, 'c-divide-O0.wasm')]);
  await expect(row(page, /i32\.div_s/)).toBeVisible();

  await open(page, [dump('wasmtime/mismatch'), companion('wasmtime/mismatch', 'other-build.wasm')]);
  await tab(page, 'Disassembly').click();
  await expect(page.getByText(/^other-build\.wasm does not match this dump: /)).toBeVisible();
});

/** A module that fits the dump of `fuel`, whose function `spin` holds `count` instructions more. */
function grown(count: number): Uint8Array {
  const module = new ByteWriter();
  const section = (id: number, content: Uint8Array) => {
    module.u8(id);
    module.sized(content);
  };
  module.raw([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(1, Uint8Array.of(2, 0x60, 1, 0x7f, 0, 0x60, 0, 0));
  section(3, Uint8Array.of(2, 0, 1));
  // One i64, at +3 the loop in which the frame stands, nops.
  const spin = new Uint8Array(count + 7).fill(0x01);
  spin.set([1, 1, 0x7e, 0x03, 0x40]);
  spin.set([0x0b, 0x0b], spin.length - 2);
  const code = new ByteWriter();
  code.unsigned(2);
  code.sized(spin);
  // At +11 the call in which the frame of `start` stands.
  code.sized(Uint8Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1, 0x41, 0, 0x10, 0, 0x0b));
  section(10, code.bytes());
  return module.bytes();
}

for (const count of [100_000, 10_000_000]) {
  test(`a function of ${count} instructions scrolls to its end`, async ({ page }) => {
    await open(page, [dump('wasmtime/fuel'), made(`grown-${count}.wasm`, grown(count))]);
    await tab(page, 'Disassembly').click();
    await expect(row(page, /loop/)).toBeVisible();
    await listing(page).focus();
    await page.keyboard.press('End');
    await expect(current(page)).toHaveAttribute('aria-rowindex', String(count + 3));
    await expect(current(page)).toContainText('end');
    await page.keyboard.press('PageUp');
    await expect(current(page)).toContainText('nop');
    expect(await listing(page).getByRole('row').count()).toBeLessThan(100);
    await page.keyboard.press('g');
    await page.keyboard.type(`+${count / 2}`);
    await page.keyboard.press('Enter');
    await expect(current(page)).toContainText(`+0x${(count / 2).toString(16)}`);
  });
}

for (const width of [1440, 900]) {
  test(`accessible at ${width} px, in both themes`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    await new App(page).start();
    await new App(page).drop(divide());
    await tab(page, 'Disassembly').click();
    await expect(row(page, /i32\.div_s/)).toBeVisible();
    await expectAccessible(page, 'a trap', 'without-cells');
  });
}

test('accessible at a call, in both themes', async ({ page }) => {
  test.slow();
  const app = await open(page, divide());
  await tab(page, 'Disassembly').click();
  await app.frames().nth(2).click();
  await expect(row(page, /call \$helper/)).toBeVisible();
  await expectAccessible(page, 'a call', 'without-cells');
});

test('source lines stand beside the instructions and lead to the source', async ({ page }) => {
  await open(page, [...divide(), companion(DIVIDE, 'crash.c')]);
  await tab(page, 'Disassembly').click();
  const line = (name: string) => listing(page).getByRole('button', { name, exact: true });
  await expect(line('crash.c:12')).toHaveCount(1);
  await expect(line('crash.c:13')).toHaveCount(1);
  await line('crash.c:14').click();
  const source = page.getByRole('grid', { name: 'Source of crash.c' });
  await expect(source.locator('.src-row.current')).toHaveAttribute('aria-rowindex', '14');
  await expect(source.locator('[aria-current=location]')).toContainText('int q = a / b;');
  // By keyboard, of an instruction in the middle of its line.
  await tab(page, 'Disassembly').click();
  await listing(page).focus();
  await page.keyboard.press('s');
  await expect(source.locator('.src-row.current')).toHaveAttribute('aria-rowindex', '13');
  await expectAccessible(page, 'a line that was gone to', 'without-cells');
});
