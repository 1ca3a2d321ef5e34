import { readFile } from 'node:fs/promises';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump } from './files';
import { expect, type Locator, type Page, test } from './test';

/** What the inspector says, by the names that it promises. */
class Inspector {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  get values(): Locator {
    return this.page.getByRole('grid', { name: 'Values' });
  }
  row(name: string): Locator {
    return this.values.getByRole('row').filter({
      has: this.page.getByRole('rowheader', { name, exact: true }),
    });
  }
  get address(): Locator {
    return this.page.getByRole('region', { name: 'What is this address?' });
  }
  get copy(): Locator {
    return this.page.getByRole('button', { name: 'Copy', exact: true });
  }
  item(name: string): Locator {
    return this.page.getByRole('menuitem', { name: new RegExp(`^${name}( Ctrl\\+C)?$`) });
  }
}

async function opened(page: Page, folder: string, files: readonly string[] = []) {
  const app = new App(page);
  await app.start();
  await app.drop([dump(folder), ...files]);
  await expect(app.memory).toBeVisible();
  return { app, inspector: new Inspector(page) };
}

const marked = (app: App) => app.memory.locator('[role=gridcell].rng');

// truth.json of c-heap: g_head stands at 69376 (0x10f00) and holds 71264 (0x11660).
test('values, their bytes in the grid, and the chain, with the mouse', async ({ page }) => {
  const { app, inspector } = await opened(page, 'wasmtime/c-heap');
  await app.go(69376);
  await expect(inspector.row('u32')).toContainText('71,264');
  await expect(inspector.row('u16')).toContainText('5,728');
  await expect(inspector.row('i8')).toContainText('96');
  await expect(inspector.row('pointer')).toContainText('0x00011660');

  await inspector.row('u32').hover();
  await expect(marked(app)).toHaveCount(4);
  await inspector.row('u64').hover();
  await expect(marked(app)).toHaveCount(8);
  await page.mouse.move(700, 10);
  await expect(marked(app)).toHaveCount(0);

  await page.getByRole('button', { name: 'Byte order: little endian' }).click();
  await expect(inspector.row('u16')).toContainText('24,598');
  await page.getByRole('button', { name: 'Byte order: big endian' }).click();

  const chain = inspector.address.getByRole('list', { name: 'Pointers followed' });
  await expect(chain).toContainText(/0x00011660 holds\s*0x00011620/);
  await expect(chain).toContainText(/0x00011620 holds\s*0x000115e0/);
  // What points to the head of the list: g_head itself, and main's `head`.
  await app.go(71264);
  const here = inspector.address.getByRole('list', { name: 'What points here' });
  await expect(here.getByRole('button', { name: '0x00010f00' })).toBeVisible();
  await expect(here.getByRole('button', { name: '0x0000fd1c' })).toBeVisible();
  await expect(inspector.address).toContainText('13,924 of 13,924 captured bytes searched');
  await here.getByRole('button', { name: '0x0000fd1c' }).click();
  await expect(inspector.row('pointer')).toContainText('0x00011660');
  await inspector.row('pointer').dblclick();
  await expect(inspector.address.getByRole('heading', { level: 2 })).toHaveText('What is 0x00011660?');
});

test('everything with keys alone', async ({ page }) => {
  const { app, inspector } = await opened(page, 'wasmtime/c-heap');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('69376');
  await page.keyboard.press('Enter');
  await expect(app.memory).toBeFocused();
  await expect(inspector.row('u32')).toContainText('71,264');

  await test.step('a row by its keys; it outlines its bytes, Enter selects them', async () => {
    await inspector.row('u8').press('ArrowDown');
    await expect(inspector.row('i8')).toBeFocused();
    await page.keyboard.press('End');
    await expect(inspector.row('pointer')).toBeFocused();
    await page.keyboard.press('Home');
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('ArrowDown');
    await expect(inspector.row('u32')).toBeFocused();
    await expect(marked(app)).toHaveCount(4);
    await page.keyboard.press('Enter');
    await expect(app.memory.locator('[role=gridcell][aria-selected=true]')).toHaveCount(4);
  });

  await test.step('c opens the forms; letters and arrows choose; Esc gives the focus back', async () => {
    await app.memory.focus();
    await page.keyboard.press('c');
    await expect(inspector.item('Hex dump')).toBeFocused();
    await page.keyboard.press('r');
    await expect(inspector.item('Rust array')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(app.memory).toBeFocused();
  });

  await test.step('a pointer is followed', async () => {
    await inspector.row('pointer').focus();
    await page.keyboard.press('Enter');
    await expect(inspector.address.getByRole('heading', { level: 2 })).toHaveText('What is 0x00011660?');
  });
});

test('copies in every form, and refuses what a form cannot say', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { app, inspector } = await opened(page, 'wasmtime/c-heap');
  await app.go('69376+4');
  const copied = async (form: string) => {
    await inspector.copy.click();
    await inspector.item(form).click();
    // Of this form: the sentence of the one before may still stand there.
    const label = form.replace('Hex', 'hex');
    await expect(page.getByText(`4 bytes copied as ${label}.`).first()).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('C array')).toBe(
    'const unsigned char bytes_00010f00[4] = {\n    0x60, 0x16, 0x01, 0x00,\n};',
  );
  expect(await copied('JSON array')).toBe('[96,22,1,0]');
  expect(await copied('Base64')).toBe('YBYBAA==');
  expect(await copied('Hex')).toBe('60 16 01 00');

  await app.chooseGaps(/missing/);
  // The last 8 captured bytes before a gap, and 32 of the gap.
  await app.go('76806..76845');
  await inspector.copy.click();
  await inspector.item('C array').click();
  const refusal = /Not copied: 32 of 40 bytes are missing, and a C array cannot say so. Hex dump can./;
  await expect(page.getByText(refusal).first()).toBeVisible();
});

