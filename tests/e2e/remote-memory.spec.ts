import { type Browser, test as base, expect } from '@playwright/test';
import { wasmtimeDump } from '../bench/big-dump';
import { workerHeap } from '../bench/trace';
import { App } from './app';
import { RangeServer } from './range-server';

const MIB = 2 ** 20;

const test = base.extend<{ server: RangeServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
  server: async ({}, use) => {
    const server = await RangeServer.start();
    await use(server);
    await server.stop();
  },
});

const agree = (app: App) => app.page.getByRole('button', { name: /^Contact .* and open$/ }).click();

/** The most that the worker holds, looked at until `done`. */
async function peakUntil(browser: Browser, done: () => Promise<boolean>): Promise<number> {
  let peak = 0;
  do {
    peak = Math.max(peak, await workerHeap(browser));
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (!(await done()));
  return Math.max(peak, await workerHeap(browser));
}

function tell(what: string, bytes: number): void {
  process.stdout.write(`     ${what}: ${(bytes / MIB).toFixed(1)} MiB in the worker at most\n`);
}

test('a dump four times as large as the cache, read to its end, leaves the cache full and no more', async ({
  page,
  browser,
  server,
}) => {
  test.slow();
  const app = new App(page);
  const { path, size } = await wasmtimeDump(65_536);
  expect(size).toBeGreaterThan(256 * MIB);
  await page.goto(`/#url=${server.serve('/a.coredump', { path })}`);
  await agree(app);
  await page.getByRole('button', { name: 'Go on' }).click({ timeout: 60_000 });
  const peak = await peakUntil(
    browser,
    async () => server.sent > size && !(await page.getByText(/Indexing/).isVisible()),
  );
  tell('256 MiB indexed over HTTP', peak);
  // Blocks 64 MiB, windows of the reader 3 x 16 MiB, what comes for them as much again, and the index of 65,536 segments.
  expect(peak).toBeLessThan(224 * MIB);
  const after = await workerHeap(browser);
  tell('afterwards', after);
  expect(after).toBeLessThan(112 * MIB);
});

test('a body without end is written down and not held, and ends with the page', async ({
  page,
  browser,
  server,
}) => {
  test.slow();
  const app = new App(page);
  await page.goto(
    `/#url=${server.serve('/a.coredump', { ranges: false, endless: true, bytes: Uint8Array.of(0, 0x61, 0x73, 0x6d) })}`,
  );
  await agree(app);
  const peak = await peakUntil(browser, async () => server.sent > 256 * MIB);
  tell('256 MiB of an endless body', peak);
  // Measured 34 and 68 MiB, on a machine at ease and on a busy one: what came and is not written yet.
  expect(peak).toBeLessThan(128 * MIB);
  await page.getByRole('button', { name: /^(Cancel|Back to the start)$/ }).click();
  await expect.poll(() => server.seen.every(({ closed }) => closed)).toBe(true);
});
