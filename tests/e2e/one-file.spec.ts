import { fileURLToPath, pathToFileURL } from 'node:url';
import { test as base } from '@playwright/test';
import { zipOf } from '../app/intake/zip-file';
import { fixture } from '../fixture';
import { App } from './app';
import { companion, dump, made } from './files';
import { expect, type Page } from './test';

const ONE_FILE = pathToFileURL(fileURLToPath(new URL('../../dist/wasmortem.html', import.meta.url))).href;
const C = 'wasmtime/c-divide-O0';

/** The page opened from the disk. It fails on any request but for itself, on a violated policy and on errors nobody caught. */
const test = base.extend<{ app: App }>({
  app: async ({ page, context }, use) => {
    const asked: string[] = [];
    const errors: string[] = [];
    context.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && request.url() !== ONE_FILE) asked.push(request.url());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(ONE_FILE);
    const app = new App(page);
    await expect(app.files).toBeAttached();
    await use(app);
    expect(asked, 'requests').toEqual([]);
    expect(errors, 'errors').toEqual([]);
  },
});

const search = async (page: Page, words: string, kind: string) => {
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Search for' }).selectOption(kind);
  await page.getByRole('searchbox', { name: /^Search memory/ }).fill(words);
  await page.keyboard.press('Enter');
};

test('from file://: a sample opens, its gzipped module too', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Integer divide by zero' }).click();
  await expect(app.frames().first()).toContainText('divide');
  await expect(app.memory).toBeVisible();
});

test('from file://: a sample has an address that can be reloaded', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Integer divide by zero' }).click();
  await app.frames().nth(2).click();
  await expect.poll(() => new URL(page.url()).hash).toBe('#v=1&f=2&sample=divide');
  await page.reload();
  await expect(app.frames().nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(app.frames().first()).toContainText('crash.c:13');
});

test('from file://: dump, module and source: source colours, disassembly, a regular expression', async ({
  app,
  page,
}) => {
  await app.drop([dump(C), companion(C, 'c-divide-O0.wasm'), companion(C, 'crash.c')]);
  await expect(app.frames().first()).toContainText('divide');
  await page.getByRole('tab', { name: 'Source' }).click();
  await expect(
    page.getByRole('grid', { name: 'Source of crash.c' }).locator('.syn-keyword').first(),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Disassembly' }).click();
  await expect(page.getByText('i32.div_s').first()).toBeVisible();
  await search(page, 'f[o0]r', 'Regular expression');
  await expect(
    page.getByRole('status').filter({ hasText: /^\d+ hits? in [\d,]+ captured bytes$/ }),
  ).toBeVisible();
});

test('from file://: what was opened is listed and opens again; there is no place for copies', async ({
  app,
  page,
}) => {
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await expect(page.getByRole('button', { name: 'Keep a copy' })).toHaveCount(0);
  // What lists it waits until nothing more comes to be known.
  await page.waitForTimeout(1000);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  const list = page.getByRole('region', { name: 'Opened before' });
  await expect(list.getByRole('listitem')).toContainText('Stopped in func[8]');
  await page.reload();
  await list.getByRole('button', { name: 'c-divide-O0.coredump', exact: true }).click();
  await expect(app.frames()).toHaveCount(8);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await list.getByRole('button', { name: /^Forget all/ }).click();
  await expect(list.getByRole('listitem')).toHaveCount(0);
});

test('from file://, where nothing may be stored: no list, and no error', async ({ app, page }) => {
  await page.addInitScript(() => {
    const refused = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    for (const name of ['indexedDB', 'localStorage'])
      Object.defineProperty(window, name, { get: refused, configurable: true });
  });
  await page.reload();
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await page.waitForTimeout(1000);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Opened before' })).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: 'Remember opened dumps' })).toHaveCount(0);
});

test('from file://: a zip is looked into, mangled names are demangled', async ({ app }) => {
  const files = ['cpp-shapes-O1.coredump', 'cpp-shapes-O1.wasm'].map((name) => ({
    name,
    bytes: fixture(`wasmtime/cpp-shapes-O1/${name}`),
  }));
  await app.drop([made('one-file/shapes.zip', zipOf(files))]);
  await expect(app.threads.getByText(/::/).first()).toBeVisible();
});
