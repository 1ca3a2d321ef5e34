import { describe, expect, it } from 'vitest';
import { BlockCache } from '../../src/bytes/block-cache';
import { noise } from '../helpers/sources';

const FILE = noise(10_050);

function open(limit = 10_000, bytes = FILE) {
  const asked: [number, number][] = [];
  const cache = new BlockCache({
    size: bytes.length,
    block: 100,
    limit,
    fetch: async function* (start, end, signal) {
      asked.push([start, end]);
      for (let at = start; at < end; at += 70) {
        await Promise.resolve();
        signal.throwIfAborted();
        yield bytes.slice(at, Math.min(end, at + 70));
      }
    },
  });
  return { cache, asked };
}

describe('BlockCache', () => {
  it('reads what the file holds, wherever it is cut', async () => {
    const { cache } = open();
    for (let round = 0; round < 200; round++) {
      const offset = (round * 7919) % 10_100;
      const length = (round * 37) % 900;
      expect(await cache.read(offset, length)).toEqual(FILE.slice(offset, offset + length));
    }
  });

  it('gives the caller bytes of its own', async () => {
    const { cache } = open();
    (await cache.read(0, 100)).fill(0);
    expect(await cache.read(0, 100)).toEqual(FILE.slice(0, 100));
  });

  it('forgets the blocks that were not used for longest', async () => {
    const { asked, cache } = open(300);
    for (const block of [0, 1, 2]) await cache.read(block * 100, 1);
    await cache.read(0, 1);
    await cache.read(300, 1);
    expect(asked).toHaveLength(4);
    // Block 1 made room for block 3; block 0 was used since.
    await cache.read(0, 1);
    expect(asked).toHaveLength(4);
    await cache.read(100, 1);
    expect(asked).toHaveLength(5);
  });

  it('reads what is longer than all it may keep', async () => {
    const { cache } = open(300);
    expect(await cache.read(0, 20_000)).toEqual(FILE);
  });

  it('makes no block of the few bytes at the end', async () => {
    const { asked, cache } = open();
    await cache.read(10_049, 1);
    expect(asked).toEqual([[9900, 10_050]]);
  });

  it('asks for no more than 130 blocks at once', async () => {
    const bytes = noise(30_000);
    const { asked, cache } = open(100_000, bytes);
    expect(await cache.read(0, 30_000)).toEqual(bytes);
    expect(asked).toEqual([
      [0, 13_000],
      [13_000, 26_000],
      [26_000, 30_000],
    ]);
  });

  it('asks nobody for what was given up in the same moment', async () => {
    const { asked, cache } = open();
    const abort = new AbortController();
    const reading = cache.read(0, 10, abort.signal);
    abort.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
    expect(await cache.read(500, 1)).toHaveLength(1);
    expect(asked.filter(([start]) => start === 0).length).toBeLessThanOrEqual(1);
  });

  it('fails a read whose bytes do not come, and asks again for the next', async () => {
    let fails = true;
    const cache = new BlockCache({
      size: 1000,
      block: 100,
      fetch: async function* (start, end) {
        if (fails) throw new Error('no bytes');
        yield new Uint8Array(end - start);
      },
    });
    await expect(cache.read(0, 10)).rejects.toThrow('no bytes');
    fails = false;
    expect(await cache.read(0, 10)).toHaveLength(10);
  });
});
