import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { wasmtimeDump } from '../bench/big-dump';
import { fixture } from '../fixture';
import type { App } from './app';
import { expectAccessible } from './axe';
import { test } from './elsewhere';
import { RangeServer, type Serving } from './range-server';
import { sparseDump } from './sparse-dump';

const DUMP = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
const MODULE = fixture('wasmtime/c-divide-O0/c-divide-O0.wasm');

const link = (dump: string, ...modules: string[]): string =>
  `/#url=${encodeURIComponent(dump)}${modules.map((url) => `&module=${encodeURIComponent(url)}`).join('')}`;

/** Agrees to what the page asks. */
const agree = (app: App) => app.page.getByRole('button', { name: /^Contact .* and open$/ }).click();

test('asks before it contacts another host, with the whole URL; then the link opens, by keyboard', async ({
  app,
  server,
}) => {
  const { page } = app;
  const dump = server.serve('/c%20divide.coredump', { bytes: DUMP });
  const module = server.serve('/c-divide-O0.wasm', { bytes: MODULE });
  await page.goto(link(dump, module));
  const host = new URL(dump).host;
  await expect(page.getByRole('heading', { name: `Contact http://${host}?` })).toBeFocused();
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveText([dump, module]);
  expect(server.seen).toEqual([]);
  await expectAccessible(page, 'consent');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('checkbox', { name: 'Always for this host' })).toBeFocused();
  await page.keyboard.press('Tab');
  const contact = page.getByRole('button', { name: /^Contact .* and open$/ });
  await expect(contact).toBeFocused();
  // Not in the first half second: a key that was meant for the page before decides nothing.
  await expect(contact).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(app.frames().first()).toContainText('divide crash.c:13');
  await expect(page).toHaveTitle(/c divide\.coredump/);
  for (const seen of server.seen) {
    expect(seen.method).toBe('GET');
    expect(seen.headers.cookie).toBeUndefined();
    expect(seen.headers.referer).toBeUndefined();
  }
});

test('declined, no request is made at all', async ({ app, server }) => {
  const { page } = app;
  await page.goto(link(server.serve('/a.coredump', { bytes: DUMP })));
  await page.getByRole('button', { name: 'Do not' }).click();
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeVisible();
  await page.waitForTimeout(300);
  expect(server.seen).toEqual([]);
});

test('asks once where the user says always, until they say otherwise', async ({ app, server }) => {
  const { page } = app;
  const url = link(server.serve('/a.coredump', { bytes: DUMP }));
  await page.goto(url);
  await page.getByRole('checkbox', { name: 'Always for this host' }).check();
  await agree(app);
  await expect(app.threads).toBeVisible();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(app.threads).toBeVisible();
  await page.goto('about:blank');
  await page.goto('/');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(page.getByRole('button', { name: 'Do not' })).toBeVisible();
});

test('opens what stands beside the page without a question, at the frame that the link names', async ({
  app,
}) => {
  await app.page.goto(`${link('samples/c-divide-O0.coredump', 'samples/c-divide-O0.wasm.gz')}&f=2`);
  await expect(app.frames().nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(app.frames().first()).toContainText('crash.c:13');
  await app.frames().nth(1).click();
  await expect
    .poll(() => new URL(app.page.url()).hash)
    .toMatch(/f=1.*&url=samples\/c-divide-O0\.coredump&module=/);
  await app.page.reload();
  await expect(app.frames().nth(1)).toHaveAttribute('aria-selected', 'true');
});

test('a question about an address is gone with the address', async ({ app, server }) => {
  const { page } = app;
  await page.goto(link('samples/c-divide-O0.coredump'));
  await expect(app.threads).toBeVisible();
  const url = server.serve('/a.coredump', { bytes: DUMP });
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link(url).slice(1));
  await expect(page.getByRole('button', { name: 'Do not' })).toBeVisible();
  await page.goBack();
  await expect(app.threads).toBeVisible();
  await expect(page.getByRole('button', { name: 'Do not' })).toHaveCount(0);
  await page.goForward();
  await page.getByRole('button', { name: 'Do not' }).click();
  await expect(app.threads).toBeVisible();
  expect(server.seen).toEqual([]);
});

test('a file that is dropped takes the place of the question', async ({ app, server }) => {
  await app.page.goto(link(server.serve('/a.coredump', { bytes: DUMP })));
  await expect(app.page.getByRole('button', { name: 'Do not' })).toBeVisible();
  await app.files.setInputFiles({ name: 'b.coredump', mimeType: '', buffer: Buffer.from(DUMP) });
  await expect(app.threads).toBeVisible();
  expect(server.seen).toEqual([]);
});

test('opens what is typed', async ({ app, server }) => {
  const { page } = app;
  const url = server.serve('/a.coredump.gz', { bytes: gzipSync(DUMP) });
  await app.start();
  const field = page.getByRole('textbox', { name: 'Open a URL' });
  await field.fill('example.org/a');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(
    'An address begins with https:// or http://, or with / for this host.',
  );
  await field.fill('javascript:alert(1)');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('An address begins with');
  await field.fill(url);
  await field.press('Enter');
  await expect(app.threads).toBeVisible();
});

