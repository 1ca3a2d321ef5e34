import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK } from '../../src/bytes/block-cache';
import { PAGE, Pages, pagesOf } from '../../src/panels/memory/pages';
import { createLocalSession, type LocalSession } from '../../src/session/local';
import { UNASKED } from '../../src/session/remote';
import { wasmtimeDump } from '../bench/big-dump';
import { RangeServer, type Serving } from '../e2e/range-server';
import { dumpText } from '../helpers/dump-text';

/** One segment of so many bytes: nothing of it is read to index it. */
const MEMORY = 64 * 2 ** 20;
const DUMP = dumpText(
  `core app\n thread main L1\n frame func[1]+0x5 inst 0\n memory ${MEMORY / 65_536}\n segment 0 00*${MEMORY}`,
);
let server: RangeServer;
const sessions: LocalSession[] = [];

beforeAll(async () => {
  server = await RangeServer.start();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  server.seen.length = 0;
});
afterAll(() => server.stop());

/** A dump of one large segment on a server, indexed; from then on its answers take `delay`. */
async function remote(delay: number, serving: Serving = { bytes: DUMP }) {
  const session = createLocalSession();
  sessions.push(session);
  const url = server.serve('/big.core', serving);
  await session.open([{ name: 'big.core', url, redirects: 'refuse' }], 'replace', () => undefined);
  await expect.poll(() => session.snapshot()?.indexing.state).toBe('done');
  server.serve('/big.core', { ...serving, delay });
  server.seen.length = 0;
  const pages = new Pages(
    (address, length, signal) => session.read(0, address, length, signal),
    () => undefined,
  );
  const look = (address: number) =>
    pages.want({ version: 1, size: MEMORY, pages: pagesOf(address, address + 2 * PAGE) });
  return { session, pages, look };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const finished = () => server.seen.filter(({ sent }) => sent > 0);
const aborted = () => server.seen.filter(({ sent, closed }) => closed && sent === 0);

describe('a view of a dump on a server', () => {
  it('scrolling 200 views fast fetches nothing of what lies between, and what it comes to at once', async () => {
    const { look, pages } = await remote(400);
    const scrolling = performance.now();
    const step = 3 * BLOCK - ((3 * BLOCK) % PAGE);
    for (let view = 0; view < 160; view += 1) {
      look(16 * BLOCK + (view % 160) * step);
      await wait(4);
    }
    const there = 300 * BLOCK;
    for (let view = 0; view < 40; view += 1) {
      look(there + (view - 39) * BLOCK);
      await wait(4);
    }
    const begun = performance.now();
    await expect.poll(() => pages.at(there), { interval: 5 }).toBeDefined();
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(finished()).toHaveLength(1);
    expect(server.sent).toBeLessThanOrEqual(2 * BLOCK);
    // The first views are asked for, then at most one every 60 ms; a loaded machine scrolls more slowly.
    expect(aborted().length).toBeGreaterThan(2);
    expect(server.seen.length).toBeLessThanOrEqual(5 + (performance.now() - scrolling) / 50);
    expect(server.seen.length).toBe(aborted().length + 1);
  });

  it('that leaves ends its request; one that moves within what is asked for does not', async () => {
    const { look, pages } = await remote(400);
    look(20 * BLOCK);
    await expect.poll(() => server.seen.length).toBe(1);
    look(20 * BLOCK + 4 * PAGE);
    await wait(20);
    expect(server.seen).toMatchObject([{ closed: false }]);
    look(200 * BLOCK);
    await expect.poll(() => server.seen[0]?.closed).toBe(true);
    await expect.poll(() => pages.at(200 * BLOCK)).toBeDefined();
    expect(server.seen.map(({ sent }) => sent > 0)).toEqual([false, true]);
    pages.leave();
    look(400 * BLOCK);
    await expect.poll(() => server.seen.length).toBe(3);
    pages.leave();
    await expect.poll(() => server.seen[2]?.closed).toBe(true);
    expect(pages.failure).toBeNull();
  });

  it('that moves is read ahead of, and what is ahead is given up when it turns or leaves', async () => {
    const { session } = await remote(0);
    await session.readAhead(0, 20 * BLOCK + 5 * PAGE, 1);
    await expect.poll(() => finished().length).toBe(1);
    await wait(30);
    const { sent } = server;
    expect(sent).toBeGreaterThanOrEqual(BLOCK);
    // All of the next 128 KiB are here.
    await session.read(0, 21 * BLOCK, BLOCK);
    expect(server.sent).toBe(sent);
    server.serve('/big.core', { bytes: DUMP, delay: 5000 });
    await session.readAhead(0, 40 * BLOCK, 1);
    await expect.poll(() => server.seen.length).toBe(2);
    await session.readAhead(0, 30 * BLOCK, -1);
    await expect.poll(() => server.seen[1]?.closed).toBe(true);
    await expect.poll(() => server.seen.length).toBe(3);
    await session.readAhead(0, 0, null);
    await expect.poll(() => server.seen[2]?.closed).toBe(true);
    expect(server.sent).toBe(sent);
  });

  it('is answered while the indexing fetches the whole file', async () => {
    const big = await wasmtimeDump(32_768);
    const session = createLocalSession();
    sessions.push(session);
    const url = server.serve('/busy.core', { path: big.path, delay: 30 });
    await session.open([{ name: 'busy.core', url, redirects: 'refuse' }], 'replace', () => undefined);
    await expect.poll(() => server.sent, { interval: 1 }).toBeGreaterThan(2 ** 20);
    const file = session.snapshot()?.dump.file.size ?? 0;
    expect(session.snapshot()?.indexing.state).toBe('running');
    const begun = server.sent;
    const bytes = await session.fileBytes(file - 40 * 2 ** 20, 16);
    expect(bytes).toHaveLength(16);
    expect(session.snapshot()?.indexing.state).toBe('running');
    // It did not wait for the windows of 16 MiB before it.
    expect(server.sent - begun).toBeLessThan(UNASKED / 2);
    expect(server.seen.some(({ range }) => isOneBlock(range))).toBe(true);
  }, 30_000);
});

function isOneBlock(range: string | null): boolean {
  const [, from, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  return Number(last) - Number(from) < 2 * BLOCK && Number(from) > 2 * BLOCK;
}
