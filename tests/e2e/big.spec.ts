import { wasmtimeDump } from '../bench/big-dump';
import { App } from './app';
import { expect, test } from './test';

/** 256 MiB in 65,536 segments: the stack stands behind all of it. */
test('a big dump shows its stack at once and can be used while it is indexed', async ({ page }) => {
  const { path, segments } = await wasmtimeDump(65_536);
  const app = new App(page);
  await app.start();
  const began = Date.now();
  await app.files.setInputFiles(path);
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[8\]/ }).first()).toBeVisible();
  expect(Date.now() - began).toBeLessThan(5000);
  await expect(
    page.getByText(new RegExp(`in ${segments.toLocaleString('en-US')} segments`)).first(),
  ).toBeVisible();
  await app.go(65_535 * 4096 + 3);
  await expect(page.getByText(/0x0ffff003 01 captured/i).first()).toBeVisible();
});
