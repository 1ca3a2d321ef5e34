import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { fixture } from '../fixture';
import { App } from './app';
import { test } from './elsewhere';

// Links as somebody writes them who means harm, and pages that hold one.

const DUMP = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
const link = (...urls: string[]) =>
  `/#${urls.map((url, at) => `${at === 0 ? 'url' : 'module'}=${encodeURIComponent(url)}`).join('&')}`;
const CONSENT = /^Contact .* and open$/;

test('a question that comes under the pointer is not answered by the click that was under way', async ({
  app,
  server,
}) => {
  const { page } = app;
  const url = server.serve('/a.coredump', { bytes: DUMP });
  const [one, two] = [link(url).slice(1), link(`${url}?2`).slice(1)];
  await page.goto(`/${one}`);
  const button = page.getByRole('button', { name: CONSENT });
  await expect(button).toBeEnabled();
  // Another page that opened this one may change its address, and does so just before the click.
  const clicked = await page.evaluate(async (hash) => {
    const shown = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        resolve(undefined);
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    location.hash = hash;
    await shown;
    const found = Array.from(document.querySelectorAll('button')).find(({ innerText }) =>
      /^Contact /.test(innerText),
    );
    found?.click();
    return found !== undefined;
  }, two);
  expect(clicked).toBe(true);
  await page.waitForTimeout(300);
  expect(server.seen).toEqual([]);
  await expect(page.getByRole('listitem')).toContainText('/a.coredump?2');
  // Nor by a double click that began when the window was behind another.
  await expect(button).toBeEnabled();
  await page.evaluate(() => {
    window.dispatchEvent(new Event('focus'));
  });
  await expect(button).toBeDisabled();
  await button.click();
  await expect(app.threads).toBeVisible();
});

test('in the frame of another site no consent counts, remembered or new', async ({
  app,
  server,
  baseURL,
}) => {
  const { page } = app;
  const url = server.serve('/a.coredump', { bytes: DUMP });
  await page.goto(link(url));
  await page.getByRole('checkbox', { name: 'Always for this host' }).check();
  await page.getByRole('button', { name: CONSENT }).click();
  await expect(app.threads).toBeVisible();
  server.seen.length = 0;
  const framing = createServer((_, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<!doctype html><iframe src="${baseURL}${link(url)}" width="900" height="700"></iframe>`);
  });
  // Another port of the same name: the same site, so storage is shared, and another origin.
  await new Promise<void>((resolve) => framing.listen(0, 'localhost', resolve));
  try {
    await page.goto(`http://localhost:${(framing.address() as AddressInfo).port}/`);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('heading', { name: /^Contact / })).toBeVisible();
    await expect(frame.getByText('Another site shows this page inside its own')).toBeVisible();
    await expect(frame.getByRole('button', { name: CONSENT })).toHaveCount(0);
    const opened = page.context().waitForEvent('page');
    await frame.getByRole('link', { name: 'Open in a tab of its own' }).click();
    const tab = await opened;
    // There it is remembered.
    await expect(new App(tab).threads).toBeVisible();
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    server.seen.length = 0;
    await frame.getByRole('button', { name: 'Do not' }).click();
    const field = frame.getByRole('textbox', { name: 'Open a URL' });
    await field.fill(url);
    await field.press('Enter');
    await expect(frame.getByRole('alert')).toContainText('Open it in a tab of its own');
    await page.waitForTimeout(200);
    expect(server.seen).toEqual([]);
  } finally {
    framing.closeAllConnections();
    await new Promise((resolve) => framing.close(resolve));
  }
});

test('the question names hosts as the browser will contact them', async ({ app }) => {
  const { page } = app;
  const long = `login.bank.example.${'a'.repeat(60)}.${'b'.repeat(60)}.evil.example`;
  await page.goto(link(`https://${long}/x`));
  await expect(page.getByRole('heading', { name: `Contact ${long}?` })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Contact ….*\.evil\.example and open$/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  for (const [url, host] of [
    ['https://ex\u0430mple.org/x', 'xn--exmple-4nf.org'],
    ['https://bank.example\\@other.example/x', 'bank.example'],
    ['http://[::1]:8000/x', 'http://[::1]:8000'],
    ['//other.example/%E2%80%AEx', 'http://other.example'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(link(url));
    await expect(page.getByRole('heading', { name: `Contact ${host}?`, exact: true })).toBeVisible();
    expect(await page.getByRole('main').innerText()).not.toMatch(/[\u202a-\u202e\u0430]/);
  }
});

test('an address of many megabytes opens nothing, is said, and is not kept', async ({ app }) => {
  const { page } = app;
  await app.start();
  // A hundred of them are in link.test.ts: the debugging protocol hands each address on as a whole.
  const took = await page.evaluate(async () => {
    const begun = performance.now();
    location.hash = `url=data:application/wasm;base64,${'A'.repeat(3 * 2 ** 20)}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return performance.now() - begun;
  });
  // The browser's own part of it: some seconds where the machine is busy.
  expect(took).toBeLessThan(10_000);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
    /^The link has 3,145,7\d\d characters; at most 1,100,000 are read\. Nothing of it was used\./,
  );
  expect(await page.evaluate(() => location.hash)).toBe('');
  await page.getByRole('textbox', { name: 'Open a URL' }).fill(`https://a.example/${'a'.repeat(2 ** 20)}`);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByText('The text has 1,048,594 characters; at most 300,000 are read.')).toBeVisible();
});

test('redirects lead to no other scheme, in no circle, and run nothing', async ({ app, server }) => {
  const { page } = app;
  const targets = [
    `${server.origin}/a.coredump`,
    'data:application/wasm;base64,AGFzbQEAAAA=',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'blob:null/1',
  ];
  for (const redirect of targets) {
    await page.goto('about:blank');
    await page.goto(link(server.serve('/a.coredump', { redirect })));
    await page.getByRole('button', { name: CONSENT }).click();
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('the server redirects to another address', { timeout: 20_000 });
    await page.getByRole('button', { name: 'Follow the redirect' }).click();
    await expect(alert).toContainText(/cannot be reached, or does not allow this page|redirects to a/);
    await expect(app.threads).toHaveCount(0);
  }
});

test('a page to sign in is said to be one, by its title', async ({ app, server }) => {
  const { page } = app;
  const html = '<!doctype html><title>Sign in \u202e<b>now</title><script>alert(1)</script>';
  const bytes = new TextEncoder().encode(html);
  await page.goto(link(server.serve('/a.coredump', { bytes, type: 'text/html; charset=utf-8' })));
  await page.getByRole('button', { name: CONSENT }).click();
  await expect(page.getByRole('alert')).toContainText(
    'answers with a web page (text/html) titled "Sign in \\u{202e}", probably to sign in',
  );
});

test('ten thousand modules in a link are not asked for', async ({ app, server }) => {
  const { page } = app;
  const url = server.serve('/a.coredump', { bytes: DUMP });
  await page.goto(`/#url=${url}${'&module=x'.repeat(10_000)}`);
  await expect(page.getByRole('list', { name: 'Files' }).getByRole('listitem')).toHaveCount(65);
  expect(server.seen).toEqual([]);
});
