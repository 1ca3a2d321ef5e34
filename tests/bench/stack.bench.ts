import { type Browser, test } from '@playwright/test';
import { wasmtimeDump } from './big-dump';
import { median, ms, report } from './ratio';

const ROUNDS = 7;

test('time to the stack does not depend on the size of the dump', async ({ browser }) => {
  const small = await wasmtimeDump(256);
  const big = await wasmtimeDump(262_144);
  const times = { small: [] as number[], big: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.small.push(await timeToStack(browser, small.path));
    times.big.push(await timeToStack(browser, big.path));
  }
  const [least, most] = [median(times.small), median(times.big)];
  report('time to the stack, 1 GiB dump over 1 MiB dump', most / least, 1.5, `${ms(most)} over ${ms(least)}`);
});

/** From the file in the page's hands to the frames on screen, in a page of its own. */
async function timeToStack(browser: Browser, path: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(process.env['BENCH_SITE'] ?? '');
  await page.getByLabel('Open files').setInputFiles(path);
  await page.getByRole('tree', { name: 'Threads' }).getByText('func[8]').first().waitFor();
  const time = await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    return at('wasmortem:stack') - at('wasmortem:open');
  });
  await page.close();
  return time;
}
