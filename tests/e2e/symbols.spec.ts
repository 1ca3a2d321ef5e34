import { fixture } from '../fixture';
import { stripped } from '../helpers/strip';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump, made } from './files';
import { expect, type Page, test } from './test';

const O2 = 'wasmtime/c-divide-O2';

/** What a person sees of the names and lines: the tree, the list of debug modules, the frame in the inspector. */
class Symbols {
  readonly page: Page;
  readonly app: App;

  constructor(page: Page) {
    this.page = page;
    this.app = new App(page);
  }

  get frame() {
    return this.page.getByRole('region', { name: 'Frame' });
  }

  get modules() {
    return this.page.getByRole('group', { name: 'Instances and debug modules' });
  }

  row(name: string) {
    return this.app.threads.getByRole('treeitem', { name });
  }

  async add(paths: readonly string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page
      .getByRole('button', { name: /Choose a file|Add a module/ })
      .first()
      .click();
    await (await chooser).setFiles([...paths]);
  }
}

async function opened(page: Page, files: readonly string[]): Promise<Symbols> {
  const symbols = new Symbols(page);
  await symbols.app.start();
  await symbols.app.drop(files);
  await expect(symbols.app.memory).toBeVisible();
  return symbols;
}

test('a module beside the dump gives names, lines and inlined functions', async ({ page }) => {
  const symbols = await opened(page, [dump(O2), companion(O2, 'c-divide-O2.wasm')]);
  await expect(symbols.app.frames()).toHaveText([
    /^0 divide\s+crash\.c:13$/,
    /^\s*helper inlined crash\.c:18$/,
    /^\s*walk inlined crash\.c:22$/,
    /^1 main\s+crash\.c:30$/,
    /^Run-time start-up, 4 frames$/,
  ]);
  await expect(page.locator('.where')).toHaveText('in divide crash.c:13');
  await expect(symbols.frame).toContainText('crash.c:13:13');
  await expect(symbols.modules).toContainText('matches this dump');
  await expect(symbols.modules).toContainText(
    '5 of 5 callers land on a call, the youngest frame on i32.div_s',
  );
  await expect(symbols.modules).toContainText('DWARF 4, 41 units');
  await expectAccessible(page, 'a module beside its dump', 'without-cells');
});

test('the tree is walked with keys, over inlined functions and start-up', async ({ page }) => {
  const symbols = await opened(page, [dump(O2), companion(O2, 'c-divide-O2.wasm')]);
  await expect(symbols.row('helper')).toBeVisible();
  await symbols.app.threads.focus();
  await page.keyboard.press('ArrowDown');
  // The inlined function's row selects the frame that it runs in.
  await expect(symbols.frame).toContainText('Frame 1');
  await expect(symbols.frame).toContainText('helper, inlined: crash.c:18:10');
  await page.keyboard.press('End');
  await expect(symbols.row('Run-time start-up')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(symbols.row('Run-time start-up')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(symbols.frame).toContainText('Frame 2');
  await expect(symbols.frame).toContainText('__main_void');
});

test('a module that is added later names the frames, and is taken away again', async ({ page }) => {
  const symbols = await opened(page, [dump(O2)]);
  await expect(symbols.row('func[8]')).toBeVisible();
  await symbols.add([companion(O2, 'c-divide-O2.wasm')]);
  await expect(symbols.row('divide')).toBeVisible();
  await page.getByRole('button', { name: 'Remove c-divide-O2.wasm' }).click();
  await expect(symbols.row('func[8]')).toBeVisible();
});

test('a module of another build says where it does not fit, and gives no names', async ({ page }) => {
  const folder = 'wasmtime/mismatch';
  const symbols = await opened(page, [dump(folder), companion(folder, 'other-build.wasm')]);
  await expect(symbols.modules).toContainText('does not match this dump');
  await expect(symbols.modules).toContainText(
    'frame 1, offset 0x15b is outside the function; 0 of 4 offsets fit',
  );
  await expect(symbols.app.frames().first()).toHaveText(/^0 func\[\d+\] \+0x/);
  await expectAccessible(page, 'a module that does not match', 'without-cells');
});

test('a module opened before its dump is there when the dump comes, and for the next one', async ({
  page,
}) => {
  const symbols = new Symbols(page);
  await symbols.app.start();
  await symbols.app.drop([companion(O2, 'c-divide-O2.wasm')]);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('A module');
  await symbols.app.files.setInputFiles(dump(O2));
  await expect(symbols.row('divide')).toBeVisible();
});

test('a stripped module has no lines and takes its names from the one with symbols', async ({ page }) => {
  const folder = 'wasmtime/stripped';
  const symbols = await opened(page, [dump(folder), companion(folder, 'stripped.wasm')]);
  await expect(symbols.modules).toContainText('no names, no lines');
  await symbols.add([companion(folder, 'symbols.wasm')]);
  await expect(symbols.row('digit')).toBeVisible();
  await expect(symbols.row('parse')).toBeVisible();
});

test('a debug file that is dropped by itself belongs to the module that names it', async ({ page }) => {
  const O0 = 'wasmtime/c-divide-O0';
  const whole = fixture(`${O0}/c-divide-O0.wasm`);
  const lean = made('separate/c-divide-O0.wasm', await stripped(whole, 'c-divide.debug.wasm'));
  const symbols = await opened(page, [dump(O0), lean]);
  await expect(symbols.modules).toContainText('its lines are in c-divide.debug.wasm: drop that too');
  await expect(symbols.app.frames().first()).not.toContainText('crash.c');
  await symbols.add([made('separate/c-divide.debug.wasm', whole)]);
  await expect(symbols.app.frames().first()).toHaveText(/^0 divide\s+crash\.c:13$/);
  await expect(symbols.modules).toContainText('in c-divide.debug.wasm');
  await expectAccessible(page, 'a debug file', 'without-cells');
});

test('a mangled name is shown as people read it, and the raw one is a click away', async ({ page }) => {
  const folder = 'wasmtime/rust-orders-release';
  const symbols = await opened(page, [dump(folder), companion(folder, 'rust-orders-release.wasm')]);
  await symbols.row('trap::price').click();
  await expect(symbols.frame).toContainText('trap.rs:7:53');
  await symbols.frame.getByText('as the file has it').click();
  await expect(symbols.frame.getByText('_ZN4trap5price17h05fc4c910ff1bf45E')).toBeVisible();
});
