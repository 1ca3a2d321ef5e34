import { test } from '@playwright/test';
import { wasmtimeDump } from './big-dump';
import type { SearchName } from './page/search-tasks';
import { median, ms, report } from './ratio';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);

/** The highest ratio of a search of the whole dump over reading it the same way. */
const EXACT = 1.1;
const OTHER = 3;
const LIMITS: Readonly<Record<SearchName, number>> = {
  text: EXACT,
  hex: EXACT,
  pointers: EXACT,
  pointersAnywhere: EXACT,
  pointersRange: EXACT,
  textAnyCase: OTHER,
  utf16: OTHER,
  hexWild: OTHER,
  hexCommon: OTHER,
  pointersRangeAnywhere: EXACT,
  integer16: OTHER,
  integer64: OTHER,
  float32: OTHER,
  float64: OTHER,
  float64Anywhere: OTHER,
  expression: OTHER,
  strings: OTHER,
  strings16: OTHER,
};

for (const [name, limit] of Object.entries(LIMITS) as [SearchName, number][])
  test(`search of 1 GiB: ${name}`, async ({ page }) => {
    const { path } = await wasmtimeDump(262_144);
    await page.goto(process.env['BENCH_PAGE'] ?? '');
    await page.locator('#file').setInputFiles(path);
    const [times] = await page.evaluate(([one, rounds]) => window.bench.search([one], rounds), [
      name,
      ROUNDS,
    ] as const);
    const [read, search] = [median(times?.read ?? []), median(times?.search ?? [])];
    report(`search over reading, ${name}`, search / read, limit, `${ms(search)} over ${ms(read)}, 1 GiB`);
  });
