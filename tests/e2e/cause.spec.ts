import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump } from './files';
import { expect, test } from './test';

const DIVIDE = 'wasmtime/c-divide-O0';
const RUST = 'wasmtime/rust-orders-release';

test('the headline is the trap, and its tag opens what says so', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump(DIVIDE), companion(DIVIDE, 'c-divide-O0.wasm')]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Integer divide by zero');
  await expect(page.locator('.where')).toHaveText('in divide crash.c:13');
  await expect(page).toHaveTitle(/divide/);
  await page.getByRole('button', { name: 'inferred' }).click();
  const why = page.getByRole('dialog', { name: 'Why it died' });
  await expect(why).toContainText('i32.div_s: the divisor is 0.');
  await expect(why).toContainText('A dump does not store the trap');
  await expectAccessible(page, 'why it died', 'without-cells');
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
  await expect(page.getByRole('button', { name: 'inferred' })).toBeFocused();
});

test('a panic says its message, and the frame that panicked is selected', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump(RUST), companion(RUST, 'rust-orders-release.wasm')]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rust panic: index out of bounds');
  const section = page.getByRole('region', { name: 'Why it died' });
  await expect(section).toContainText('index out of bounds: the len is 2 but the index is 2');
  await expect(section).toContainText('It was raised at trap.rs:7:53.');
  await expect(app.threads.getByRole('treeitem', { selected: true })).toContainText('trap.rs:7');
  await app.threads.getByRole('treeitem', { name: /^0 / }).click();
  await section.getByRole('button', { name: /^frame \d+/ }).click();
  await expect(app.threads.getByRole('treeitem', { selected: true })).toContainText('trap.rs:7');
});

test('without the module nothing is made up, and with it the reason comes by itself', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump(DIVIDE)]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stopped in');
  await expect(page.getByText('the dump does not store the trap')).toBeVisible();
  await app.drop([companion(DIVIDE, 'c-divide-O0.wasm')], 'Add to c-divide-O0.coredump');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Integer divide by zero');
});

test('a wild address is a link that says first where it leads', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const pointers = 'wasmtime/c-pointers';
  await app.drop([dump(pointers), companion(pointers, 'c-pointers.wasm')]);
  const section = page.getByRole('region', { name: 'Why it died' });
  await expect(section.getByRole('button', { name: '0xfffffff0' })).toBeVisible();
  await expect(section).toContainText('outside the memory: memory 0 ends at 327,680');
});
