import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { App } from './app';
import { companion, dump } from './files';
import { type Host, host, SITE } from './host';
import { expect } from './test';

const C = 'wasmtime/c-divide-O0';

const test = base.extend<{ site: Host }>({
  site: async ({ page }, use) => {
    const site = await host('/tools/wasmortem/');
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await use(site);
    await site.close();
    expect(errors, 'errors that nobody caught').toEqual([]);
  },
});
test.use({ serviceWorkers: 'allow' });

/** The page is there, and its service worker keeps all of it. */
async function visit(page: Page, url: string): Promise<App> {
  await page.goto(url);
  const app = new App(page);
  await expect(app.files).toBeAttached();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return app;
}

/** The same site, built a moment later: one file has another name, the service worker another list. */
function nextBuild(name: string): string {
  const folder = join(tmpdir(), `wasmortem-next-${process.pid}-${name}`);
  rmSync(folder, { recursive: true, force: true });
  cpSync(SITE, folder, { recursive: true });
  const chunk = readdirSync(join(folder, 'assets')).find((file) => /^disassembly-.*\.js$/.test(file)) ?? '';
  const renamed = chunk.replace(/^disassembly-/, 'disassembly-next-');
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
  cpSync(join(folder, 'assets', chunk), join(folder, 'assets', renamed));
  rmSync(join(folder, 'assets', chunk));
  for (const file of readdirSync(join(folder, 'assets')))
    if (file.endsWith('.js')) edit(`assets/${file}`, (text) => text.replaceAll(chunk, renamed));
  edit('index.html', (text) => text.replace('content="A viewer', 'content="Next: a viewer'));
  edit('sw.js', (text) => {
    // The page's revision comes from its content.
    const page = /"revision":"[^"]+","url":"index\.html"/;
    expect(text).toMatch(page);
    expect(text).toContain(chunk);
    return text.replaceAll(chunk, renamed).replace(page, '"revision":"next","url":"index.html"');
  });
  return folder;
}

const nextPage = (page: Page) => page.locator('meta[name=description][content^=Next]');
const update = (page: Page) => page.getByRole('status').filter({ hasText: 'A newer Wasmortem is ready.' });

test('after one visit, under a path, all of it works without a network', async ({ page, context, site }) => {
  await visit(page, site.url);
  await context.setOffline(true);
  await site.close();
  await page.reload();
  const app = new App(page);
  await page.getByRole('button', { name: 'A 4 GiB memory' }).click();
  await expect(app.memory).toBeVisible();
  await app.drop([dump(C), companion(C, 'c-divide-O0.wasm'), companion(C, 'crash.c')]);
  await app.drop([dump(C), companion(C, 'c-divide-O0.wasm'), companion(C, 'crash.c')], 'Open as a new dump');
  await page.getByRole('tab', { name: 'Source' }).click();
  await expect(page.locator('.syn-keyword').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Disassembly' }).click();
  await expect(page.getByText('i32.div_s').first()).toBeVisible();
});

test('an update waits, is shown, and the open dump stays until the user reloads', async ({ page, site }) => {
  const app = await visit(page, site.url);
  await page.getByRole('button', { name: 'A bare backtrace' }).click();
  await expect(app.frames()).toHaveCount(8);
  await expect(nextPage(page)).toHaveCount(0);
  site.site = nextBuild('stays');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await expect(update(page)).toContainText('Reloading closes wasmer-crash-7.coredump');
  await expect(app.frames()).toHaveCount(8);
  // Opening another dump takes the other notices away, not this one.
  await app.drop([dump(C)], 'Open as a new dump');
  await expect(page.getByRole('button', { name: 'Reload to use it' })).toBeVisible();
  await page.getByRole('button', { name: 'Reload to use it' }).click();
  await expect(nextPage(page)).toHaveCount(1);
  await expect(page.getByText(/was open before the reload/)).toBeVisible();
  await expect(update(page)).toHaveCount(0);
});

test('a second tab: it neither reloads with the first nor misses a file of its build', async ({
  page,
  context,
  site,
}) => {
  const app = await visit(page, site.url);
  await app.drop([dump(C), companion(C, 'c-divide-O0.wasm')]);
  await expect(app.memory).toBeVisible();
  site.site = nextBuild('second');
  const other = await context.newPage();
  await other.goto(site.url);
  await other.getByRole('button', { name: 'Reload to use it' }).click();
  await expect(nextPage(other)).toHaveCount(1);
  await expect(update(page)).toBeVisible();
  await expect(app.memory).toBeVisible();
  // Not loaded until now, and gone from the host.
  await page.getByRole('tab', { name: 'Disassembly' }).click();
  await expect(page.getByText('i32.div_s').first()).toBeVisible();
});

test('shared files open once, and nothing of them is kept', async ({ page, site }) => {
  const app = await visit(page, site.url);
  const bytes = Array.from(readFileSync(dump('wasmer/crash-7')));
  const at = await page.evaluate(async (content) => {
    const form = new FormData();
    form.append('files', new File([new Uint8Array(content)], 'shärëd.coredump'));
    const response = await fetch('./share', { method: 'POST', body: form, redirect: 'manual' });
    return { type: response.type, kept: (await (await caches.open('wasmortem-shared')).keys()).length };
  }, bytes);
  expect(at).toEqual({ type: 'opaqueredirect', kept: 1 });
  await page.goto(`${site.url}?shared`);
  await expect(app.frames()).toHaveCount(8);
  await expect(page).toHaveURL(site.url);
  await expect(page).toHaveTitle(/shärëd/);
  expect(await page.evaluate(() => caches.has('wasmortem-shared'))).toBe(false);
});

test('files with which the system starts the app are opened', async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'launchQueue', {
      value: {
        setConsumer: (consumer: (params: unknown) => void) =>
          Object.assign(window, {
            launch: (files: File[]) =>
              consumer({ files: files.map((file) => ({ getFile: async () => file })) }),
          }),
      },
    });
  });
  const app = await visit(page, site.url);
  const bytes = Array.from(readFileSync(dump('wasmer/crash-7')));
  await page.evaluate((content) => {
    const { launch } = window as unknown as { launch: (files: File[]) => void };
    launch([new File([new Uint8Array(content)], 'started.coredump')]);
  }, bytes);
  await expect(app.frames()).toHaveCount(8);
});

