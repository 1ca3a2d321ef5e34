import { App } from './app';
import { expectAccessible } from './axe';
import { dump } from './files';
import { expect, test } from './test';

// axe looks at every cell of the memory, twice.
test.describe.configure({ timeout: 180_000 });

/** axe in every state of the page, in both themes; the guard of test.ts holds in each of them too. */
test('start page', async ({ page }) => {
  await new App(page).start();
  await expectAccessible(page, 'start');
});

/** Between them they have cells of every state; axe takes most of its time for cells. */
const WITH_CELLS = new Set(['wasmtime/c-divide-O0', 'wasm-encoder/stack-only', 'rewriter/crash-022']);

for (const folder of [
  'wasmtime/c-divide-O0',
  'wasm-encoder/stack-only',
  'wasm-encoder/hostile-names',
  'rewriter/crash-022',
  'wasmedge/crash',
  'wasmtime/memory-4gib',
  'wasmtime/no-frames',
  'damaged/cut-in-data',
  'wizer/small',
  'notdumps/elf-core',
  'notdumps/empty',
]) {
  test(`open: ${folder}`, async ({ page }) => {
    const app = new App(page);
    await app.start();
    await app.drop([dump(folder)]);
    await expect(app.memory.or(page.getByRole('alert')).first()).toBeVisible();
    await expectAccessible(page, folder, WITH_CELLS.has(folder) ? 'all' : 'without-cells');
  });
}

test('every tab of the drawer, the gap menu, the keys', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasm-encoder/duplicates')]);
  await expect(app.threads).toBeVisible();
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expectAccessible(page, (await tab.innerText()).trim(), 'without-cells');
  }
  // The last of the tabs in the middle is shown now; the gaps stand beside the memory.
  await page.getByRole('tab', { name: 'Memory', exact: true }).click();
  await app.gapDecision(/./).click();
  await expect(app.gaps).toBeVisible();
  await expectAccessible(page, 'gap menu', 'without-cells');
  await page.keyboard.press('Escape');
  await app.threads.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'keys', 'without-cells');
});

test('narrow', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const app = new App(page);
  await app.start();
  await expectAccessible(page, 'start, narrow');
  await app.drop([dump('wasmtime/c-divide-O0')]);
  const panels = page.getByRole('navigation', { name: 'Panels' }).getByRole('button');
  await expect(panels.first()).toBeVisible();
  const shown = { tree: false, memory: false };
  for (const panel of await panels.all()) {
    await panel.click();
    await expect(panel).toHaveAttribute('aria-current', 'true');
    await expectAccessible(page, `narrow, ${await panel.innerText()}`);
    shown.tree ||= await app.threads.isVisible();
    shown.memory ||= await app.memory.isVisible();
  }
  expect(shown).toEqual({ tree: true, memory: true });
});

test('a sample opens with one press', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await page.getByRole('button', { name: /Integer divide by zero/ }).click();
  await expect(app.threads.getByRole('treeitem', { name: /^0 divide\b/ })).toBeVisible();
  // Where it died is whole; the file's name gives way.
  const where = page.locator('.where .mono');
  await expect(where).toHaveText('divide crash.c:13');
  const cut = await where.evaluate((text) => text.scrollWidth - text.getBoundingClientRect().width);
  expect(cut).toBeLessThanOrEqual(0);
});

test('a reload says which file to drop again', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmer/crash')]);
  await expect(app.threads).toBeVisible();
  await page.reload();
  await expect(page.getByText(/crash\.coredump/).first()).toBeVisible();
  await expect(app.threads).toBeHidden();
});
