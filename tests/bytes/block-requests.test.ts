import { describe, expect, it, vi } from 'vitest';
import { BlockCache } from '../../src/bytes/block-cache';
import { noise } from '../helpers/sources';

const BLOCK = 100;
const FILE = noise(60_000);

interface Request {
  readonly from: number;
  readonly to: number;
  readonly signal: AbortSignal;
  /** Lets so many blocks come. */
  readonly give: (blocks: number) => void;
}

/** A cache whose requests bring what the test lets them bring. */
function open() {
  const requests: Request[] = [];
  const cache = new BlockCache({
    size: FILE.length,
    block: BLOCK,
    fetch: async function* (start, end, signal) {
      let allowed = 0;
      let wake = (): void => undefined;
      signal.addEventListener('abort', () => wake());
      const give = (blocks: number): void => {
        allowed += blocks * BLOCK;
        wake();
      };
      requests.push({ from: start / BLOCK, to: end / BLOCK, signal, give });
      for (let at = start; at < end; ) {
        if (allowed === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        signal.throwIfAborted();
        const length = Math.min(allowed, 30, end - at);
        allowed -= length;
        yield FILE.slice(at, at + length);
        at += length;
      }
    },
  });
  const read = (
    block: number,
    blocks: number,
    urgency: 'view' | 'ahead' | 'background',
    signal?: AbortSignal,
  ) => {
    const reading = cache.read(block * BLOCK, blocks * BLOCK, signal, urgency);
    reading.catch(() => undefined);
    return reading;
  };
  const sent = () => requests.map(({ from, to }) => [from, to]);
  return { cache, requests, read, sent };
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 0));
const bytesOf = (block: number, blocks = 1) => FILE.slice(block * BLOCK, (block + blocks) * BLOCK);

describe('requests for blocks', () => {
  it('of the background are two at once, so that what is looked at is asked for at once', async () => {
    const { read, sent } = open();
    for (const block of [0, 100, 200]) read(block, 50, 'background');
    await moment();
    expect(sent()).toEqual([
      [0, 50],
      [100, 150],
    ]);
    read(400, 1, 'view');
    await moment();
    expect(sent()[2]).toEqual([400, 401]);
  });

  it('are four at once, and the view goes before the rest whatever came first', async () => {
    const { read, requests, sent } = open();
    for (const block of [0, 10, 20, 30]) read(block, 1, 'view');
    await moment();
    read(40, 1, 'background');
    await moment();
    read(50, 1, 'ahead');
    await moment();
    read(60, 1, 'view');
    await moment();
    expect(requests).toHaveLength(4);
    for (const at of [0, 1, 2, 3, 4]) {
      requests[at]?.give(1);
      await moment();
    }
    // What is ahead begins below three, the background below two.
    expect(sent().slice(4)).toEqual([
      [60, 61],
      [50, 51],
      [40, 41],
    ]);
  });

  it('of the background do not hold up the view, which asks for its block in the middle of them itself', async () => {
    const { read, requests, sent } = open();
    const all = read(0, 100, 'background');
    await moment();
    requests[0]?.give(3);
    await moment();
    const seen = read(60, 1, 'view');
    const near = read(5, 1, 'view');
    await moment();
    expect(sent()).toEqual([
      [0, 100],
      [60, 61],
    ]);
    requests[1]?.give(1);
    expect(await seen).toEqual(bytesOf(60));
    requests[0]?.give(3);
    expect(await near).toEqual(bytesOf(5));
    requests[0]?.give(94);
    expect(await all).toEqual(bytesOf(0, 100));
    expect(requests.some(({ signal }) => signal.aborted)).toBe(false);
  });

  it('that the background has overtaken are aborted, and bring what they were for', async () => {
    const { read, requests } = open();
    const all = read(0, 100, 'background');
    await moment();
    const seen = read(60, 1, 'view');
    await moment();
    requests[0]?.give(61);
    expect(await seen).toEqual(bytesOf(60));
    expect(requests[1]?.signal.aborted).toBe(true);
    requests[0]?.give(39);
    expect(await all).toEqual(bytesOf(0, 100));
  });

  it('are aborted when the last of two readers leaves, and keep what came whole and nothing else', async () => {
    const { cache, read, requests } = open();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = read(10, 4, 'view', one.signal);
    const second = read(12, 4, 'view', two.signal);
    await moment();
    expect(requests).toHaveLength(1);
    requests[0]?.give(1.5);
    await moment();
    one.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect(requests[0]?.signal.aborted).toBe(false);
    two.abort(new Error('left too'));
    await expect(second).rejects.toThrow('left too');
    expect(requests[0]?.signal.aborted).toBe(true);
    // Block 10 had come; of block 11 a half had.
    expect(await cache.read(10 * BLOCK, BLOCK)).toEqual(bytesOf(10));
    const again = read(11, 1, 'view');
    await moment();
    expect(requests[1]).toMatchObject({ from: 11, to: 12 });
    requests[1]?.give(1);
    expect(await again).toEqual(bytesOf(11));
  });

  it('are not sent twice for a reader that comes as another leaves', async () => {
    const { read, requests } = open();
    const left = new AbortController();
    read(10, 1, 'view', left.signal);
    await moment();
    const stays = read(10, 1, 'view');
    left.abort();
    await moment();
    requests[0]?.give(1);
    expect(await stays).toEqual(bytesOf(10));
    expect(requests).toHaveLength(1);
  });

  it('of a view that hurries past wait until it stands still, and those of a jump do not', async () => {
    const { read, requests, sent } = open();
    const visit = async (block: number, milliseconds: number) => {
      const left = new AbortController();
      read(block, 1, 'view', left.signal);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      left.abort();
    };
    await visit(0, 1);
    // A jump away from what has not come: at once.
    read(500, 1, 'view');
    await moment();
    expect(sent().at(-1)).toEqual([500, 501]);
    for (let block = 2; block < 200; block += 2) await visit(block, 2);
    expect(requests.length).toBeLessThan(15);
    const stays = read(300, 1, 'view');
    await vi.waitFor(() => expect(sent().at(-1)).toEqual([300, 301]));
    requests.at(-1)?.give(1);
    expect(await stays).toEqual(bytesOf(300));
  });
});
