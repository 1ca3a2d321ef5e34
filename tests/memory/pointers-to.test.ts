import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PointersFound, pointersTo } from '../../src/memory/pointers-to';
import { readMemory } from '../../src/memory/read';
import { fixture } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';
import { madeMemory } from './search/made-memory';

it('c-heap: the words that truth.json says, and what looking at every word finds', async () => {
  const { session, snapshot } = await openBytes(fixture('wasmtime/c-heap/c-heap.coredump'));
  const whole = await session.read(0, 0, snapshot.memories[0]?.size ?? 0);
  const view = new DataView(whole.bytes.buffer);
  for (const target of [71136, 71264, 71072]) {
    const expected: number[] = [];
    for (let at = 0; at < view.byteLength; at += 4)
      if (view.getUint32(at, true) === target) expected.push(at);
    const found = await session.pointersTo(0, target, target, 0);
    expect(found.hits.map(({ address }) => address)).toEqual(expected);
    expect(found).toMatchObject({ next: null, scanned: snapshot.memories[0]?.captured });
  }
  // g_head and main's `head`.
  const heads = await session.pointersTo(0, 71264, 71264, 0);
  expect(heads.hits.map(({ address }) => address)).toEqual(expect.arrayContaining([69376, 64796]));
});

describe('between gaps', () => {
  const WORDS = `
    memory 16
    segment 0x1000 00 20 00 00
    segment 0x1ffe 99 99 00 20
    segment 0x2100 00 20 00
    segment 0x80000 00 20 00 00 04 20
    segment 0x80006 00 00 08 20 00 00
  `;

  it('reads no word that has a missing byte, and joins segments that touch', async () => {
    const { session } = await openBytes(dumpText(WORDS));
    await session.setGaps(0, 'missing');
    const found = await session.pointersTo(0, 0x2000, 0x2007, 0);
    // The word at 0x2000 has two missing bytes, that at 0x2100 one.
    expect(found.hits).toEqual([
      { address: 0x1000, target: 0x2000 },
      { address: 0x80000, target: 0x2000 },
      { address: 0x80004, target: 0x2004 },
    ]);
    expect(found).toMatchObject({ scanned: 4 + 4 + 3 + 12, next: null });
  });

  it('known zeros complete a word, as Wasmtime leaves them out', async () => {
    const { session } = await openBytes(dumpText(WORDS));
    await session.setGaps(0, 'zero');
    const found = await session.pointersTo(0, 0x2000, 0x2000, 0);
    expect(found.hits.map(({ address }) => address)).toEqual([0x1000, 0x2000, 0x2100, 0x80000]);
  });

  it('searches for no number below 1,024, and in no memory that is not there', async () => {
    const { session } = await openBytes(dumpText(WORDS));
    const nothing = { hits: [], scanned: 0, next: null };
    expect(await session.pointersTo(0, 0, 1023, 0)).toEqual(nothing);
    expect(await session.pointersTo(7, 0x2000, 0x2000, 0)).toEqual(nothing);
  });

  it('goes on where it stopped: whatever stops it, the hits are the same', async () => {
    const { session } = await openBytes(dumpText(WORDS));
    await session.setGaps(0, 'missing');
    const [model] = session.models();
    if (model === undefined) throw new Error('no memory');
    const all = await session.pointersTo(0, 0x2000, 0x2fff, 0);
    expect(all.hits).toHaveLength(4);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (limit, enough) => {
        const hits: PointersFound['hits'][number][] = [];
        let scanned = 0;
        let from: number | null = 0;
        let calls = 0;
        while (from !== null) {
          const read = (address: number, length: number) => session.read(0, address, length);
          const range = { first: 0x2000, last: 0x2fff, from };
          const found: PointersFound = await pointersTo({
            model,
            read,
            ...range,
            limit,
            enough: () => enough,
          });
          hits.push(...found.hits);
          scanned += found.scanned;
          from = found.next;
          calls += 1;
          expect(calls).toBeLessThan(12);
        }
        expect(hits).toEqual(all.hits);
        expect(scanned).toBe(all.scanned);
      }),
    );
  });
});

it('one read takes a bounded number of segments, and the rest is found by the calls that follow', async () => {
  const count = 10_000;
  const segments = Array.from({ length: count }, (_, index) => ({
    at: index * 16,
    bytes: index % 1000 === 999 ? Uint8Array.of(0, 0x20, 0, 0) : Uint8Array.of(7),
  }));
  const { memory, source, table } = madeMemory(segments, count * 16, 'missing');
  const hits: number[] = [];
  let from: number | null = 0;
  for (let calls = 0; from !== null; calls += 1) {
    expect(calls).toBeLessThan(10);
    const found: PointersFound = await pointersTo({
      model: memory,
      read: (address, length) => readMemory(source, table, memory, address, length),
      first: 0x2000,
      last: 0x2000,
      from,
      limit: 100,
      enough: () => true,
    });
    // Of nearly all segments one byte.
    expect(found.scanned).toBeLessThan(2100);
    hits.push(...found.hits.map(({ address }) => address));
    from = found.next;
  }
  expect(hits).toEqual(Array.from({ length: 10 }, (_, index) => (index * 1000 + 999) * 16));
});

it('in a 64-bit memory a word has 8 bytes', async () => {
  const { session } = await openBytes(
    dumpText(`
      memory 70000 i64
      segment i64 0x100000010 00 20 00 00 01 00 00 00 00 20 00 00 00 00 00 00
    `),
  );
  const hits = async (target: number) => (await session.pointersTo(0, target, target, 0)).hits;
  expect(await hits(0x1_0000_2000)).toEqual([{ address: 0x1_0000_0010, target: 0x1_0000_2000 }]);
  expect(await hits(0x2000)).toEqual([{ address: 0x1_0000_0018, target: 0x2000 }]);
});
