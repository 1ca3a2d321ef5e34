import { describe, expect, it } from 'vitest';
import { ByteCache } from '../../../src/panels/structs/byte-cache';

/** A memory whose bytes are the low byte of their address; `asked` collects where reads begin. */
function cacheOver(asked: number[], fails: (address: number) => boolean = () => false) {
  let changes = 0;
  const cache = new ByteCache(
    async (address, length) => {
      asked.push(address);
      if (fails(address)) throw new Error('gone');
      return {
        address,
        bytes: Uint8Array.from({ length }, (_, at) => (address + at) & 0xff),
        states: [{ start: address, end: address + length, state: 'captured' as const }],
      };
    },
    () => {
      changes += 1;
    },
  );
  return { cache, changes: () => changes };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('ByteCache', () => {
  it('answers when the bytes have come, and asks once', async () => {
    const asked: number[] = [];
    const { cache, changes } = cacheOver(asked);
    expect(cache.bytes(0x1004, 8)).toBeNull();
    expect(cache.bytes(0x1100, 8)).toBeNull();
    await settled();
    expect(changes()).toBe(1);
    const found = cache.bytes(0x1004, 8);
    expect([found?.address, found?.bytes[4]]).toEqual([0x1000, 4]);
    expect(asked).toEqual([0x1000]);
  });

  it('joins two pages where a value lies across', async () => {
    const { cache } = cacheOver([]);
    expect(cache.bytes(0x1ffe, 4)).toBeNull();
    await settled();
    const found = cache.bytes(0x1ffe, 4);
    expect(found?.bytes.length).toBe(8192);
    expect(found?.states.map(({ start, end }) => [start, end])).toEqual([
      [0x1000, 0x2000],
      [0x2000, 0x3000],
    ]);
    expect(found?.bytes.subarray(0xffe, 0x1002)).toEqual(Uint8Array.of(0xfe, 0xff, 0, 1));
  });

  it('is bounded, and asks again for what it gave up or could not read', async () => {
    const asked: number[] = [];
    let down = true;
    const { cache } = cacheOver(asked, (address) => down && address === 0);
    cache.bytes(0, 4);
    await settled();
    down = false;
    for (let page = 0; page < 400; page++) cache.bytes(page * 4096, 4);
    await settled();
    expect(cache.bytes(399 * 4096, 4)).not.toBeNull();
    expect(cache.bytes(0, 4)).toBeNull();
    expect(asked.filter((address) => address === 0).length).toBe(3);
  });
});
