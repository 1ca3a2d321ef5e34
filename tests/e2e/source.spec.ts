import { zipOf } from '../app/intake/zip-file';
import { fixture } from '../fixture';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump, made } from './files';
import { expect, type Locator, type Page, test } from './test';

const C = 'wasmtime/c-divide-O0';
const CPP = 'wasmtime/cpp-shapes-O1';
const module = (folder: string) => `${folder.split('/').at(-1)}.wasm`;
const companions = (folder: string, ...names: readonly string[]) =>
  names.map((name) => companion(folder, name));

const code = (page: Page, name: string): Locator => page.getByRole('grid', { name: `Source of ${name}` });
/** The line that is marked as the selected frame's. */
const here = (page: Page): Locator =>
  page.getByRole('grid', { name: /^Source of/ }).locator('[aria-current=location]');

async function openSource(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Source' }).click();
}

test('module and source dropped with the dump: the line that died, and those of its callers', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump(C), ...companions(C, module(C), 'crash.c')]);
  const excerpt = page.getByRole('list', { name: 'Lines 11 to 14 of crash.c:13:13' });
  await expect(excerpt.getByRole('listitem')).toHaveCount(4);
  await expect(excerpt.locator('[aria-current]')).toHaveText('13  int q = a / b;');
  await openSource(page);
  await expect(here(page)).toContainText('int q = a / b;');
  await expect(here(page).locator('mark')).toHaveText('/');
  await expect(here(page).getByRole('button', { name: 'Frame 0 stopped here' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Frame 1 called from here' })).toBeVisible();
  // The colours come from a worker, a moment later.
  await expect(code(page, 'crash.c').locator('.syn-keyword').first()).toBeVisible();
  await expectAccessible(page, 'source', 'without-cells');
  await page.getByRole('button', { name: 'Frame 1 called from here' }).click();
  await expect(app.threads.getByRole('treeitem', { selected: true })).toHaveText(/^1 helper/);
  await expect(here(page)).toContainText('return divide(total, k);');
});

test('the source comes after the dump: as a file, in a folder, in a zip', async ({ page }) => {
  const app = new App(page);
  const path = made('source/tree/deep/er/shapes.cpp', fixture(`${CPP}/shapes.cpp`));
  const archive = zipOf([{ name: 'src/shapes.cpp', bytes: fixture(`${CPP}/shapes.cpp`) }]);
  for (const given of [
    companion(CPP, 'shapes.cpp'),
    path.replace(/\/deep.*/, ''),
    made('source/src.zip', archive),
  ]) {
    await app.start();
    await app.drop([dump(CPP), companion(CPP, module(CPP))]);
    await openSource(page);
    // The frame that is to blame: abort() is the library's.
    await expect(page.getByText('Drop shapes.cpp, its folder or a zip.')).toBeVisible();
    await app.drop([given]);
    await expect(here(page)).toContainText('if (count == 0) std::abort();');
    await app.threads.getByRole('treeitem', { name: /^0 abort/ }).click();
    await expect(page.getByText('Drop abort.c, its folder or a zip.')).toBeVisible();
    await page.getByRole('button', { name: 'shapes.cpp:47:21', exact: true }).click();
    await expect(here(page)).toContainText('if (count == 0) std::abort();');
    await expect(page).toHaveTitle(/cpp-shapes-O1\.coredump/);
  }
});

test('inlined calls are shown one by one', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump(CPP), ...companions(CPP, module(CPP), 'shapes.cpp')]);
  await openSource(page);
  await app.threads
    .getByRole('treeitem', { name: /total_area/ })
    .first()
    .click();
  const chain = page.getByRole('list', { name: 'Inlined calls of this frame' }).getByRole('button');
  await expect(chain).toHaveCount(3);
  await expect(here(page)).toContainText('return acc + shape.area() + offset;');
  await chain.nth(1).click();
  await expect(here(page)).toContainText('acc = f(acc, *shape)');
  await chain.nth(2).click();
  await expect(here(page)).toContainText('fold(scene, 10.0, add)');
  await expectAccessible(page, 'inlined calls', 'without-cells');
});

test('by keyboard alone', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.files.setInputFiles([dump(C), ...companions(C, module(C), 'crash.c')]);
  await expect(app.threads).toBeVisible();
  await page.getByRole('tab', { name: 'Memory' }).focus();
  await page.keyboard.press('ArrowRight');
  const grid = code(page, 'crash.c');
  await expect(here(page)).toContainText('int q');
  await grid.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(here(page)).toContainText('return divide(total, k);');
  await page.keyboard.press('g');
  await expect(page.getByRole('textbox', { name: 'Go to line' })).toBeFocused();
  await page.keyboard.type('33');
  await page.keyboard.press('Enter');
  await expect(grid).toBeFocused();
  await expect(page.getByRole('status')).toHaveText('crash.c line 33 of 33');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(page.getByRole('status')).toHaveText('crash.c line 1 of 33');
});

test('another version, a binary and files of one name have their words', async ({ page }) => {
  const app = new App(page);
  const text = (value: string) => new TextEncoder().encode(value);
  await app.start();
  await app.drop([dump(C), companion(C, module(C)), made('source/short/crash.c', text('int old;\n'))]);
  await openSource(page);
  await expect(
    page.getByText('crash.c has 1 line, and the frame stands at line 13: it is another version.'),
  ).toBeVisible();
  await app.drop([made('source/true/crash.c', fixture(`${C}/crash.c`))]);
  await expect(here(page)).toContainText('int q = a / b;');
  const two = zipOf([
    { name: 'a/crash.c', bytes: fixture(`${C}/crash.c`) },
    { name: 'b/crash.c', bytes: text('other') },
  ]);
  await app.start();
  await app.drop([dump(C), companion(C, module(C)), made('source/two.zip', two)]);
  await openSource(page);
  await expect(page.getByText('2 files may be').first()).toBeVisible();
  await expectAccessible(page, 'several files', 'without-cells');
  await page.getByRole('button', { name: 'a/crash.c' }).click();
  await expect(here(page)).toContainText('int q = a / b;');
});

test('100,000 lines scroll, and none is missing', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const line = '  int v = f(0x10); // a comment\n';
  const long = new TextEncoder().encode(
    `${line.repeat(50_000)}int wide = 1; /* ${'x'.repeat(500_000)} */\n${line.repeat(50_000)}`,
  );
  await app.drop([dump(C), companion(C, module(C)), made('source/long.c', long)]);
  await openSource(page);
  await page.getByRole('button', { name: '1 file', exact: true }).click();
  await page.getByRole('button', { name: /^long\.c/ }).click();
  const grid = code(page, 'long.c');
  await expect(grid).toHaveAttribute('aria-rowcount', '100001');
  const field = page.getByRole('textbox', { name: 'Go to line' });
  await field.fill('50001');
  await field.press('Enter');
  await expect(grid.getByRole('row', { name: /^50001/ })).toContainText('more characters');
  await page.keyboard.press('End');
  await expect(grid.getByRole('row', { name: /^100001/ })).toBeVisible();
  await expect(grid.locator('.syn-comment').first()).toHaveText('// a comment');
});
