import { App } from './app';
import { expectAccessible } from './axe';
import { dump, made } from './files';
import { expect, type Locator, type Page, test } from './test';

/** The list that crash.c built, of which truth.json says node-1, node-3, node-5; the first node stands at `FIRST`. */
const FIRST = '0x11150';
const NODE = 'struct Node { int x, y; struct Node *next; char name[16]; double w; };';

const area = (page: Page) => page.getByRole('textbox', { name: 'Structs', exact: true });
const tree = (page: Page) => page.getByRole('treegrid', { name: 'Struct' });
const row = (page: Page, name: RegExp): Locator => tree(page).getByRole('row', { name });
const at = (page: Page) => page.getByRole('textbox', { name: 'Address of the struct' });

async function openStructs(page: Page): Promise<App> {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.threads).toBeVisible();
  await page.getByRole('tab', { name: 'Structs' }).click();
  await expect(area(page)).toBeVisible();
  return app;
}

test('a struct over real bytes: values, list, selection both ways, kept over a reload', async ({ page }) => {
  const app = await openStructs(page);
  await area(page).fill(NODE);
  await at(page).fill(FIRST);
  await at(page).press('Enter');

  await test.step('values', async () => {
    await expect(row(page, /^x int 1 \+0/)).toBeVisible();
    await expect(row(page, /^name char\[16\] "node-1"/)).toBeVisible();
    await expect(row(page, /^w double 1\.5 \+32/)).toBeVisible();
    await expect(page.getByText('40 bytes, aligned to 8')).toBeVisible();
  });

  await test.step('a pointer says what it leads to, and opens', async () => {
    const next = row(page, /^next Node \*/);
    await expect(next).toContainText('captured');
    await next.locator('[data-twist]').click();
    await expect(row(page, /^\*next Node \{3, 4,/)).toBeVisible();
  });

  await test.step('a part selects its bytes', async () => {
    await row(page, /^w double/).click();
    await expect(page.getByRole('contentinfo')).toContainText(/captured/);
    await expect(page.getByLabel('Bytes', { exact: true })).toContainText('1.5');
  });

  await test.step('a byte marks its part', async () => {
    await page.keyboard.press('Control+g');
    await page.keyboard.type(`${FIRST}+4`);
    await page.keyboard.press('Enter');
    await expect(row(page, /^x int/)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Control+g');
    await page.keyboard.type(`0x${(Number(FIRST) + 5).toString(16)}`);
    await page.keyboard.press('Enter');
    await expect(row(page, /^y int/)).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('the list is followed to its end', async () => {
    await page.getByRole('combobox', { name: 'Follow the list through' }).selectOption('next');
    await expect(page.getByText('3 nodes, then null')).toBeVisible();
    await expect(row(page, /^Node\[2\] Node \{5, 6, null, "node-5"/)).toBeVisible();
  });

  await test.step('it is there again after a reload, for this dump', async () => {
    await page.reload();
    await app.drop([dump('wasmtime/c-divide-O0')]);
    await page.getByRole('tab', { name: 'Structs' }).click();
    await expect(page.getByText('3 nodes, then null')).toBeVisible();
    await app.drop([dump('wasmtime/c-heap')]);
    await page.getByRole('tab', { name: 'Structs' }).click();
    await expect(area(page)).toHaveValue('');
  });
});

test('with keys alone', async ({ page }) => {
  await openStructs(page);
  await area(page).fill(NODE);
  await page.getByRole('tab', { name: 'Structs' }).focus();
  await tabTo(page, at(page));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(FIRST);
  await page.keyboard.press('Enter');
  await expect(row(page, /^x int 1 /)).toBeVisible();
  await tabTo(page, tree(page));
  const active = () =>
    tree(page).evaluate((grid) => {
      const id = grid.getAttribute('aria-activedescendant');
      return (id === null ? null : document.getElementById(id))?.textContent ?? '';
    });
  await page.keyboard.press('Home');
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
  expect(await active()).toMatch(/^next/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await active()).toMatch(/^\*next/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toMatch(/^xint3/);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Bytes', { exact: true })).toContainText(/i32\s*3/);
  await expect(tree(page)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  expect(await active()).toMatch(/^\*next/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await active()).toMatch(/^next/);
});

test('what is wrong is said with its place; hostile texts hold nothing up', async ({ page }) => {
  await openStructs(page);
  await area(page).fill('u32 a;\nu33 b;');
  const problem = page.getByRole('button', { name: 'Line 2, column 1: a type expected, `u33` found.' });
  await expect(problem).toBeVisible();
  await problem.click();
  await expect(area(page)).toBeFocused();
  expect(await area(page).evaluate((own) => own instanceof HTMLTextAreaElement && own.selectionStart)).toBe(
    7,
  );
  await area(page).fill('struct {'.repeat(8000));
  await expect(page.getByText(/at most 64 levels expected/)).toBeVisible();
  await area(page).fill('u8 all[1000000000]; u32 last;');
  await row(page, /^all/).locator('[data-twist]').click();
  await tree(page).press('End');
  await expect(row(page, /^last u32/)).toContainText('4 of 4 bytes past the end');
  await at(page).fill('0x99999999');
  await at(page).press('Enter');
  await expect(page.getByText(/0x99999999 out of bounds: memory 0 ends at/)).toBeVisible();
});

test('text comes in and goes out, and nobody loses any', async ({ page }) => {
  await openStructs(page);
  await area(page).fill('u32 mine;');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  expect((await download).suggestedFilename()).toBe('structs.h');
  const file = made('structs/node.h', new TextEncoder().encode(NODE));
  await page.getByLabel('Load structs').setInputFiles(file);
  await expect(area(page)).toHaveValue(NODE);
  await page.getByRole('button', { name: 'Bring them back' }).click();
  await expect(area(page)).toHaveValue('u32 mine;');
  await page.getByLabel('Load structs').setInputFiles(made('structs/bad.h', Uint8Array.of(0xff, 0xfe, 0)));
  await expect(page.getByText(/bad\.h is no UTF-8 text/)).toBeVisible();
});

test('missing bytes are no value; accessible in both themes', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasm-encoder/two-regions')]);
  await expect(app.threads).toBeVisible();
  await page.getByRole('tab', { name: 'Structs' }).click();
  await area(page).fill('struct Pair { u32 a; f64 b; Pair *next; char name[8]; };');
  await expect(tree(page)).toBeVisible();
  // Memory is missing up to 0xea5f: the first two bytes of `a`.
  await at(page).fill('0xea5e');
  await at(page).press('Enter');
  await expect(row(page, /^a u32/)).toContainText('2 of 4 bytes missing');
  await page.getByRole('textbox', { name: 'How many, one after the other' }).fill('20000');
  await page.getByRole('textbox', { name: 'How many, one after the other' }).press('Enter');
  await expect(row(page, /Pair\[3\]/)).toBeVisible();
  await expectAccessible(page, 'structs', 'without-cells');
});

test('used where one panel fits at a time', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 800 });
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasm-encoder/multi-memory')]);
  await page.getByRole('tab', { name: 'Structs' }).click();
  await area(page).fill('u8 first; void *second;');
  await expect(row(page, /^second void \*.*\+4/)).toBeVisible();
  // Addresses of memory 2 are 64-bit: pointers there take 8 bytes.
  await page.getByRole('combobox', { name: 'Memory of the struct' }).selectOption('memory 2');
  await expect(row(page, /^second void \* 8 of 8 bytes missing \+8/)).toBeVisible();
  await row(page, /^second/).click();
  await expect(page.getByRole('contentinfo')).toContainText(/0x0*8 .*missing/);
  const editor = await area(page).boundingBox();
  const grid = await tree(page).boundingBox();
  expect((editor?.x ?? 0) + (editor?.width ?? 0)).toBeLessThanOrEqual((grid?.x ?? 0) + 1);
});

/** Presses Tab until the focus is on the element. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 60; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('60 times Tab does not lead there');
}
