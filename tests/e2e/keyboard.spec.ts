import { App } from './app';
import { dump } from './files';
import { expect, type Locator, type Page, test } from './test';

test('everything is reached and used with keys alone', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.threads).toBeVisible();

  await test.step('the tree', async () => {
    await tabTo(page, app.threads);
    const second = app.threads.getByRole('treeitem', { name: /^1\b.*func\[10\]/ });
    await page.keyboard.press('ArrowDown');
    await expect(second).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('End');
    await expect(second).toHaveAttribute('aria-selected', 'false');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
  });

  await test.step('go to an address, and walk from there', async () => {
    await page.keyboard.press('Control+g');
    await expect(app.goTo).toBeFocused();
    await page.keyboard.type('0xff9c');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/0x0000ff9c 0b captured/i).first()).toBeVisible();
    await tabTo(page, app.memory);
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText(/0x0000ff9d\b/i).first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText(/0x0000ffad\b/i).first()).toBeVisible();
    await page.keyboard.press('Control+Home');
    await expect(page.getByText(/0x00000000\b.*zero/i).first()).toBeVisible();
    await page.keyboard.press('Control+]');
    await expect(page.getByText(/0x[\da-f]{8} [\da-f]{2} captured/i).first()).toBeVisible();
  });

  await test.step('F6 goes from panel to panel', async () => {
    const seen = new Set<string>();
    for (let press = 0; press < 8; press++) {
      await page.keyboard.press('F6');
      seen.add(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['Threads', 'Memory']));
  });

  await test.step('? lists the keys, Escape closes the list', async () => {
    await tabTo(page, app.threads);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

test('the focus is always seen', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.threads).toBeVisible();
  const unseen: string[] = [];
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(looksTheSameWithoutFocus);
    if (hidden !== null) unseen.push(hidden);
  }
  expect(unseen).toEqual([]);
});

/** The focused element, if neither it, its active descendant nor what stands around it changes when the focus goes. */
async function looksTheSameWithoutFocus(): Promise<string | null> {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const active = element.getAttribute('aria-activedescendant');
  const marked = active === null ? element : (document.getElementById(active) ?? element);
  const parts = [element, marked, element.parentElement ?? element];
  const look = () =>
    parts.map((part) => {
      const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(part);
      return `${outline} ${boxShadow} ${borderColor} ${backgroundColor}`;
    });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 150));
  await settled();
  const focused = look();
  element.blur();
  await settled();
  const same = look().every((style, index) => style === focused[index]);
  element.focus();
  return same ? element.outerHTML.slice(0, 160) : null;
}

/** Presses Tab until the focus is on (or in) the element. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 60; press++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('60 times Tab does not lead there');
}