test('the built manifest opens dumps, modules and gzip from the system, and takes shared files', async ({
  page,
  site,
}) => {
  await page.goto(site.url);
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    return (await (await fetch(link?.href ?? '')).json()) as Record<string, unknown>;
  });
  expect(manifest).toMatchObject({
    start_url: './',
    scope: './',
    launch_handler: { client_mode: 'navigate-new' },
    share_target: {
      action: './share',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'files' }] },
    },
  });
  const [handler] = manifest['file_handlers'] as { action: string; accept: Record<string, string[]> }[];
  expect(handler?.action).toBe('./');
  expect(Object.values(handler?.accept ?? {}).flat()).toEqual(
    expect.arrayContaining(['.coredump', '.core', '.wasm', '.gz']),
  );
});

test('a share is a form that the browser posts: dump and module open, what is no file is left out', async ({
  page,
  context,
  site,
}) => {
  await visit(page, site.url);
  // The page's own policy lets it send no form, so another page does, as the system does.
  const other = await host('/');
  try {
    await page.route(`${other.url}share.html`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" enctype="multipart/form-data" action="${site.url}share">
          <input name="files" type="file" multiple><input name="title" value="a title"><button>Share</button></form>`,
      }),
    );
    await page.goto(`${other.url}share.html`);
    await page.locator('input[type=file]').setInputFiles([dump(C), companion(C, 'c-divide-O0.wasm')]);
    await page.getByRole('button', { name: 'Share' }).click();
    const app = new App(page);
    await expect(app.frames().first()).toContainText('divide crash.c:13');
    await expect(page).toHaveURL((url) => url.href.startsWith(site.url) && url.search === '');
    expect(await page.evaluate(() => caches.has('wasmortem-shared'))).toBe(false);
  } finally {
    await other.close();
  }
  // A share of no file says so, and leaves nothing behind.
  const second = await context.newPage();
  await second.goto(site.url);
  await second.evaluate(async () => {
    const form = new FormData();
    form.append('files', 'a text, no file');
    await fetch('./share', { method: 'POST', body: form, redirect: 'manual' });
  });
  await second.goto(`${site.url}?shared`);
  await expect(second.getByRole('alert')).toContainText('Nothing was shared, or it was opened already.');
});

test('files that the system gives as handles are listed, and open again after a reload', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'launchQueue', {
      value: {
        setConsumer: (consumer: (params: unknown) => void) => Object.assign(window, { launch: consumer }),
      },
    });
  });
  const app = await visit(page, site.url);
  await page.evaluate(
    async (content) => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle('started.coredump', { create: true });
      const file = await handle.createWritable();
      await file.write(new Uint8Array(content));
      await file.close();
      const gone = await root.getFileHandle('gone.wasm', { create: true });
      await root.removeEntry('gone.wasm');
      const { launch } = window as unknown as { launch: (params: unknown) => void };
      launch({ files: [handle, gone] });
    },
    Array.from(readFileSync(dump('wasmer/crash-7'))),
  );
  await expect(app.frames()).toHaveCount(8);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).focus();
  await page.waitForTimeout(1000);
  await page.reload();
  await page.getByRole('button', { name: 'started.coredump', exact: true }).click();
  await expect(app.frames()).toHaveCount(8);
});
