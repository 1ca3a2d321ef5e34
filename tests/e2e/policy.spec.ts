import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { App } from './app';
import { companion, dump } from './files';
import { type Host, host, SITE } from './host';
import { expect } from './test';

const CPP = 'wasmtime/cpp-shapes-O1';

const test = base.extend<{ site: Host; violations: () => Promise<string[]> }>({
  site: async ({ page: _page }, use) => {
    const site = await host();
    await use(site);
    await site.close();
  },
  violations: async ({ page }, use) => {
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { violations: seen });
      document.addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    await use(() => page.evaluate(() => (window as unknown as { violations: string[] }).violations));
  },
});

test('every directive of the policy has its reason beside it', () => {
  const text = readFileSync(join(SITE, '_headers'), 'utf8');
  const policy = /Content-Security-Policy: (.+)/.exec(text)?.[1] ?? '';
  const named = policy.split(';').map((directive) => directive.trim().split(' ')[0]);
  const reasoned = Array.from(text.matchAll(/^# ([a-z-]+): \S/gm), ([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(reasoned.toSorted()).toEqual(named.toSorted());
});

test('the main path stays within the policy', async ({ page, site, violations }) => {
  const app = new App(page);
  const response = await page.goto(site.url);
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
  expect(response?.headers()).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  await app.drop([dump(CPP), companion(CPP, 'cpp-shapes-O1.wasm'), companion(CPP, 'shapes.cpp')]);
  // The demangler is WebAssembly.
  await expect(app.threads.getByText(/::/).first()).toBeVisible();
  for (const tab of ['Source', 'Disassembly', 'Memory'])
    await page.getByRole('tab', { name: tab, exact: true }).click();
  await expect(app.memory).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Search for' }).selectOption('Regular expression');
  await page.getByRole('searchbox', { name: /^Search memory/ }).fill('[a-z]+');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /^[\d,]+ hits? in/ })).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('what is injected does not run and is not loaded', async ({ page, site, violations }) => {
  const elsewhere = await host();
  site.inject =
    `<script>window.ran = 1</script><img src="x" onerror="window.ran = 2"><base href="${elsewhere.url}">` +
    `<script src="${elsewhere.url}early.js"></script><iframe src="${elsewhere.url}"></iframe>`;
  await page.goto(site.url);
  await expect(new App(page).files).toBeAttached();
  expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
  const seen = (await violations()).join('\n');
  for (const directive of ['script-src-elem inline', 'script-src-attr inline', 'base-uri', 'frame-src'])
    expect(seen).toContain(directive);
  expect(elsewhere.asked).toEqual([]);
  await elsewhere.close();
});
