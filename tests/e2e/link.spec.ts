import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { SAMPLES } from '../../src/app/samples';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump } from './files';
import { expect, type Page, test } from './test';

/** A dump as a link holds it, compressed by another program. */
function embedded(folder: string): string {
  return deflateRawSync(readFileSync(dump(folder))).toString('base64url');
}

async function opened(page: Page, hash: string): Promise<App> {
  const app = new App(page);
  await page.goto(`/${hash}`);
  await expect(app.threads).toBeVisible();
  return app;
}

const hashOf = (page: Page) => new URL(page.url()).hash;
/** The link's view alone: what stands before the dump. */
const viewOf = (page: Page) => hashOf(page).replace(/&?dump=.*$/, '');

test('more than twenty selections, Back and Forward', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.memory).toBeVisible();
  const seen: string[] = [viewOf(page)];
  const note = async () => {
    await expect.poll(() => viewOf(page)).not.toBe(seen.at(-1));
    seen.push(viewOf(page));
  };
  for (let round = 0; round < 4; round += 1) {
    await app
      .frames()
      .nth(round + 1)
      .click();
    await note();
    await app.go(0x10000 + 64 * round);
    await note();
    await app.memory
      .getByRole('gridcell')
      .nth(20 + round)
      .click();
    await note();
    await page.getByRole('tab', { name: round % 2 === 0 ? /^Segments/ : /^Sections/ }).click();
    await note();
    await page.getByRole('tab', { name: round % 2 === 0 ? 'Source' : 'Disassembly' }).click();
    await note();
    await page.getByRole('tab', { name: 'Memory' }).click();
    await note();
  }
  expect(seen).toHaveLength(25);
  for (let at = 23; at >= 0; at -= 1) {
    await page.goBack();
    await expect.poll(() => viewOf(page), `back to ${at}`).toBe(seen[at]);
  }
  for (let at = 1; at <= 24; at += 1) {
    await page.goForward();
    await expect.poll(() => viewOf(page), `forward to ${at}`).toBe(seen[at]);
  }
  await expect(page.getByRole('tab', { name: 'Memory' })).toHaveAttribute('aria-selected', 'true');
  // The memory's own buttons go the same way.
  const forward = page.getByRole('button', { name: 'Forward' });
  await expect(forward).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect.poll(() => viewOf(page)).toBe(seen[23]);
  // Alt+Left and Alt+Right are the browser's, wherever the focus is. (Without a window it does not obey them.)
  await page.evaluate(() => {
    const taken: string[] = [];
    Object.assign(window, { taken });
    window.addEventListener('keydown', (event) => {
      if (event.key.startsWith('Arrow') && event.defaultPrevented) taken.push(event.key);
    });
  });
  const tab = page.getByRole('tab', { name: 'Disassembly' });
  for (const place of [app.threads.getByRole('treeitem', { selected: true }).first(), tab]) {
    await place.focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowRight');
  }
  expect(await page.evaluate(() => Reflect.get(window, 'taken'))).toEqual([]);
});

test('places in code and sources, options of the memory and the lists: Back and Forward, with mouse and keys', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  const folder = 'wasmtime/c-divide-O0';
  await app.drop([dump(folder), companion(folder, 'c-divide-O0.wasm'), companion(folder, 'crash.c')]);
  await expect(app.memory).toBeVisible();
  // The module's evidence and names come after the stack.
  await expect(app.frames().first()).toContainText('divide');
  const seen: string[] = [viewOf(page)];
  const note = async (part: RegExp) => {
    await expect.poll(() => viewOf(page)).not.toBe(seen.at(-1));
    await expect.poll(() => viewOf(page)).toMatch(part);
    seen.push(viewOf(page));
  };
  const tab = (name: string | RegExp) => page.getByRole('tab', { name });
  const listing = page.getByRole('grid', { name: 'Instructions' });
  const heading = (text: RegExp) => expect(page.getByRole('heading', { name: text })).toBeVisible();

  await test.step('how memory is drawn', async () => {
    await page.getByRole('button', { name: /^View: hex 8/ }).click();
    await page.getByRole('radiogroup', { name: 'Bytes a row' }).getByText('32').click();
    await note(/row=32/);
    await page.getByRole('radiogroup', { name: 'Bytes a group' }).getByText('4', { exact: true }).click();
    await note(/as=hex32/);
    await page.getByRole('radiogroup', { name: 'Read as' }).getByText('Unsigned').click();
    await note(/row=32&as=u32$/);
    await page.keyboard.press('Escape');
  });
  await test.step('the disassembly, with the mouse', async () => {
    await app.frames().nth(2).click();
    await note(/f=2/);
    await tab('Disassembly').click();
    await note(/view=disassembly/);
    await heading(/func\[9\] \$walk/);
    await listing.getByRole('button', { name: '$helper' }).click();
    await note(/code=10$/);
    await heading(/func\[10\] \$helper/);
    await page.getByLabel('Offsets from').focus();
    await page.keyboard.press('End');
    await note(/offsets=file/);
  });
  await test.step('the disassembly, with keys', async () => {
    await listing.focus();
    await page.keyboard.press('g');
    await page.keyboard.type('+0x44');
    await page.keyboard.press('Enter');
    await note(/code=10:44/);
    await page.keyboard.press('Enter');
    await note(/code=8&/);
    await heading(/func\[8\] \$divide/);
    await page.keyboard.press('g');
    await page.keyboard.type('func[9]');
    await page.keyboard.press('Enter');
    await note(/code=9&/);
  });
  await test.step('the source and the lists', async () => {
    await tab('Source').click();
    await note(/view=source/);
    await page.getByRole('row').filter({ hasText: 'static' }).first().click();
    await note(/src=.*crash\.c:\d+/);
    await tab(/^Strings/).click();
    await note(/list=strings/);
    await page.getByRole('searchbox', { name: 'Filter' }).click();
    await page.keyboard.type('key');
    await note(/only=key/);
    await tab(/^Segments/).click();
    await note(/list=segments/);
    await tab('Memory').click();
    await note(/^((?!view=).)*$/);
  });
  const last = seen.length - 1;
  expect(last).toBeGreaterThanOrEqual(15);
  for (let at = last - 1; at >= 0; at -= 1) {
    await page.goBack();
    await expect.poll(() => viewOf(page), `back to ${at}`).toBe(seen[at]);
  }
  await expect(page.getByRole('button', { name: /^View: hex 8/ })).toBeVisible();
  for (let at = 1; at <= last; at += 1) {
    await page.goForward();
    await expect.poll(() => viewOf(page), `forward to ${at}`).toBe(seen[at]);
  }
  await expect(page.getByRole('button', { name: /^View: u32/ })).toBeVisible();
  // The code is where it was left, and the disassembly's own buttons and Backspace are the same Back.
  await tab('Disassembly').click();
  await heading(/func\[9\] \$walk/);
  await page
    .getByRole('toolbar', { name: 'Disassembly' })
    .getByRole('button', { name: 'Back', exact: true })
    .click();
  await expect.poll(() => viewOf(page)).toBe(seen[last]);
  await page.goForward();
  await heading(/func\[9\] \$walk/);
  await listing.focus();
  await page.keyboard.press('Backspace');
  await expect.poll(() => viewOf(page)).toBe(seen[last]);
});

test('a link about a dump of another shape shows what fits and says what does not', async ({ page }) => {
  const data = embedded('wasmtime/c-divide-O0');
  const app = await opened(
    page,
    `#v=1&f=99&m=7&a=7:10&code=12:3e@app.wasm&struct=int%20a%3b&laid=9:10&row=32&list=segments&dump=${data}`,
  );
  const notices = page.getByRole('region', { name: 'Notices' });
  for (const said of [
    "8 frames in thread 0; the link's is frame 99.",
    '1 memory; the link shows memory 7.',
    '1 memory; the link lays structs over memory 9.',
  ])
    await expect(notices).toContainText(said);
  await expect(app.frames().first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('grid', { name: 'Segments' })).toBeVisible();
  await expect.poll(() => viewOf(page)).toBe('#v=1&list=segments&row=32');
});

