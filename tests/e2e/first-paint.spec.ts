import type { Page } from '@playwright/test';
import { App } from './app';
import { dump } from './files';
import { expect, test } from './test';

/** Keeps the page's script back, as a slow network does, until it is let go. */
async function heldScript(page: Page): Promise<() => void> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/assets\/[^/]+\.js$/, async (route) => {
    await held;
    await route.fallback();
  });
  return letGo;
}

/** Buttons as the browser tells them to a screen reader: Playwright's own roles do not know `inert`. */
async function spokenButtons(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter(({ ignored, role }) => !ignored && role?.value === 'button').length;
}

const heading = (page: Page) => page.locator('h1', { hasText: 'Wasmortem' });

for (const [width, height, colorScheme] of [
  [1440, 900, 'dark'],
  [900, 700, 'light'],
  [360, 740, 'dark'],
] as const)
  test(`the start page is drawn before its script, and stays as it is (${width}, ${colorScheme})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const letGo = await heldScript(page);
    await page.goto('/', { waitUntil: 'commit' });
    await expect(heading(page)).toBeVisible();
    const before = await page.screenshot();
    // Nothing in it looks usable to a screen reader or the keyboard.
    expect(await spokenButtons(page)).toBe(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    letGo();
    await expect(new App(page).files).toBeAttached();
    expect(await spokenButtons(page)).toBeGreaterThan(5);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    expect((await page.screenshot()).equals(before), 'the same picture').toBe(true);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'));
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 200);
        }),
    );
    expect(shift).toBe(0);
  });

test('what is dropped before the script has come is opened when it has', async ({ page }) => {
  const letGo = await heldScript(page);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(heading(page)).toBeVisible();
  const app = new App(page);
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(heading(page)).toBeVisible();
  letGo();
  await expect(app.frames().first()).toBeVisible();
  // And once: what is dropped from now on is the page's.
  await app.drop([dump('wasmer/crash')], 'Open as a new dump');
  await expect(page).toHaveTitle(/crash\.coredump/);
});

test('no start page flashes where another page comes', async ({ page }) => {
  const hidden = async (what: string) => {
    const letGo = await heldScript(page);
    await page.goto('about:blank');
    await page.goto(what, { waitUntil: 'commit' });
    await expect(page.locator('.start')).toBeAttached();
    await expect(heading(page), what).toBeHidden();
    letGo();
    await expect(new App(page).files).toBeAttached();
    await page.unrouteAll({ behavior: 'wait' });
  };
  await hidden('/#sample=divide');
  await hidden('/?shared');
  await page.goto('/');
  await page.evaluate(() => localStorage.setItem('wasmortem.hosts', '["https://a.example"]'));
  await hidden('/');
  await expect(page.getByText('Links may contact')).toBeVisible();
});

test('without scripts there is the sentence, and no page that does nothing', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL ?? '');
  await expect(page.locator('noscript')).toBeVisible();
  await expect(heading(page)).toBeHidden();
  await context.close();
});
