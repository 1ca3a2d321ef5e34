import { type Browser, test } from '@playwright/test';
import { RangeServer, type Seen } from '../e2e/range-server';
import { wasmtimeDump } from './big-dump';
import { mib, ms, report } from './ratio';

interface Cost {
  readonly requests: number;
  readonly bytes: number;
}

interface Opened {
  /** Before the page had the stack. */
  readonly stack: Cost;
  /** Until all of the memory was indexed. */
  readonly indexed: Cost;
  readonly time: number;
}

test('what the stack costs over HTTP does not depend on the size of the dump', async ({ browser }) => {
  const small = await overHttp(browser, (await wasmtimeDump(256)).path);
  const big = await overHttp(browser, (await wasmtimeDump(262_144)).path);
  const { bytes, requests } = big.stack;
  const of = 'to the stack over HTTP, 1 GiB dump over 1 MiB dump';
  report(`requests ${of}`, requests / small.stack.requests, 1.5, `${requests} over ${small.stack.requests}`);
  report(`bytes ${of}`, bytes / small.stack.bytes, 1.5, `${bytes} over ${small.stack.bytes}`);
  for (const [size, { indexed, time }] of Object.entries({ '1 MiB': small, '1 GiB': big }))
    process.stdout.write(
      `     ${size} to the end of indexing: ${indexed.requests} requests, ${mib(indexed.bytes)}, ${ms(time)}\n`,
    );
});

/** Opens a dump by a link, in a page of its own, and counts what the server was asked. */
async function overHttp(browser: Browser, path: string): Promise<Opened> {
  const server = await RangeServer.start();
  const page = await browser.newPage();
  const url = server.serve('/a.coredump', { path });
  await page.goto(`${process.env['BENCH_SITE'] ?? ''}#url=${encodeURIComponent(url)}`);
  await page.getByRole('button', { name: /^Contact/ }).click();
  await page.getByRole('tree', { name: 'Threads' }).getByText('func[8]').first().waitFor();
  const marked = (name: string) =>
    page.evaluate((mark) => {
      const entry = performance.getEntriesByName(mark)[0];
      return entry === undefined ? null : performance.timeOrigin + entry.startTime;
    }, name);
  const stack = (await marked('wasmortem:stack')) ?? Number.NaN;
  // A large dump stops by itself before all of it is fetched.
  const goOn = page.getByRole('button', { name: 'Go on' });
  let end = await marked('wasmortem:indexed');
  for (; end === null; end = await marked('wasmortem:indexed')) {
    if (await goOn.isVisible()) await goOn.click();
    await page.waitForTimeout(200);
  }
  const begun = server.seen[0]?.at ?? Number.NaN;
  const before = server.seen.filter(({ at }) => at < stack);
  await page.close();
  await server.stop();
  return { stack: cost(before), indexed: cost(server.seen), time: end - begun };
}

const cost = (seen: readonly Seen[]): Cost => ({
  requests: seen.length,
  bytes: seen.reduce((sum, { sent }) => sum + sent, 0),
});