test('every part of a view survives a reload of a link with the dump inside', async ({ page }) => {
  const data = embedded('wasmtime/c-divide-O0');
  const view =
    '#v=1&f=3&a=1004c-1004f&view=disassembly&list=search&gaps=0:missing&find=integer.16.big&q=0x6f72';
  const app = await opened(page, `${view}&dump=${data}`);
  const shows = async () => {
    await expect(app.frames().nth(3)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tab', { name: 'Disassembly' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tab', { name: /^Search/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('searchbox', { name: /^Search memory/ })).toHaveValue('0x6f72');
    await expect(page.getByRole('combobox', { name: 'Byte order' })).toHaveValue('big');
    await expect(page.getByText(/hits? in 4,669 captured bytes$/)).toBeVisible();
    await expect(page.getByText('0x0001004c 0a captured')).toBeVisible();
    expect(viewOf(page)).toBe(view);
  };
  await shows();
  await page.reload();
  await shows();
  await page.getByRole('tab', { name: 'Memory' }).click();
  await expect(app.gapDecision(/missing/)).toBeVisible();
  await expect(app.memory.getByRole('gridcell', { selected: true })).toHaveCount(4);
});

test('closed lists stay closed, and a link that shows them opens them', async ({ page }) => {
  const data = embedded('wasmer/crash-7');
  const closed = page.getByRole('button', { name: 'Open the lists' });
  const open = page.getByRole('button', { name: 'Close the lists' });
  await opened(page, `#v=1&list=closed&dump=${data}`);
  await expect(closed).toBeVisible();
  // Now this browser remembers them as closed.
  await page.goto('about:blank');
  await opened(page, `#v=1&list=sections&dump=${data}`);
  await expect(open).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Sections' })).toBeVisible();
});

test('a sample has an address: it is reloaded, left and opened again', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await page.getByRole('button', { name: 'Integer divide by zero' }).click();
  await expect(app.frames().first()).toContainText('crash.c:13');
  await expect.poll(() => hashOf(page)).toBe('#v=1&sample=divide');
  await app.frames().nth(2).click();
  await expect.poll(() => hashOf(page)).toBe('#v=1&f=2&sample=divide');
  await page.reload();
  await expect(app.frames().nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(app.frames().first()).toContainText('crash.c:13');
  await page.goBack();
  await expect(app.frames().first()).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible();
  await expect(app.threads).toHaveCount(0);
  expect(hashOf(page)).toBe('');
  await page.goForward();
  await expect(app.frames().first()).toHaveAttribute('aria-selected', 'true');
  expect(hashOf(page)).toBe('#v=1&sample=divide');
});

test('every sample opens by its address', async ({ page }) => {
  for (const { id, title } of SAMPLES) {
    await page.goto('about:blank');
    const app = await opened(page, `#sample=${id}`);
    await expect(page.getByRole('region', { name: 'Notices' }), title).toHaveCount(0);
    await expect(app.frames().first(), title).toBeVisible();
    await expect.poll(() => hashOf(page)).toBe(`#v=1&sample=${id}`);
  }
});

test('a link without its dump waits for it', async ({ page }) => {
  const app = new App(page);
  await page.goto('/#v=1&f=2&a=10000');
  await expect(page.getByText('Open the dump that this link is about')).toBeVisible();
  await expectAccessible(page, 'a link without its dump');
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(app.frames().nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('0x00010000 ')).not.toHaveCount(0);
});

test('hostile links open what they can, run nothing, ask for nothing, and say what they could not', async ({
  page,
}) => {
  const app = new App(page);
  const notices = page.getByRole('region', { name: 'Notices' });
  const links: readonly (readonly [string, RegExp])[] = [
    ['#url=javascript:alert(document.domain)', /is not an http or https URL/],
    [
      '#url=java%0Ascript:alert(1)&module=data:text/html,<script>alert(1)</script>',
      /is not an http or https/,
    ],
    ['#f=%E0%A4%A', /has a % that begins no character/],
    ['#t=-1&f=NaN&m=1e9&a=ffffffffffffffffffff', /"NaN" was left out/],
    ['#<img src=x onerror=alert(1)>', /is not known to this version/],
    ['#v=99&f=1', /version "99"/],
    [`#q=${'a'.repeat(2 ** 20)}`, /for 1,048,576 characters/],
  ];
  for (const [hash, said] of links) {
    await page.goto('about:blank');
    await page.goto(`/${hash}`);
    await expect(notices).toContainText(said);
    await expect(app.files).toBeAttached();
  }
});

test('a damaged dump in a link is said, and the page goes on', async ({ page }) => {
  const data = embedded('wasmtime/c-divide-O0');
  const bomb = deflateRawSync(new Uint8Array(64 * 2 ** 20)).toString('base64url');
  const cases: readonly (readonly [string, RegExp])[] = [
    [data.slice(0, 800), /is damaged: it is cut off after 800 characters/],
    [`zz${data}`, /is damaged: its byte \d+ of 1,74\d makes no sense/],
    [bomb, /inflates to more than 8.00 MiB/],
  ];
  for (const [text, said] of cases) {
    await page.goto('about:blank');
    await page.goto(`/#dump=${text}`);
    await expect(page.getByRole('alert')).toContainText(said);
  }
  await expectAccessible(page, 'a damaged link');
  await page.getByRole('button', { name: 'Back to the start' }).click();
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible();
  expect(hashOf(page)).toBe('');
});

test('copy link with keys: to this place, and with the dump inside', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await app.frames().nth(2).click();
  const button = page.getByRole('button', { name: 'Copy link', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('button', { name: /^Copy link with the dump inside \([\d,]+ characters\)$/ }),
  ).toBeVisible();
  await expectAccessible(page, 'copy link', 'without-cells');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  expect(await clipboard()).toMatch(/\/#v=1&f=2$/);
  const inside = page.getByRole('button', { name: /^Copy link with/ });
  const said = await inside.innerText();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(clipboard).toContain('&dump=');
  const link = await clipboard();
  expect(said).toContain(`(${link.length.toLocaleString('en-US')} characters)`);
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(app.frames().nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('4,669 of 131,072 bytes captured')).toBeVisible();
  // Opened from a link, it is in the link: there is nothing to choose.
  await button.click();
  await page.getByRole('button', { name: 'Copy link to this place' }).click();
  await expect.poll(clipboard).toBe(link);
});

test('a dump that is too large goes into the link without its memory, and says so', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/rust-orders')]);
  await expect(app.memory).toBeVisible();
  const frames = await app.frames().count();
  await page.getByRole('button', { name: 'Copy link', exact: true }).click();
  await page
    .getByRole('button', { name: /^Copy link with the dump inside, without memory \([\d,]+ char/ })
    .click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(8000);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(app.frames()).toHaveCount(frames);
  await expect(page.getByRole('alert')).toContainText('without its memory');
  await expect(app.gapDecision(/lost/)).toBeVisible();
});
