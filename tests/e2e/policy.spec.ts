import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test as base } from '@playwright/test';
import { App } from './app';
import { companion, dump } from './files';
import { type Host, host, SITE } from './host';
import { expect } from './test';

const ONE_FILE = pathToFileURL(fileURLToPath(new URL('../../dist/wasmortem.html', import.meta.url))).href;
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

/** What a script would try that had got into the page, each by its name, and the directive that refuses it. */
const REFUSED: Readonly<Record<string, string>> = {
  eval: 'script-src eval',
  'new Function': 'script-src eval',
  'a timer of text': 'script-src eval',
  'an inline script': 'script-src-elem inline',
  'an inline handler': 'script-src-attr inline',
  'a script from elsewhere': 'script-src-elem http',
  'import() from elsewhere': 'script-src-elem http',
  'import() of data:': 'script-src-elem data',
  'a worker of data:': 'worker-src data',
  'an inline style': 'style-src-elem inline',
  'a style sheet from elsewhere': 'style-src-elem http',
  'a picture from elsewhere': 'img-src http',
  'a frame': 'frame-src http',
  'an object': 'object-src http',
  'a base': 'base-uri http',
  'a form': 'form-action http',
  'a socket': 'connect-src ws',
  'a request over http': 'connect-src http',
};

for (const form of ['hosted', 'one file'] as const)
  test(`the policy refuses what a script would do that had got in: ${form}`, async ({
    page,
    site,
    violations,
  }) => {
    const elsewhere = await host();
    await page.goto(form === 'hosted' ? site.url : ONE_FILE);
    await expect(new App(page).files).toBeAttached();
    await page.evaluate(async (origin) => {
      const element = (name: string, attributes: Record<string, string>, text = '') => {
        const made = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        made.textContent = text;
        document.body.append(made);
        return made;
      };
      const load = (url: string) => import(/* @vite-ignore */ url);
      const tries: (() => unknown)[] = [
        () => Reflect.get(window, 'eval')('window.ran = 1'),
        () => new Function('window.ran = 2')(),
        () => Reflect.get(window, 'setTimeout')('window.ran = 3', 0),
        () => element('script', {}, 'window.ran = 4'),
        () => element('img', { src: 'data:,', onerror: 'window.ran = 5' }),
        () => element('script', { src: `${origin}early.js` }),
        () => load(`${origin}early.js?2`),
        () => load('data:text/javascript,window.ran=6'),
        () => new Worker('data:text/javascript,0'),
        // Refused before the policy is asked.
        () => new Worker(`${origin}early.js?3`),
        () => element('style', {}, 'body { color: red }'),
        () => element('link', { rel: 'stylesheet', href: `${origin}a.css` }),
        () => element('img', { src: `${origin}icon.svg` }),
        () => element('iframe', { src: origin }),
        () => element('object', { data: origin }),
        () => element('base', { href: origin }),
        () => (element('form', { action: origin, method: 'post' }) as HTMLFormElement).submit(),
        () => new WebSocket('ws://example.invalid/'),
        () => fetch('http://example.invalid/'),
      ];
      // In a turn of its own: what the debugging protocol calls itself is exempt from the policy.
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          for (const attempt of tries) {
            try {
              Promise.resolve(attempt()).catch(() => undefined);
            } catch (error) {
              // Refused: the browser reports it too.
              if (!(error instanceof Error)) throw error;
            }
          }
          resolve();
        }, 0);
      });
    }, elsewhere.url);
    await page.waitForTimeout(500);
    const seen = await violations();
    for (const [attempt, refusal] of Object.entries(REFUSED))
      expect(
        seen.some((one) => one.startsWith(refusal)),
        `${attempt}: ${refusal} in ${seen.join(', ')}`,
      ).toBe(true);
    expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });
