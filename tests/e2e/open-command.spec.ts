import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { test as base, expect, type Page } from '@playwright/test';
import { wasmtimeDump } from '../bench/big-dump';
import { fixture } from '../fixture';
import { App } from './app';
import { companion, dump, made } from './files';
import { sparseDump, writeSparseDump } from './sparse-dump';

/** The command as it is published, with the page beside it; both are built before the tests. */
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const C = 'wasmtime/c-divide-O0';

interface Command {
  readonly address: string;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
}

interface Fixtures {
  readonly app: App;
  /** Runs `wasmortem open` with these arguments. */
  readonly command: (...args: string[]) => Promise<Command>;
  /** What the page asked for, in order. */
  readonly asked: Asked[];
}

interface Asked {
  readonly path: string;
  readonly status: number;
  readonly range: string | null;
  readonly size: number;
}

const test = base.extend<Fixtures>({
  app: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await use(new App(page));
    expect(errors, 'errors that nobody caught').toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
  command: async ({}, use) => {
    const children: ChildProcess[] = [];
    await use(async (...args) => {
      const child = spawn(process.execPath, [CLI, 'open', ...args, '--no-browser']);
      children.push(child);
      const ended = once(child, 'exit');
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      return { address: String(line).trim(), child, ended };
    });
    for (const child of children) child.kill('SIGKILL');
  },
  asked: async ({ context }, use) => {
    const asked: Asked[] = [];
    context.on('response', (response) => {
      const headers = response.headers();
      asked.push({
        path: new URL(response.url()).pathname.replace(/^\/open-[\w-]{22}\//, ''),
        status: response.status(),
        range: headers['content-range'] ?? null,
        size: Number(headers['content-length'] ?? 0),
      });
    });
    await use(asked);
  },
});

/** Not blocked here, so that one which the page registers would be seen. */
test.use({ serviceWorkers: 'allow' });

/** What the browser keeps of a page. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const folders: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) folders.push(name);
    return {
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      caches: await caches.keys(),
      folders,
      databases: (await indexedDB.databases()).map(({ name }) => name),
    };
  });

test('the address shows the stack with names and lines, asks nothing, and reads ranges only', async ({
  app,
  asked,
  command,
}) => {
  const { page } = app;
  const { address } = await command(dump(C), companion(C, 'c-divide-O0.wasm'));
  await page.goto(address);
  await expect(app.frames().first()).toContainText('divide crash.c:13');
  await expect(page).toHaveTitle(/c-divide-O0\.coredump/);
  await app.memory.focus();
  await page.keyboard.press('Control+End');
  await expect(app.memory.getByText('0001fff0')).toBeVisible();

  const files = asked.filter(({ path }) => path.startsWith('files/'));
  expect(new Set(files.map(({ path }) => path))).toEqual(
    new Set(['files/0/c-divide-O0.coredump', 'files/1/c-divide-O0.wasm']),
  );
  expect(files.filter(({ status }) => status !== 206)).toEqual([]);
  // Nothing is missing and nothing but page and files is asked for.
  expect(asked.filter(({ status }) => status >= 400)).toEqual([]);
  expect(asked.filter(({ path }) => !/^(files\/|assets\/|early\.js$|icon\.svg$|$)/.test(path))).toEqual([]);
  // The view is in the address, and a reload comes back to it.
  await app.frames().nth(2).click();
  await expect.poll(() => new URL(page.url()).hash).toContain('f=2');
  expect(new URL(page.url()).hash).toContain(
    'url=files/0/c-divide-O0.coredump&module=files/1/c-divide-O0.wasm',
  );
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(page.getByText('It opens on this machine only, until wasmortem open is ended.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(app.frames().nth(2)).toHaveAttribute('aria-selected', 'true');
});

test('the page keeps nothing: no service worker, no cache, no inflated dump', async ({ app, command }) => {
  const { page } = app;
  const { address } = await command(made('kept/app.core.gz', gzipSync(fixture(`${C}/c-divide-O0.coredump`))));
  const workers: string[] = [];
  page.context().on('serviceworker', (worker) => workers.push(worker.url()));
  await page.goto(address);
  await expect(app.frames()).toHaveCount(8);
  await app.table('Problems');
  await expect(page.getByText(/Opened from gzip/)).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await kept(page)).toEqual({ workers: 0, caches: [], folders: [], databases: [] });
  expect(workers).toEqual([]);
  await expect(page.locator('link[rel=manifest]')).toHaveCount(0);
});

test('of 4 GiB a few hundred kilobytes are read, and memory scrolls', async ({ app, asked, command }) => {
  const big = await sparseDump();
  const { address } = await command(big.path);
  await app.page.goto(address);
  await expect(app.frames()).toHaveCount(3);
  await expect(app.page.getByText(/^Indexing/)).toHaveCount(0);
  const files = () => asked.filter(({ path }) => path.startsWith('files/'));
  const bytes = () => files().reduce((sum, { size }) => sum + size, 0);
  const before = bytes();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(1_000_000);
  await app.go(0x8000_0000);
  await expect(app.memory.getByText('80000000')).toBeVisible();
  await expect.poll(bytes).toBeGreaterThan(before);
  expect(bytes()).toBeLessThan(2_000_000);
  expect(files().filter(({ range, status }) => status !== 206 || range === null)).toEqual([]);
});

test('another site, origin, host or guess gets nothing, and nobody a method that writes', async ({
  app,
  command,
}) => {
  const { page } = app;
  const { address } = await command(dump(C));
  const { origin, port } = new URL(address);
  // A page of another port of this machine, that knows the whole address.
  await page.goto('/');
  const read = await page.evaluate(
    async (url) => {
      const fetched = await fetch(url).then(
        () => 'read',
        () => 'refused',
      );
      const blind = await fetch(url, { mode: 'no-cors' }).then(
        (answer) => answer.type,
        () => 'refused',
      );
      const script = await new Promise((resolve) => {
        const element = document.createElement('img');
        element.onload = () => resolve('read');
        element.onerror = () => resolve('refused');
        element.src = `${url}icon.svg`;
      });
      return { fetched, blind, script };
    },
    address.replace(/#.*/, ''),
  );
  expect(read).toEqual({ fetched: 'refused', blind: 'refused', script: 'refused' });
  // A link on that page is not followed either.
  const linked = page.waitForResponse(address.replace(/#.*/, ''));
  await page.evaluate((url) => {
    location.href = url;
  }, address);
  expect((await linked).status()).toBe(403);
  await page.waitForURL(address);
  await expect(page.getByText('other sites are not answered')).toBeVisible();
  // A name that leads to this machine.
  const named = await page.goto(address.replace('127.0.0.1', 'localhost'));
  expect(named?.status()).toBe(421);
  const { request } = page;
  const status = async (url: string, method = 'GET') =>
    (await request.fetch(url, { method, maxRedirects: 0 })).status();
  expect(await status(`${origin}/`)).toBe(404);
  expect(await status(`${origin}/open-${'A'.repeat(22)}/`)).toBe(404);
  expect(await status(`http://127.0.0.1:${port}/files/0/c-divide-O0.coredump`)).toBe(404);
  const folder = address.replace(/#.*/, '');
  for (const path of [
    '_headers',
    '..%2f..%2fpackage.json',
    'assets/..%2f..%2f..%2fpackage.json',
    'files/1/x',
  ])
    expect(await status(`${folder}${path}`)).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect(await status(folder, method)).toBe(405);
});

test('a file that changes is said on the page, and opened again', async ({ app, command }) => {
  const { page } = app;
  const path = made('changing/app.core', new Uint8Array(0));
  await writeSparseDump(path);
  const { address } = await command(path);
  await page.goto(address);
  await expect(app.frames()).toHaveCount(3);
  await expect(page.getByText(/^Indexing/)).toHaveCount(0);
  appendFileSync(path, 'grown');
  await app.go(0x8000_0000);
  const notice = page.getByRole('alert').filter({ hasText: 'has changed on the server' });
  await expect(notice).toContainText(/it had [\d,]+ bytes and has [\d,]+\. Open it again\./);
  // The program died again, and another dump took its place.
  const next = join(dirname(path), 'next.core');
  writeFileSync(next, fixture(`${C}/c-divide-O0.coredump`));
  renameSync(next, path);
  await notice.getByRole('button', { name: 'Open again' }).click();
  await expect(app.frames()).toHaveCount(8);
  await expect(notice).toHaveCount(0);
});

test('Ctrl+C ends it while the page is open', async ({ app, command }) => {
  const big = await wasmtimeDump(32_768);
  const { address, child, ended } = await command(big.path);
  await app.page.goto(address);
  await expect(app.frames().first()).toBeVisible();
  const began = Date.now();
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(Date.now() - began).toBeLessThan(5000);
  await expect(app.page.request.get(address)).rejects.toThrow('ECONNREFUSED');
});
