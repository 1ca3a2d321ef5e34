import { App } from './app';
import { dump } from './files';
import { expect, test } from './test';

/** The question that the format leaves open, where the user meets it. */
test.describe('what an address is', () => {
  const PLACES = [
    ['wasmtime/c-divide-O0', 0x500000, /out of bounds/],
    ['wasmtime/c-divide-O0', 0x8, /zero/],
    ['wasm-encoder/two-regions', 100_000, /missing/],
    ['wasm-encoder/two-regions', 185_000, /captured/],
    ['wasm-encoder/stack-only', 131_088, /missing/],
    ['rewriter/crash-022', 0x10, /lost/],
    ['wasmedge/crash', 0x10, /lost/],
    ['wasmtime/page-size', 0, /missing|lost/],
    ['wasmtime/memory-4gib', 0xfffffff0, /zero|captured/],
    ['wizer/small', 0x10, /zero/],
  ] as const;

  for (const [folder, address, state] of PLACES) {
    test(`${folder}: 0x${address.toString(16)} is ${state.source}`, async ({ page }) => {
      const app = new App(page);
      await app.start();
      await app.drop([dump(folder)]);
      await expect(app.memory).toBeVisible();
      await app.go(address);
      const line = new RegExp(`0x0*${address.toString(16)}\\b.*(${state.source})`, 'i');
      await expect(page.getByText(line).first()).toBeVisible();
    });
  }
});

test('the evidence is overruled, and followed again', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.memory).toBeVisible();
  await expect(app.gapDecision(/zero/)).toBeVisible();
  await app.go(8);
  await expect(page.getByText(/0x0*8\b.*zero/i).first()).toBeVisible();

  await app.chooseGaps(/missing/i);
  await expect(app.gapDecision(/missing.*set by you/i)).toBeVisible();
  await expect(page.getByText(/0x0*8\b.*missing/i).first()).toBeVisible();

  await app.chooseGaps(/evidence/i);
  await expect(app.gapDecision(/set by you/i)).toBeHidden();
  await expect(app.gapDecision(/zero/)).toBeVisible();
  await expect(page.getByText(/0x0*8\b.*zero/i).first()).toBeVisible();
});

test('gaps that are missing can be taken as zero', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasm-encoder/two-regions')]);
  await expect(app.gapDecision(/missing/)).toBeVisible();
  await app.go(100_000);
  await expect(page.getByText(/0x0*186a0\b.*missing/i).first()).toBeVisible();
  await app.chooseGaps(/zero/i);
  await expect(app.gapDecision(/zero.*set by you/i)).toBeVisible();
  await expect(page.getByText(/0x0*186a0\b.*zero/i).first()).toBeVisible();
});

test('a memory of 4 GiB scrolls to its end', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/memory-4gib')]);
  await expect(app.memory).toHaveAttribute('aria-rowcount', String(2 ** 32 / 16));
  await app.go('end-1');
  await expect(page.getByText(/0xffffffff\b/i).first()).toBeVisible();
  const last = app.memory.locator('[role=row]').last();
  await expect(last).toBeInViewport();
});
