import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Browser, type ElementHandle, expect, type Locator, type Page, test } from '@playwright/test';
import { halfOfFourGib } from './big-dump';
import { mib, report } from './ratio';
import { percentile, traced, workerHeap } from './trace';

/** What a frame of 60 a second has, and what the browser calls a long task. In ms. */
const FRAME = 16.7;
const LONG = 50;
/** A frame with less work, in ms, shows nothing new. */
const IDLE = 1;
const HEAP = 150 * 1e6;
const JUMPS = 1000;
const PORTION = 250;

let page: Page;
let memory: Locator;

test.beforeAll(async ({ browser }) => {
  const { bavail, bsize } = statfsSync(tmpdir());
  expect(bavail * bsize, 'bytes free for the dump').toBeGreaterThan(3 * 2 ** 30);
  const { path, segments } = await halfOfFourGib();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(process.env['BENCH_SITE'] ?? '');
  await page.getByLabel('Open files').setInputFiles(path);
  memory = page.getByRole('grid', { name: 'Memory', exact: true });
  await expect(page.getByText(`in ${segments.toLocaleString('en-US')} segments`).first()).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByRole('button', { name: /^Gaps are (zero|missing)/ })).toBeVisible({
    timeout: 120_000,
  });
  await settled();
});

test.afterAll(async () => {
  await page.close();
});

test('the wheel', async ({ browser }) => {
  const { x, y } = await middle();
  await page.mouse.move(x, y);
  await run(browser, 'wheel', async () => {
    for (let turn = 0; turn < 200; turn++) await page.mouse.wheel(0, turn < 150 ? 100 : -100);
  });
});

test('the thumb', async ({ browser }) => {
  await run(browser, 'thumb', () =>
    memory.evaluate(async (grid) => {
      const travel = grid.scrollHeight - grid.clientHeight;
      for (let step = 0; step <= 120; step++) {
        await new Promise(requestAnimationFrame);
        grid.scrollTop = (travel * ((step * 37) % 121)) / 120;
      }
    }),
  );
});

test('PageDown held', async ({ browser }) => {
  await memory.focus();
  await page.keyboard.press('Control+Home');
  await run(browser, 'PageDown', async () => {
    for (let press = 0; press < 200; press++) {
      await page.keyboard.down('PageDown');
      // As keyboards repeat: 30 times a second.
      await page.waitForTimeout(33);
    }
    await page.keyboard.up('PageDown');
  });
});

test('go to 1,000 addresses', async ({ browser }) => {
  // Found once: a role is looked for through the whole page, on the thread that is measured.
  const [box, grid] = await Promise.all([
    page.getByRole('textbox', { name: 'Go to' }).elementHandle(),
    memory.elementHandle(),
  ]);
  if (box === null || grid === null) throw new Error('the memory is not shown');
  // A linear congruential generator: the same addresses in each run.
  let seed = 1;
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed;
  };
  // In portions: a trace is read as one string, which has a limit.
  for (let jump = 0; jump < JUMPS; jump += PORTION)
    await run(browser, `go to, ${jump + PORTION} of ${JUMPS}`, async () => {
      for (let one = 0; one < PORTION; one++) {
        const address = next();
        await box.fill(`0x${address.toString(16)}`);
        await frames(grid);
        await box.press('Enter');
        await shown(grid, Math.floor(address / 16) + 1);
        await frames(grid);
      }
    });
});

/** Until the page has drawn what was asked for: nobody types the next address in the frame that shows the last one. */
async function frames(grid: ElementHandle<Element>): Promise<void> {
  await grid.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });
}

/** Until the row is in the grid: a row's own, or one of the fold that was opened for it. Looked for once a frame, for a look is work too. */
async function shown(grid: ElementHandle<Element>, row: number): Promise<void> {
  await grid.evaluate(async (grid, row) => {
    const began = performance.now();
    while (grid.querySelector(`[aria-rowindex="${row}"]`) === null) {
      if (performance.now() - began > 10_000) throw new Error(`row ${row} did not come`);
      await new Promise(requestAnimationFrame);
    }
  }, row);
}

test('what the worker holds', async ({ browser }) => {
  const held = await workerHeap(browser);
  report('MB held by the worker with its buffers', held / 1e6, HEAP / 1e6, `${mib(held)}, 300,000 segments`);
});

async function run(browser: Browser, name: string, what: () => Promise<void>): Promise<void> {
  const main = await traced(browser, page, async () => {
    await what();
    await settled();
  });
  // Frames in which nothing was to be done would lower the figure.
  const drawn = main.frames.filter((work) => work > IDLE);
  const p95 = percentile(drawn, 0.95);
  const longest = Math.max(...main.tasks);
  const detail = `p95 of ${drawn.length} frames, median ${percentile(drawn, 0.5).toFixed(1)}`;
  report(`${name}: ms of work a frame`, p95, FRAME, detail);
  report(`${name}: ms of the longest task`, longest, LONG, `of ${main.tasks.length}`);
}

async function middle(): Promise<{ x: number; y: number }> {
  const box = await memory.boundingBox();
  if (box === null) throw new Error('the memory is not shown');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Until the last bytes have come and nothing moves. */
async function settled(): Promise<void> {
  await expect(memory.locator('span.w, .mem-row-unseen')).toHaveCount(0);
  await page.waitForTimeout(500);
}