test('saves a range as a file, and refuses where bytes are missing', async ({ page }) => {
  const { app, inspector } = await opened(page, 'wasmtime/c-heap');
  await app.go('0..131071');
  await inspector.copy.click();
  const download = page.waitForEvent('download');
  await inspector.item('Save bytes').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('memory0-0x00000000-131072.bin');
  const bytes = await readFile(await file.path());
  expect(bytes.length).toBe(131_072);
  expect(bytes.readUInt32LE(69376)).toBe(71264);
  await expect(page.getByText('131,072 bytes saved as').first()).toBeVisible();

  await app.chooseGaps(/missing/);
  await app.go('0..131071');
  await inspector.copy.click();
  await inspector.item('Save bytes').click();
  await expect(
    page
      .getByText('Not saved: 117,148 of 131,072 bytes are missing, and a file of bytes cannot say so.')
      .first(),
  ).toBeVisible();
  await inspector.copy.click();
  const second = page.waitForEvent('download');
  await inspector.item('Save hex dump').click();
  const text = await readFile(await (await second).path(), 'utf8');
  expect(text.split('\n')[0]).toMatch(/^00000000 {2}\?\?/);
  expect(text.trimEnd().split('\n')).toHaveLength(131_072 / 16);
});

test('what an address is, with the module that laid it out', async ({ page }) => {
  const module = companion('wasmtime/c-divide-O0', 'c-divide-O0.wasm');
  const { app, inspector } = await opened(page, 'wasmtime/c-divide-O0', [module]);
  await app.go(65536);
  await expect(inspector.address).toContainText('data segment .rodata');
  await expect(inspector.address).toContainText('0x00010000 to 0x0001096f in c-divide-O0.wasm');
  // truth.json: __stack_pointer is 65440 at the trap.
  await app.go(65440);
  await expect(inspector.address).toContainText('shadow stack');
  const here = inspector.address.getByRole('list', { name: 'What points here' });
  await here.getByRole('button', { name: '__stack_pointer' }).click();
  await expect(page.getByRole('region', { name: 'Value' })).toContainText('__stack_pointer');
  await app.go(65439);
  await expect(inspector.address).toContainText('free: below __stack_pointer');
  await app.go(8);
  await expect(inspector.address).toContainText('null guard');
  await expect(inspector.address).toContainText('Not searched: numbers below 1,024');
});

test('refuses across missing bytes, and says so where a pointer leads to them', async ({ page }) => {
  const { app, inspector } = await opened(page, 'wasmtime/c-pointers');
  await app.chooseGaps(/missing/);
  // truth.json: `big` stands at 65516 and holds 70512, one byte past what is captured.
  await app.go(65516);
  await expect(inspector.address).toContainText('missing from the dump');
  await expect(inspector.address.getByRole('list', { name: 'Pointers followed' })).toContainText(
    'cannot read: missing from the dump',
  );
  await app.go(70509);
  await expect(inspector.row('u16')).toContainText(/^u16\s*\d/);
  await expect(inspector.row('u32')).toContainText('2 of 4 bytes missing');
});

test('nothing serious for axe: values, menu, address', async ({ page }) => {
  const { app, inspector } = await opened(page, 'wasmtime/c-heap');
  await app.go(69376);
  await expect(inspector.address).toContainText('captured bytes searched');
  await expectAccessible(page, 'inspector', 'without-cells');
  await inspector.copy.click();
  await expect(inspector.item('Hex dump')).toBeVisible();
  await expectAccessible(page, 'copy menu', 'without-cells');
});
