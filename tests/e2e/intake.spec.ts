import { zipOf } from '../app/intake/zip-file';
import { fixture } from '../fixture';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump, made } from './files';
import { expect, test } from './test';

const folder = 'wasmtime/mismatch';
const text = (value: string) => new TextEncoder().encode(value);
/** A dump with a custom section of `length` zeros behind it. */
function padded(length: number): Uint8Array<ArrayBuffer> {
  const dump = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
  const size = Array.from({ length: 5 }, (_, at) => ((length >>> (7 * at)) & 0x7f) | (at < 4 ? 0x80 : 0));
  const bytes = new Uint8Array(dump.length + 6 + length);
  bytes.set(dump);
  bytes.set([0, ...size, 3, 0x70, 0x61, 0x64], dump.length);
  return bytes;
}

const NAMED = /^0 (?!func\[)\S+/;

test('a zip opens with its dump and module, and says what else is in it', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const archive = zipOf([
    { name: 'build/mismatch.coredump', bytes: fixture(`${folder}/mismatch.coredump`) },
    { name: 'build/mismatch.wasm', bytes: fixture(`${folder}/mismatch.wasm`) },
    { name: 'log.txt', bytes: text('exit status 134') },
  ]);
  await app.drop([made('intake/artifacts.zip', archive)]);
  await expect(app.threads.getByRole('treeitem', { name: NAMED }).first()).toBeVisible();
  await expect(page).toHaveTitle(/mismatch\.coredump/);
  await expect(page.getByRole('alert')).toContainText(
    '1 file in artifacts.zip is no dump, module or source text: log.txt.',
  );
});

test('a folder opens with its dump and module', async ({ page }) => {
  const app = new App(page);
  await app.start();
  made('intake/tree/a/b/mismatch.wasm', fixture(`${folder}/mismatch.wasm`));
  made('intake/tree/main.c', text('int main(void);'));
  const path = made('intake/tree/mismatch.coredump', fixture(`${folder}/mismatch.coredump`));
  await app.drop([path.slice(0, path.lastIndexOf('/'))]);
  await expect(app.threads.getByRole('treeitem', { name: NAMED }).first()).toBeVisible();
});

test('a folder is chosen in the dialog for folders', async ({ page }) => {
  const app = new App(page);
  await app.start();
  made('intake/chosen/mismatch.wasm', fixture(`${folder}/mismatch.wasm`));
  const path = made('intake/chosen/mismatch.coredump', fixture(`${folder}/mismatch.coredump`));
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'A folder', exact: true }).click();
  await (await choosing).setFiles(path.slice(0, path.lastIndexOf('/')));
  await expect(app.threads.getByRole('treeitem', { name: NAMED }).first()).toBeVisible();
});

test('a zip that a tool wrote opens', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('notdumps/zip')]);
  await expect(page).toHaveTitle(/all-types\.coredump/);
});

test('a zip without anything for us, a damaged one and an encrypted one have their sentences', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  const log = { name: 'log.txt', bytes: text('a') };
  await app.drop([made('intake/log.zip', zipOf([log]))]);
  await expect(page.getByRole('alert')).toContainText(
    'log.zip holds 1 file, and none is a dump, a module or a source text: log.txt.',
  );
  await expectAccessible(page, 'a zip without a dump');
  await app.drop([made('intake/cut.zip', zipOf([log]).slice(0, 60))]);
  await expect(page.getByRole('alert')).toContainText('cut.zip is a zip archive that is cut off or damaged');
  await app.drop([made('intake/locked.zip', zipOf([{ ...log, name: 'a.core', encrypted: true }]))]);
  await expect(page.getByRole('alert')).toContainText('a.core in locked.zip is encrypted');
  // The way on is still there, and what is open stays when such a zip is dropped on it.
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.threads).toBeVisible();
  await app.drop([made('intake/log.zip', zipOf([log]))]);
  await expect(page.getByRole('alert')).toContainText('log.zip holds 1 file');
  await expect(app.threads).toBeVisible();
});

test('a large member is inflated by the session, as gzip is, and its checksum is held against it', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  const bytes = padded(200_000_000);
  await app.drop([made('intake/long.zip', zipOf([{ name: 'long.coredump', bytes, crc: 1 }]))]);
  await expect(app.threads.getByRole('treeitem', { name: /^0\b.*func\[8\]/ }).first()).toBeVisible();
  await expect(await app.table('Problems')).toContainText(/incorrect data check/);
});

test('a member that unpacks to more than it says is not opened', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const bytes = padded(30_000_000);
  await app.drop([
    made('intake/bomb.zip', zipOf([{ name: 'bomb.coredump', bytes, declared: 5000, crc: 1 }])),
  ]);
  await expect(page.getByRole('alert')).toContainText(
    'bomb.coredump in bomb.zip is damaged: it does not unpack to the 5,000 bytes that the archive says.',
  );
});

test('of the dumps in a zip the user chooses by keyboard, or none', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const archive = zipOf([
    { name: 'run 1/crash.coredump', bytes: fixture('wasmer/crash/crash.coredump') },
    { name: 'run 2/crash.coredump', bytes: fixture('wasmedge/crash/crash.coredump') },
    { name: '../\u202emoc.coredump', bytes: fixture('wasmer/crash-7/crash-7.coredump') },
  ]);
  await app.drop([made('intake/three.zip', archive)]);
  const dialog = page.getByRole('dialog', { name: '3 dumps: which one?' });
  await expect(dialog.getByRole('button', { name: /run 1\/crash\.coredump 100 bytes/ })).toBeFocused();
  await expect(dialog.getByText('../\\u{202e}moc.coredump')).toBeVisible();
  await expectAccessible(page, 'choice of dumps');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeVisible();
  await app.drop([made('intake/three.zip', archive)]);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(app.threads).toBeVisible();
  await expect(page.getByRole('button', { name: /WasmEdge/ })).toBeVisible();
});

test('a module dropped with sources stays what it was: beside the dump', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([made('intake/lonely.c', text('int a;'))]);
  await expect(page.getByRole('alert')).toContainText('1 source file kept: lonely.c');
  await app.drop([dump(folder), companion(folder, 'mismatch.wasm')]);
  await expect(app.threads.getByRole('treeitem', { name: NAMED }).first()).toBeVisible();
});
