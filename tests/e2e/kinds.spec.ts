import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { App } from './app';
import { companion, dump, made } from './files';
import { expect, test } from './test';

/** Each wrong kind gets its own sentence, and one that helps. */
const KINDS = [
  ['notdumps/component', /component/i],
  ['notdumps/elf-core', /ELF core.*(gdb|lldb)/i],
  ['notdumps/elf-core-truncated', /ELF core/i],
  ['notdumps/minidump', /minidump/i],
  ['notdumps/zstd', /zstd/i],
  ['notdumps/html', /web page/i],
  ['notdumps/text', /text/i],
  ['notdumps/lfs-pointer', /LFS/i],
  ['notdumps/empty', /empty|0 bytes/i],
  ['notdumps/png', /not a coredump|unknown|PNG/i],
] as const;

for (const [folder, sentence] of KINDS) {
  test(`${folder} is told apart`, async ({ page }) => {
    const app = new App(page);
    await app.start();
    await app.drop([dump(folder)]);
    await expect(page.getByText(sentence).first()).toBeVisible();
    // The way on is still there.
    await app.drop([dump('wasmtime/c-divide-O0')]);
    await expect(app.threads).toBeVisible();
  });
}

test('a raw memory image opens as a memory', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('notdumps/raw-memory-trap')]);
  await expect(app.memory).toHaveAttribute('aria-rowcount', String(131_072 / 16));
});

test('gzip opens as the dump inside, cut gzip with what decompresses', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('notdumps/gzip')]);
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[1\]/ }).first()).toBeVisible();
  await app.drop([dump('notdumps/gzip-cut')]);
  const problems = await app.table('Problems');
  await expect(problems).toContainText(/gzip data is cut off/i);
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[1\]/ }).first()).toBeVisible();
});

test('a damaged dump keeps what decodes and says where it breaks', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('damaged/bad-tag')]);
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[1\]/ }).first()).toBeVisible();
  const problems = await app.table('Problems');
  await expect(problems).toContainText(/0x6f/);
});

test('a module beside the dump gives names, another build does not', async ({ page }) => {
  const app = new App(page);
  const folder = 'wasmtime/mismatch';
  await app.start();
  await app.drop([dump(folder), companion(folder, 'mismatch.wasm')]);
  const named = app.threads.getByRole('treeitem', { name: /^0 (?!func\[)\S+/ }).first();
  await expect(named).toBeVisible();
  // Dropped again, the dump finds the module that was kept.
  await app.drop([dump(folder)]);
  await expect(named).toBeVisible();
  await app.start();
  await app.drop([dump(folder), companion(folder, 'other-build.wasm')]);
  await expect(app.threads.getByRole('treeitem', { name: /^0 func\[/ }).first()).toBeVisible();
  await expect(page.getByText(/other-build\.wasm/).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Disassembly' }).click();
  await expect(
    page.getByText(/^other-build\.wasm does not match this dump: .* Its code is not shown\.$/),
  ).toBeVisible();
});

test('of two dumps the user chooses, and can choose again', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmer/crash'), dump('wasmedge/crash-gdb')]);
  const dialog = page.getByRole('dialog', { name: '2 dumps: which one?' });
  await expect(dialog.getByRole('button', { name: /^crash\.coredump 100 bytes$/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.threads).toBeVisible();
  await expect(page).toHaveTitle(/crash\.coredump/);
  await page.getByRole('button', { name: 'Choose another' }).click();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('button', { name: /crash-gdb\.coredump/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(/crash-gdb\.coredump/);
});

test('a second file during loading replaces the first', async ({ page }) => {
  // Some seconds of inflating: 400 MB of zeros behind a dump.
  const head = readFileSync(dump('wasm-encoder/all-types'));
  const long = Buffer.concat([head, Buffer.alloc(400_000_000, 1)]);
  const slow = made('slow.coredump.gz', gzipSync(long, { level: 1 }));
  const app = new App(page);
  await app.start();
  await app.drop([slow]);
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(page).toHaveTitle(/c-divide-O0\.coredump/);
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[8\]/ }).first()).toBeVisible();
  await page.waitForTimeout(3000);
  await expect(page).toHaveTitle(/c-divide-O0\.coredump/);
  await expect(page.getByText(/slow\.coredump/)).toHaveCount(0);
});

test('the file input opens as the drop does, and the same file again', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.files.setInputFiles(dump('wasmer/crash'));
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[8\]/ }).first()).toBeVisible();
});
