import { loadavg } from 'node:os';
import { type Browser, type BrowserContext, type CDPSession, type Page, test } from '@playwright/test';
import { SITE } from '../e2e/host';
import { median, ms, report } from './ratio';
import { NO_SPEEDSCOPE, speedscope } from './speedscope';
import { type Encoding, type StaticHost, staticHost } from './static-host';
import { percentile } from './trace';

const ROUNDS = 15;

/** What a visitor has: this machine as it is, and a phone on the road. */
const VISITORS = {
  'this machine': null,
  'a slow one (processor / 4, 1.6 Mbit/s, 150 ms)': { processor: 4, bytesPerSecond: 200_000, latency: 150 },
} as const;
type Slow = (typeof VISITORS)[keyof typeof VISITORS];

/** One cold load, in milliseconds from the navigation. */
interface Load {
  readonly paint: number;
  readonly contentful: number;
  /**
   * From here on a file can be given: ours when the page listens to drops, speedscope's not before its first contentful
   * paint, since its script listens before it draws.
   */
  readonly usable: number;
  /** Of everything that was asked for before it was usable, by workers too, in full, but for fonts. */
  readonly bytes: number;
  readonly requests: number;
  readonly shift: number;
}

const METRICS = {
  'first paint': 'paint',
  'first contentful paint': 'contentful',
  'time until a dump can be dropped': 'usable',
} as const;

test.beforeEach(() => {
  if (speedscope() !== null) return;
  process.stdout.write(`     ${NO_SPEEDSCOPE}\n`);
  test.skip();
});

for (const encoding of ['gzip', 'identity'] as const)
  for (const [visitor, slow] of Object.entries(VISITORS))
    test(`first paint over speedscope's, ${encoding}, ${visitor}`, async ({ browser }) => {
      const hosts = await bothHosts(encoding);
      const ours: Load[] = [];
      const theirs: Load[] = [];
      // The first load of either starts the renderers; it does not count.
      for (let round = -1; round < ROUNDS; round++) {
        const mine = () => load(browser, hosts.ours, 'wasmortem:usable', slow);
        const other = () => load(browser, hosts.theirs, 'first-contentful-paint', slow);
        // Either is first as often as the other.
        const loads =
          round % 2 === 0 ? [await mine(), await other()] : [await other(), await mine()].reverse();
        const [our, their] = loads;
        if (round < 0 || our === undefined || their === undefined) continue;
        ours.push(our);
        theirs.push(their);
      }
      await hosts.close();
      const how = `${encoding}, on ${visitor}`;
      const detail = `${ROUNDS} cold loads of either, load ${loadavg()[0]?.toFixed(1)}`;
      for (const [what, key] of Object.entries(METRICS)) {
        const [mine, other] = [ours, theirs].map((loads) => loads.map((one) => one[key]));
        if (mine === undefined || other === undefined) throw new Error('two pages were measured');
        const ratios = mine.map((value, at) => value / (other[at] ?? Number.NaN));
        report(
          `${what} over speedscope's, ${how}`,
          median(ratios),
          1,
          `${ms(median(mine))} over ${ms(median(other))}, p95 of the ratio ${percentile(ratios, 0.95).toFixed(2)}, ${detail}`,
        );
      }
      const [mine, other] = [ours, theirs].map((loads) => ({
        bytes: median(loads.map(({ bytes }) => bytes)),
        requests: median(loads.map(({ requests }) => requests)),
      }));
      if (mine === undefined || other === undefined) throw new Error('two pages were measured');
      report(
        `bytes until a dump can be dropped over speedscope's, ${how}`,
        mine.bytes / other.bytes,
        1,
        `${mine.bytes} in ${mine.requests} requests over ${other.bytes} in ${other.requests}`,
      );
      report(
        `layout shift until a dump can be dropped, ${how}`,
        Math.max(...ours.map(({ shift }) => shift)),
        0,
        `speedscope's ${Math.max(...theirs.map(({ shift }) => shift)).toFixed(2)}`,
      );
    });

test('what is fetched after that, when the page is left alone', async ({ browser }) => {
  for (const encoding of ['gzip', 'identity'] as const) {
    const hosts = await bothHosts(encoding);
    for (const [name, host] of [
      ['ours', hosts.ours],
      ["speedscope's", hosts.theirs],
    ] as const) {
      const alone = await settled(browser, host, 'block');
      const kept = await settled(browser, host, 'allow');
      process.stdout.write(
        `     all of the first visit, ${encoding}, ${name}: ${alone} without a service worker, ${kept} with\n`,
      );
    }
    await hosts.close();
  }
});

async function bothHosts(encoding: Encoding) {
  const [ours, theirs] = await Promise.all([
    staticHost(SITE, encoding),
    staticHost(speedscope() ?? '', encoding),
  ]);
  return { ours, theirs, close: () => Promise.all([ours.close(), theirs.close()]) };
}

/** A visit with an empty cache: a context of its own. */
async function visit<T>(
  browser: Browser,
  serviceWorkers: 'allow' | 'block',
  what: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ serviceWorkers, viewport: { width: 1440, height: 900 } });
  try {
    return await what(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

function load(browser: Browser, host: StaticHost, usableMark: string, slow: Slow): Promise<Load> {
  return visit(browser, 'block', async (page, context) => {
    const before = host.sent.length;
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    if (slow !== null) {
      await throttle(session, slow.latency, slow.bytesPerSecond);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slow.processor });
    }
    await page.goto(host.url, { waitUntil: 'commit' });
    await page.waitForFunction(
      (mark) => [mark, 'first-contentful-paint'].every((name) => performance.getEntriesByName(name)[0]),
      usableMark,
    );
    const { usableAt, ...times } = await page.evaluate(measured, usableMark);
    // speedscope's font is left out: ours has none, and its words are drawn without.
    const asked = host.sent
      .slice(before)
      .filter(({ at, path }) => at <= usableAt && !path.endsWith('.woff2'));
    return { ...times, bytes: asked.reduce((sum, { bytes }) => sum + bytes, 0), requests: asked.length };
  });
}

function throttle(session: CDPSession, latency: number, bytesPerSecond: number) {
  return session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
}

/** Runs in the page. */
async function measured(usableMark: string) {
  const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
  const shift = await new Promise<number>((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 100);
  });
  return {
    paint: at('first-paint'),
    contentful: at('first-contentful-paint'),
    usable: at(usableMark),
    usableAt: performance.timeOrigin + at(usableMark),
    shift,
  };
}

/** Everything that was sent until nothing more was asked for. */
function settled(browser: Browser, host: StaticHost, serviceWorkers: 'allow' | 'block'): Promise<string> {
  return visit(browser, serviceWorkers, async (page) => {
    const before = host.sent.length;
    await page.goto(host.url, { waitUntil: 'load' });
    for (let seen = -1; seen !== host.sent.length; await page.waitForTimeout(1500)) seen = host.sent.length;
    const sent = host.sent.slice(before);
    return `${sent.reduce((sum, { bytes }) => sum + bytes, 0)} bytes in ${sent.length} requests`;
  });
}
