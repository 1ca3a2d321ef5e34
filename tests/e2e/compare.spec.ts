import { gzipSync } from 'node:zlib';
import { type EncodedGlobal, type EncodedSegment, encodeDump } from '../../src/coredump/encode';
import { PAGE } from '../../src/wasm/memory-section';
import { fixture, fixtureFile } from '../fixture';
import { App } from './app';
import { expectAccessible } from './axe';
import { companion, dump, made } from './files';
import { expect, type Page, test } from './test';

interface Made {
  readonly segments: readonly { readonly at: number; readonly bytes: Uint8Array }[];
  readonly pages?: number;
  readonly globals?: readonly number[];
  readonly function?: number;
}

/** Writes a dump with one memory. Seven segments of one byte make its gaps zeros; one that spans two chunks, missing. */
function write(name: string, { segments, pages = 1, globals = [], function: index = 3 }: Made): string {
  const bytes = encodeDump([
    { kind: 'core', name: 'made' },
    {
      kind: 'corestack',
      thread: {
        name: 'main',
        layout: 'L3',
        frames: [
          { instance: null, function: index, codeOffset: 17, locals: [], stack: [] },
          { instance: null, function: 1, codeOffset: 5, locals: [], stack: [] },
        ],
      },
    },
    {
      kind: 'memory',
      memories: [
        {
          minimumPages: BigInt(pages),
          maximumPages: null,
          pageSize: PAGE,
          customPageSize: false,
          memory64: false,
          shared: false,
        },
      ],
    },
    {
      kind: 'global',
      globals: globals.map(
        (value): EncodedGlobal => ({ type: 'i32', mutable: true, value: { type: 'i32', value } }),
      ),
    },
    {
      kind: 'data',
      segments: segments.map(
        ({ at, bytes: content }): EncodedSegment => ({
          mode: 'active',
          memory: 0,
          explicit: false,
          offset: { type: 'i32', value: at },
          bytes: content,
        }),
      ),
    },
  ]);
  return made(`compare/${name}`, bytes);
}

const bytes = (...list: number[]) => Uint8Array.from(list);
const text = (content: string) => new TextEncoder().encode(content);
/** Trimmed chunks, enough of them for the gaps to be zeros. */
const chunks = [1, 2, 3, 4, 5, 6, 7].map((page) => ({ at: page * 4096 + 16, bytes: bytes(page, 0, page) }));

const first = () =>
  write('first.coredump', {
    segments: [{ at: 64, bytes: text('state: running ok') }, ...chunks],
    globals: [65_536, 7, 9],
  });
/** Its first chunk reads "failed" where the first's reads "running", and its fourth has a byte more, where the first has zeros. */
const second = () =>
  write('second.coredump', {
    segments: [
      { at: 64, bytes: text('state: failed! ok') },
      ...chunks.map((chunk, index) => (index === 3 ? { ...chunk, bytes: bytes(4, 0, 4, 0, 0, 9) } : chunk)),
    ],
    globals: [65_536, 8, 9],
    function: 5,
  });

const rows = (page: Page) => page.getByRole('grid', { name: 'Differences', exact: true }).getByRole('row');
const listed = (page: Page, address: string) => rows(page).filter({ hasText: address });

async function opened(page: Page, file: string): Promise<App> {
  const app = new App(page);
  await app.start();
  await app.drop([file]);
  await expect(app.memory).toBeVisible();
  return app;
}

