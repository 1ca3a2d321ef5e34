import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { scatteredDump, wasmtimeDump } from './big-dump';
import type { Task } from './page/tasks';
import { median, mib, ms, report } from './ratio';

const ROUNDS = 5;

test.beforeEach(async ({ page }) => {
  await page.goto(process.env['BENCH_PAGE'] ?? '');
});

test('indexing takes no longer than draining the file', async ({ page }) => {
  const { path } = await wasmtimeDump(262_144);
  const times = await alternate(page, path, 'drain', 'index');
  const detail = `${ms(times.second)} over ${ms(times.first)}, 1 GiB, 262,144 segments`;
  report('indexing over file.stream()', times.second / times.first, 0.9, detail);
});

test('a segment costs at most 32 bytes', async ({ page }) => {
  const warm = await scatteredDump(1000);
  const { path, segments } = await scatteredDump(5_000_000);
  await page.locator('#file').setInputFiles(warm.path);
  await page.evaluate(() => window.bench.hold());
  const before = await heap(page);
  await page.locator('#file').setInputFiles(path);
  expect(await page.evaluate(() => window.bench.hold())).toBe(segments);
  const held = (await heap(page)) - before;
  report('bytes held for a segment', held / segments, 32, `${mib(held)} for 5,000,000 segments`);
});

test('inflating takes not much longer than the platform does', async ({ page }) => {
  const plain = await wasmtimeDump(65_536);
  const path = `${plain.path}.gz`;
  if (!existsSync(path)) writeFileSync(path, gzipSync(readFileSync(plain.path), { level: 1 }));
  const times = await alternate(page, path, 'inflateNative', 'inflate');
  const detail = `${ms(times.second)} over ${ms(times.first)}, 256 MiB`;
  report(
    'inflating into the spool over the same with DecompressionStream',
    times.second / times.first,
    1.6,
    detail,
  );
});

/** Medians of both tasks, run in turn in fresh workers, the first one first. */
async function alternate(page: Page, path: string, first: Task, second: Task) {
  const times = { first: [] as number[], second: [] as number[] };
  await page.locator('#file').setInputFiles(path);
  for (let round = 0; round < ROUNDS; round++) {
    times.first.push(await page.evaluate((task) => window.bench.run(task), first));
    times.second.push(await page.evaluate((task) => window.bench.run(task), second));
  }
  return { first: median(times.first), second: median(times.second) };
}

/** What the page holds after a collection: objects and the buffers behind typed arrays. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  if (usage.backingStorageSize === undefined)
    throw new Error('this Chromium does not tell the size of buffers');
  return usage.usedSize + usage.backingStorageSize;
}
