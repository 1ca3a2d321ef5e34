import { describe, expect, it } from 'vitest';
import { PAGE, Pages, pagesOf } from '../../../src/panels/memory/pages';
import type { MemoryWindow } from '../../../src/session/types';

const SIZE = PAGE * 5000;

/** A reader whose answers the test gives itself. */
function reader() {
  const asked: { address: number; answer: (byte: number) => void; fail: (why: string) => void }[] = [];
  const read = (address: number, length: number) =>
    new Promise<MemoryWindow>((resolve, reject) => {
      asked.push({
        address,
        answer: (byte) =>
          resolve({
            memory: 0,
            address,
            bytes: new Uint8Array(length).fill(byte),
            states: [{ start: address, end: address + length, state: 'captured' }],
            version: 1,
          }),
        fail: (why) => reject(new Error(why)),
      });
    });
  let changes = 0;
  const pages = new Pages(read, () => {
    changes += 1;
  });
  return { asked, pages, changes: () => changes };
}

const settle = () => new Promise((done) => setTimeout(done, 0));
const addresses = (asked: readonly { address: number }[]) => asked.map((request) => request.address / PAGE);

describe('pages of a memory', () => {
  it('are asked for once, aligned, and the last one only as long as the memory', async () => {
    const { asked, pages, changes } = reader();
    pages.want({ version: 1, size: PAGE + 10, pages: [0, 1] });
    pages.want({ version: 1, size: PAGE + 10, pages: [0, 1] });
    expect(addresses(asked)).toEqual([0, 1]);
    for (const request of asked) request.answer(7);
    await settle();
    expect(pages.at(5)?.bytes.length).toBe(PAGE);
    expect(pages.at(PAGE)?.bytes.length).toBe(10);
    expect(changes()).toBe(2);
  });

  it('are not asked for when they left the view before their turn', async () => {
    const { asked, pages } = reader();
    pages.want({ version: 1, size: SIZE, pages: pagesOf(0, 40 * PAGE) });
    const begun = asked.length;
    expect(begun).toBeLessThan(10);
    pages.want({ version: 1, size: SIZE, pages: [1000, 1001] });
    for (const request of [...asked]) request.answer(1);
    await settle();
    expect(addresses(asked.slice(begun))).toEqual([1000, 1001]);
  });

  it('of an older version stay until the new ones are here', async () => {
    const { asked, pages } = reader();
    pages.want({ version: 1, size: SIZE, pages: [3] });
    asked[0]?.answer(1);
    await settle();
    pages.want({ version: 2, size: SIZE, pages: [3] });
    expect(addresses(asked)).toEqual([3, 3]);
    expect(pages.at(3 * PAGE)?.bytes[0]).toBe(1);
    asked[1]?.answer(2);
    await settle();
    expect(pages.at(3 * PAGE)?.bytes[0]).toBe(2);
    pages.want({ version: 2, size: SIZE, pages: [3] });
    expect(asked.length).toBe(2);
  });

  it('are bounded: the least recently wanted goes, what is in view stays', async () => {
    const { asked, pages } = reader();
    for (let page = 0; page < 1200; page += 1) {
      pages.want({ version: 1, size: SIZE, pages: [0, page] });
      for (const request of asked.splice(0)) request.answer(1);
      await settle();
    }
    const kept = Array.from({ length: 1200 }, (_, page) => pages.at(page * PAGE)).filter(Boolean);
    expect(kept.length * PAGE * 2).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(pages.at(0)).toBeDefined();
    expect(pages.at(1 * PAGE)).toBeUndefined();
  });

  it('that cannot be read say why, are not asked for in a loop, and are asked for again on demand', async () => {
    const { asked, pages } = reader();
    pages.want({ version: 1, size: SIZE, pages: [7] });
    asked[0]?.fail('the file was moved');
    await settle();
    pages.want({ version: 1, size: SIZE, pages: [7] });
    expect(asked.length).toBe(1);
    expect(pages.failure).toBe('the file was moved');
    pages.retry();
    expect(asked.length).toBe(2);
    asked[1]?.answer(1);
    await settle();
    expect(pages.failure).toBe(null);
    expect(pages.at(7 * PAGE)).toBeDefined();
  });
});
