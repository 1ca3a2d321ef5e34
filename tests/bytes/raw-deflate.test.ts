import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflateWithin, inflateWithin } from '../../src/bytes/raw-deflate';

const noise = (length: number) => {
  let seed = 1;
  return Uint8Array.from({ length }, () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed >> 16;
  });
};

describe('deflateWithin', () => {
  it('writes what zlib reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        const deflated = await deflateWithin(bytes, 4000);
        expect(deflated === null ? null : new Uint8Array(inflateRawSync(deflated))).toEqual(bytes);
      }),
    );
    const long = new Uint8Array(300_000).fill(7);
    const deflated = await deflateWithin(long, 4000);
    expect(deflated === null ? 0 : inflateRawSync(deflated).length).toBe(300_000);
  });

  it('gives up as soon as it is longer than the limit', async () => {
    const bytes = noise(20_000);
    const exact = deflateRawSync(bytes, { level: 9, memLevel: 9 }).length;
    expect((await deflateWithin(bytes, exact + 10))?.length).toBe(exact);
    expect(await deflateWithin(bytes, exact - 1)).toBe(null);
    // The first 64 KiB decide: 32 times as much takes no longer.
    const much = noise(2 * 2 ** 20);
    const whole = performance.now();
    deflateRawSync(much);
    const begun = performance.now();
    expect(await deflateWithin(much, 6000)).toBe(null);
    expect(performance.now() - begun).toBeLessThan(begun - whole + 100);
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const deflating = deflateWithin(new Uint8Array(2 ** 20), 10_000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(deflating).rejects.toThrow('enough');
  });
});

describe('inflateWithin', () => {
  it('reads what zlib writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        expect(await inflateWithin(deflateRawSync(bytes), 3000)).toEqual({ kind: 'bytes', bytes });
      }),
    );
    // More than one turn of 64 KiB.
    const bytes = noise(200_000);
    expect(await inflateWithin(deflateRawSync(bytes), 200_000)).toEqual({ kind: 'bytes', bytes });
  });

  it('says where data is cut off or makes no sense, and never more than the limit', async () => {
    const data = deflateRawSync(noise(5000));
    expect(await inflateWithin(data.subarray(0, 1000), 10_000)).toMatchObject({ kind: 'cut' });
    expect(await inflateWithin(new Uint8Array(0), 10_000)).toEqual({ kind: 'cut', after: 0 });
    expect(await inflateWithin(Uint8Array.of(0xff, 0xff), 10_000)).toMatchObject({
      kind: 'damaged',
      reason: 'invalid block type',
    });
    expect(await inflateWithin(data, 5000)).toMatchObject({ kind: 'bytes' });
    expect(await inflateWithin(data, 4999)).toEqual({ kind: 'long' });
    // 64 MiB of zeros in 64 kB.
    const bomb = deflateRawSync(new Uint8Array(64 * 2 ** 20));
    const begun = performance.now();
    expect(await inflateWithin(bomb, 2 ** 20)).toEqual({ kind: 'long' });
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('of any bytes is no error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        expect(['bytes', 'cut', 'damaged', 'long']).toContain((await inflateWithin(bytes, 10_000)).kind);
      }),
      { numRuns: 300 },
    );
  });
});
