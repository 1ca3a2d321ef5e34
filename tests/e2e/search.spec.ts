import { App } from './app';
import { expectAccessible } from './axe';
import { dump } from './files';
import { expect, type Page, test } from './test';

async function opened(page: Page, folder = 'wasmtime/c-heap'): Promise<App> {
  const app = new App(page);
  await app.start();
  await app.drop([dump(folder)]);
  await expect(app.memory).toBeVisible();
  return app;
}

const box = (page: Page) => page.getByRole('searchbox', { name: /^Search memory/ });
const hits = (page: Page) => page.getByRole('grid', { name: 'Search', exact: true });

test('with keys alone: search, step through the hits, what points there', async ({ page }) => {
  await opened(page);
  await page.keyboard.press('Control+f');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('er');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('status').filter({ hasText: /^\d+ hits? in [\d,]+ captured bytes$/ }),
  ).toBeVisible();
  const rows = hits(page).getByRole('row', { selected: true });
  await page.keyboard.press('F3');
  await expect(rows).toHaveCount(1);
  const first = await rows.getByRole('button').innerText();
  await expect(page.getByText(new RegExp(`${first} 65 captured`)).first()).toBeVisible();
  await page.keyboard.press('F3');
  await expect(rows.getByRole('button')).not.toHaveText(first);
  await page.keyboard.press('Shift+F3');
  await expect(rows.getByRole('button')).toHaveText(first);
  await page.keyboard.press('Control+Shift+f');
  await expect(page.getByRole('combobox', { name: 'Search for' })).toHaveValue('pointers');
  await expect(box(page)).toHaveValue(/^0x[\da-f]{8}\.\.0x[\da-f]{8}$/);
});

test('hits are marked in the grid, the one that was stepped to as the selection', async ({ page }) => {
  const app = await opened(page, 'wasmtime/c-divide-O0');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('for');
  await page.keyboard.press('Enter');
  await expect(hits(page).getByRole('row')).not.toHaveCount(1);
  await page.keyboard.press('F3');
  const current = app.memory.getByRole('gridcell', { name: /^00010057, 6f, / });
  const other = app.memory.getByRole('gridcell', { name: /^0001005c, 72, / });
  const beside = app.memory.getByRole('gridcell', { name: /^0001005d, 6d, / });
  await expect(current).toHaveAttribute('aria-selected', 'true');
  const look = (cell: typeof current) => cell.evaluate((one) => getComputedStyle(one).backgroundColor);
  for (const forcedColors of ['none', 'active'] as const) {
    await page.emulateMedia({ forcedColors });
    const looks = await Promise.all([current, other, beside].map(look));
    expect(new Set(looks).size, `hit, current hit and no hit in forced colours ${forcedColors}`).toBe(3);
  }
});

test('with the mouse: hex with wildcards, a click on a hit, pointers to it', async ({ page }) => {
  await opened(page);
  await page.getByRole('tab', { name: /^Search/ }).click();
  await page.getByRole('combobox', { name: 'Search for' }).selectOption('Hex bytes');
  await box(page).fill('6f ?? 74');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const link = hits(page).getByRole('button').first();
  await expect(link).toBeVisible();
  const address = await link.innerText();
  await link.click();
  await expect(page.getByText(new RegExp(`${address} 6f captured`)).first()).toBeVisible();
  await expectAccessible(page, 'search with hits', 'without-cells');
  await page.getByRole('button', { name: 'Pointers to this' }).click();
  await expect(page.getByRole('checkbox', { name: 'Aligned' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Known zeros' })).toBeChecked();
});

test('no hits: how much was searched, and whether it can be elsewhere', async ({ page }) => {
  await opened(page);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('no such text');
  await page.keyboard.press('Enter');
  await expect(hits(page)).toContainText(
    /No hits\. [\d,]+ captured bytes searched; the other [\d,]+ are zero and hold no text\./,
  );
  await expectAccessible(page, 'search without hits', 'without-cells');
  await page.getByRole('combobox', { name: 'Search for' }).selectOption('Integer');
  await box(page).fill('123456789');
  await box(page).press('Enter');
  await page.getByRole('button', { name: 'Search them too' }).click();
  await expect(hits(page)).toContainText(/No hits\. [\d,]+ captured bytes and [\d,]+ known zeros searched/);
});

test('missing bytes may hide a hit', async ({ page }) => {
  await opened(page, 'wasm-encoder/two-regions');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('no such text');
  await page.keyboard.press('Enter');
  await expect(hits(page)).toContainText(
    /No hits in [\d,]+ captured bytes\. [\d,]+ are missing: it may be there\./,
  );
});

test('what cannot be searched for is said while it is typed', async ({ page }) => {
  await opened(page);
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Search for' }).selectOption('Regular expression');
  await box(page).fill('(');
  await expect(page.getByText(/The expression cannot be read: unterminated group\./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Search', exact: true })).toBeDisabled();
});

test('an expression that takes for ever is stopped at once, and the page stays usable', async ({ page }) => {
  const app = await opened(page);
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Search for' }).selectOption('Regular expression');
  await box(page).fill('^(([^\\n])+.)+[V][W]([^\\n]+)+$|((.+)+)+\\u{1F600}');
  await box(page).press('Enter');
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  await expect(stop).toBeVisible();
  await app.go(0x10);
  await stop.click();
  await expect(page.getByText(/No hits\. Stopped at/)).toBeVisible();
  await box(page).fill('o[a-z]t');
  await box(page).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /^\d+ hits? in/ })).toBeVisible();
});

test('strings: listed, filtered, followed, with keys', async ({ page }) => {
  await opened(page);
  await page.getByRole('tab', { name: /^Strings/ }).click();
  const grid = page.getByRole('grid', { name: 'Strings', exact: true });
  await expect(
    page.getByRole('status').filter({ hasText: /^[\d,]+ strings in [\d,]+ captured bytes$/ }),
  ).toBeVisible();
  await expectAccessible(page, 'strings', 'without-cells');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('out of memory');
  await expect(
    grid
      .getByRole('row')
      .filter({ hasText: /out of memory/i })
      .first(),
  ).toBeVisible();
  await grid.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/0x[\da-f]{8} [\da-f]{2} captured.*selected/).first()).toBeVisible();
  await page.getByRole('spinbutton', { name: /At least/ }).fill('500');
  await expect(grid).toContainText(/No string in [\d,]+ captured bytes holds that text\./);
});