test('a server that does not answer is let go of', async ({ app, server }) => {
  const { page } = app;
  await page.goto(link(server.serve('/a.coredump', { silent: true })));
  await agree(app);
  await expect.poll(() => server.seen.length).toBe(1);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeVisible();
  await expect.poll(() => server.seen[0]?.closed).toBe(true);
});

test.describe('what goes wrong is said', () => {
  const cases: readonly [string, Serving, RegExp][] = [
    ['no such file', { status: 404 }, /the server answers 404: it has no such file\./],
    [
      'no CORS headers',
      { cors: 'none' },
      /cannot be reached, or does not allow this page to read its files: a browser does not say which\. .*"Access-Control-Allow-Origin: http:\/\/localhost:\d+" \(or "\*"\) and "Access-Control-Expose-Headers: Content-Range, ETag"/,
    ],
    ['a web page', { ranges: false, type: 'text/html' }, /answers with a web page \(text\/html\)/],
    [
      'another range',
      { contentRange: (_, last, size) => `bytes 7-${last}/${size}` },
      /bytes 0 to 262,143 were asked for, 7 to 262,143 were answered/,
    ],
    ['dropped again and again', { dropAfter: 1000 }, /the connection dropped, 4 times in a row/],
    ['an endless range', { endless: true }, /more bytes came than the 262,144 that were announced/],
  ];
  for (const [name, serving, words] of cases) {
    test(name, async ({ app, server }) => {
      const { page } = app;
      const bytes = new Uint8Array(300_000);
      await page.goto(link(server.serve('/a.coredump', { bytes, ...serving })));
      await agree(app);
      const alert = page.getByRole('alert');
      await expect(alert).toContainText(words);
      await expect(alert.getByRole('heading', { name: 'a.coredump is not open' })).toBeVisible();
      await expect(alert.getByRole('button', { name: 'Open a file instead' })).toBeVisible();
      server.serve('/a.coredump', { bytes: DUMP });
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect(app.threads).toBeVisible();
    });
  }

  test('a redirect is followed only when the user says so', async ({ app, server }) => {
    const { page } = app;
    const other = await RangeServer.start();
    try {
      const target = other.serve('/b.coredump', { bytes: DUMP });
      await page.goto(link(server.serve('/a.coredump', { redirect: target })));
      await agree(app);
      await expect(page.getByRole('alert')).toContainText('the server redirects to another address');
      expect(other.seen).toEqual([]);
      await page.getByRole('button', { name: 'Follow the redirect' }).click();
      await expect(app.threads).toBeVisible();
      await app.table('Problems');
      await expect(
        page.getByText(
          `${new URL(server.origin).host} redirected to ${new URL(target).host}; the file comes from there.`,
        ),
      ).toBeVisible();
    } finally {
      await other.stop();
    }
  });

  test('the file changes while it is open', async ({ app, server }) => {
    const { page } = app;
    const big = await wasmtimeDump(32_768);
    await page.goto(link(server.serve('/a.coredump', { path: big.path, etag: '"a"', delay: 300 })));
    await agree(app);
    await expect(app.threads).toBeVisible();
    server.serve('/a.coredump', { path: big.path, etag: '"b"' });
    const notice = page.getByRole('alert').filter({ hasText: 'has changed on the server' });
    await expect(notice).toContainText('its ETag was "a" and is "b". Open it again.');
    await notice.getByRole('button', { name: 'Open again' }).click();
    await expect(app.threads).toBeVisible();
    await expect(notice).toHaveCount(0);
  });
});

test('downloads what has no ranges, with its progress', async ({ app, server }) => {
  const { page } = app;
  const big = await wasmtimeDump(4096);
  const url = server.serve('/a.coredump', {
    path: big.path,
    ranges: false,
    dropAfter: 4_000_000,
    etag: '"a"',
  });
  await page.goto(link(url));
  await agree(app);
  await expect(page.getByRole('progressbar', { name: /^Downloading [\d.]+ of 16\.0 MiB/ })).toBeVisible();
  server.serve('/a.coredump', { path: big.path, ranges: false, etag: '"a"' });
  await expect(app.frames().first()).toBeVisible();
  await app.table('Problems');
  await expect(
    page.getByText(/it does not answer with ranges\. The whole file is downloaded\./),
  ).toBeVisible();
});

test('the stack of a 4 GiB dump is there after a few hundred kilobytes', async ({ app, server }) => {
  const { page } = app;
  const { path, size } = await sparseDump();
  await page.goto(link(server.serve('/big.coredump', { path })));
  await agree(app);
  await expect(app.frames()).toHaveCount(3);
  await expect(page.getByText(/Indexing/)).toHaveCount(0);
  // Head and tail; the one segment's last byte stands in the tail too. The first screen of memory is in the head.
  expect(size).toBeGreaterThan(4_000_000_000);
  expect(server.seen.length).toBeLessThanOrEqual(4);
  expect(server.sent).toBeLessThan(1_000_000);
  const before = server.sent;
  await app.go(0x8000_0000);
  await expect(app.memory.getByText('80000000')).toBeVisible();
  await expect.poll(() => server.sent).toBeGreaterThan(before);
  expect(server.sent - before).toBeLessThan(1_000_000);
});