test('with the mouse: dropped on its zone, counted, listed, followed, marked, closed', async ({ page }) => {
  const app = await opened(page, first());
  await app.drop([second()], 'Compare with it');
  await expect(page.getByRole('status').filter({ hasText: '8 bytes differ in 2 ranges.' })).toBeVisible();
  await expect(page.getByText('65,528 bytes are equal.')).toBeVisible();
  await expect(listed(page, '0x00000047')).toContainText('changed');
  await expect(listed(page, '0x00004015')).toContainText('elided zero here');
  await listed(page, '0x00000047').getByRole('button').click();
  await expect(page.getByText(/0x00000047 72 captured.*; other dump: 66 captured/).first()).toBeVisible();
  await expect(
    app.memory.getByRole('gridcell', { name: '00000047, 72, captured, differs, 66 in the other dump' }),
  ).toBeVisible();
  await expect(
    app.memory.getByRole('gridcell', { name: '00000046, 20, captured', exact: true }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Next difference' }).click();
  await expect(page.getByText(/0x00004015 .*; other dump: 09 captured/).first()).toBeVisible();
  await expectAccessible(page, 'a comparison', 'without-cells');

  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await expect(page.getByRole('button', { name: /Choose a dump to compare with/ })).toBeVisible();
  await expect(app.memory.getByRole('gridcell', { name: /differs/ })).toHaveCount(0);
});

test('globals, stacks and the counts of each memory stand side by side', async ({ page }) => {
  const app = await opened(page, first());
  await app.drop([second()], 'Compare with it');
  await page.getByRole('tab', { name: 'Globals side by side' }).click();
  const globals = page.getByRole('grid', { name: 'Globals of both dumps' });
  await expect(globals.getByRole('row').filter({ hasText: '≠' })).toHaveCount(1);
  await expect(globals.getByRole('row').filter({ hasText: '≠' })).toContainText('7  0x00000007');
  await page.getByRole('tab', { name: 'Build, stacks' }).click();
  await expect(page.getByText(/Perhaps the same build.*1 of 2 frames from the oldest on/)).toBeVisible();
  const facts = page.getByRole('grid', { name: 'Builds and stacks' });
  await expect(facts.getByRole('row').filter({ hasText: 'Top frame of main' })).toContainText('func[5]');
  await page.getByRole('tab', { name: 'Memories' }).click();
  await expect(
    page
      .getByRole('grid', { name: 'Memories of both dumps' })
      .getByRole('row')
      .filter({ hasText: 'memory 0' }),
  ).toContainText('65,528');
  await expectAccessible(page, 'the tabs of a comparison', 'without-cells');
});

test('with keys alone: choose, step, read, close', async ({ page }) => {
  const app = await opened(page, first());
  const tab = page.getByRole('tab', { name: /^Globals/ });
  await tab.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: /^Compare/ })).toBeFocused();
  const chooser = page.waitForEvent('filechooser');
  const choose = page.getByRole('button', { name: /Choose a dump to compare with/ });
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press('Tab');
    if (await choose.evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(second());
  await expect(page.getByRole('status').filter({ hasText: '8 bytes differ in 2 ranges.' })).toBeVisible();
  const here = (address: string) => page.getByText(new RegExp(`^${address}.*; other dump: `)).first();
  await page.keyboard.press('F8');
  await expect(here('0x00000047')).toBeVisible();
  await page.keyboard.press('F8');
  await expect(here('0x00004015')).toBeVisible();
  await page.keyboard.press('Shift+F8');
  await expect(here('0x00000047')).toBeVisible();
  await page.keyboard.press('Shift+F8');
  await expect(here('0x00004015')).toBeVisible();
  await expect(rows(page).and(page.locator('[aria-selected=true]'))).toContainText('0x00004015');
  await page.getByRole('grid', { name: 'Differences', exact: true }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(here('0x00000047')).toBeVisible();
  await expect(app.memory).toBeVisible();
  await page.getByRole('button', { name: 'Close the comparison' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Choose a dump/ })).toBeVisible();
});

test('a module and a text are refused by name, and the open dump stays', async ({ page }) => {
  const app = await opened(page, dump('wasmtime/c-divide-O0'));
  await app.drop([companion('notdumps/module-plain', 'tiny.wasm')], 'Compare with it');
  await expect(page.getByRole('alert')).toContainText('tiny.wasm is a module, not a dump.');
  await expectAccessible(page, 'a refused dump', 'without-cells');
  await app.drop([companion('notdumps/text', 'log.txt')], 'Compare with it');
  await expect(page.getByRole('alert')).toContainText('log.txt is not a dump.');
  await expect(app.memory).toBeVisible();
  await app.drop([dump('wasmtime/c-divide-O2')], 'Compare with it');
  await expect(page.getByRole('status').filter({ hasText: /bytes? differ/ })).toBeVisible();
});

test('memories of different sizes: what only one has is said and never counted as equal', async ({
  page,
}) => {
  const larger = () =>
    write('larger.coredump', { segments: [...chunks, { at: 70_000, bytes: bytes(1) }], pages: 2 });
  const app = await opened(page, write('smaller.coredump', { segments: chunks }));
  await app.drop([larger()], 'Compare with it');
  await expect(
    page.getByText('65,536 bytes are in the other dump only: its memory is larger.'),
  ).toBeVisible();
  await expect(listed(page, '0x00010000')).toContainText('in the other dump only');
  await page.getByRole('button', { name: 'Close the comparison' }).click();
  await app.drop([larger()]);
  await expect(page.getByRole('heading', { level: 1 }).or(app.memory).first()).toBeVisible();
});

test('missing bytes against elided zeros cannot be compared, and can be listed', async ({ page }) => {
  const missing = write('missing.coredump', {
    segments: [{ at: 4090, bytes: bytes(1, 2, 3, 4, 5, 6, 7, 8, 9) }],
  });
  const app = await opened(page, write('zeros.coredump', { segments: chunks }));
  await app.drop([missing], 'Compare with it');
  await expect(page.getByText('65,527 bytes cannot be compared: missing from the other dump.')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '9 bytes differ in 1 range.' })).toBeVisible();
  await expect(listed(page, '0x00000ffa')).toContainText('elided zero here');
  await page.getByRole('checkbox', { name: 'List what cannot be compared' }).check();
  await expect(listed(page, '0x00000000')).toContainText('cannot be compared');
  await app.chooseGaps(/missing/i);
  await expect(page.getByText('65,506 bytes cannot be compared: missing from both dumps.')).toBeVisible();
});

test('gzip as the second dump, and another dump opened in place of the first ends the comparison', async ({
  page,
}) => {
  const app = await opened(page, dump('wasmtime/c-heap'));
  const same = made('compare/same.coredump.gz', gzipSync(fixture(fixtureFile('wasmtime/c-heap'))));
  await app.drop([same], 'Compare with it');
  await expect(page.getByRole('grid', { name: 'Differences', exact: true })).toContainText(
    /No difference: all [\d,]+ bytes are equal\./,
  );
  await app.drop([first()]);
  await expect(page.getByRole('button', { name: /Choose a dump to compare with/ })).toBeVisible();
});
