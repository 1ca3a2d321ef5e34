import { fileURLToPath, pathToFileURL } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { hostileDump, hostileModule } from '../helpers/hostile-names';
import { App } from './app';
import { made } from './files';
import { host } from './host';

const ONE_FILE = pathToFileURL(fileURLToPath(new URL('../../dist/wasmortem.html', import.meta.url))).href;

/** The page as it is hosted, with its headers, and as one file. It fails on what runs, is loaded or violates the policy. */
const test = base.extend<{ form: 'hosted' | 'one file'; app: App }>({
  form: ['hosted', { option: true }],
  app: async ({ page, context, form }, use) => {
    const site = form === 'hosted' ? await host() : null;
    const url = site?.url ?? ONE_FILE;
    const wrong: string[] = [];
    context.on('request', (request) => {
      const own = site === null ? request.url() === url : request.url().startsWith(url);
      if (!own && !/^(data|blob):/.test(request.url())) wrong.push(`request ${request.url().slice(0, 200)}`);
    });
    context.on('page', (other) => {
      if (other !== page) wrong.push('another page was opened');
    });
    page.on('pageerror', (error) => wrong.push(error.message.slice(0, 300)));
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text().slice(0, 300));
    });
    page.on('dialog', (dialog) => {
      wrong.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`violated ${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    await page.goto(url);
    await use(new App(page));
    expect(await page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
    await site?.close();
    expect(wrong).toEqual([]);
  },
});

/** Texts and attributes of the page that hold what cannot be seen, or that are longer than anybody reads. */
function deceiving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // A tab stands in source code; line feeds in texts of several lines are the page's own.
    const unseen = /[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;
    const found: string[] = [];
    const look = (what: string, text: string | null) => {
      if (text !== null && (unseen.test(text) || text.length > 10_000))
        found.push(`${what} (${text.length}): ${JSON.stringify(text.slice(0, 120))}`);
    };
    look('title', document.title);
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('script, style') !== null) continue;
      const place = `${element.tagName} ${element.className}`;
      for (const { name, value } of element.attributes) look(`${place} ${name}`, value);
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) look(place, node.nodeValue);
    }
    const made = document.body.querySelectorAll(
      'iframe, object, embed, base, img, form[action], [onerror], [onload], a[href^="javascript:"], u',
    );
    return [...found, ...Array.from(made, ({ outerHTML }) => `made ${outerHTML.slice(0, 200)}`)];
  });
}

const TABS = [
  'Globals',
  'Segments',
  'Sections',
  'Modules',
  'Search',
  'Strings',
  'Structs',
  'Compare',
  'Problems',
];

for (const form of ['hosted', 'one file'] as const)
  for (const from of ['names', 'DWARF'] as const)
    test.describe(`${form}, hostile ${from}`, () => {
      test.use({ form });

      test('nothing runs, nothing is loaded, all is shown escaped, and copied so', async ({
        app,
        page,
        context,
      }) => {
        test.slow();
        await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
        const folder = `hostile/${form} ${from}`;
        await app.drop([
          made(`${folder}/a\u202egnp.coredump`, await hostileDump()),
          made(`${folder}/<img src=x onerror=window.ran=11>.wasm`, await hostileModule(from)),
        ]);
        await expect(app.threads).toBeVisible();
        await expect(page.getByText(/Indexing|Looking for names/)).toHaveCount(0);
        const escaped = from === 'names' ? 'a\\u{202e}gnp.exe' : '<u>\\u{202e}';
        await expect(app.threads.getByText(escaped).first()).toBeVisible();
        expect(await deceiving(page), 'at first').toEqual([]);
        for (const tab of TABS) {
          await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
          await page.waitForTimeout(150);
          expect(await deceiving(page), tab).toEqual([]);
        }
        const frames = await app.frames().count();
        // Those of the start-up are folded.
        expect(frames).toBeGreaterThanOrEqual(6);
        for (let at = 0; at < frames; at += 1) {
          await app.frames().nth(at).click();
          for (const tab of ['Source', 'Disassembly', 'Memory']) {
            await page.getByRole('tab', { name: tab, exact: true }).click();
            await page.waitForTimeout(100);
            expect(await deceiving(page), `frame ${at}, ${tab}`).toEqual([]);
          }
        }
        await page.getByRole('button', { name: 'Copy link', exact: true }).click();
        await page.waitForTimeout(300);
        expect(await deceiving(page), 'copy link').toEqual([]);
        await page.keyboard.press('Escape');
        await app.frames().first().click();
        await page.getByRole('tab', { name: 'Disassembly', exact: true }).click();
        const listing = page.getByRole('grid', { name: 'Instructions' });
        await listing.click();
        await page.keyboard.press('Control+Home');
        await page.keyboard.press('Control+Shift+End');
        await page.keyboard.press('Control+c');
        await page.waitForTimeout(300);
        const copied = await page.evaluate(() => navigator.clipboard.readText().catch(() => ''));
        // One head and one instruction a line: no name has made a line of its own, or a terminal's command.
        expect(copied).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
        expect(copied.split('\n').length).toBeGreaterThan(5);
        for (const line of copied.split('\n').filter((one) => one !== ''))
          expect(line).toMatch(/^(;; func\[\d+\]|\s*\+?(0x)?[0-9a-f]+ )/);
        // What is said of a file that has no use names it too.
        await app.drop([
          made(`${folder}/junk\u202e\u200b.bin`, Uint8Array.of(1, 2, 3)),
          made(`${folder}/b.coredump`, await hostileDump()),
        ]);
        await expect(page.getByText(/junk\\u\{202e\}\\u\{200b\}\.bin is not Wasm/)).toBeVisible();
        expect(await deceiving(page), 'a file without use').toEqual([]);
      });
    });
