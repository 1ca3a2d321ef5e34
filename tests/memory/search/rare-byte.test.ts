import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileQuery, type SearchQuery } from '../../../src/memory/search/query';
import { RareByte } from '../../../src/memory/search/rare-byte';
import { hitsOf, type MadeSegment, madeMemory } from './made-memory';

const SIZE = 60_000;

/**
 * Mostly one byte, so that those of a pattern are rare and what lacks them is passed over; with whole patterns, and
 * halves of them, here and there.
 */
const contents = fc
  .record({
    filler: fc.constantFrom(0, 7),
    places: fc.array(fc.record({ at: fc.nat(SIZE - 10), from: fc.nat(3), to: fc.nat(5) }), { maxLength: 40 }),
  })
  .map(({ filler, places }) => {
    const bytes = new Uint8Array(SIZE).fill(filler);
    for (const { at, from, to } of places) bytes.set([0x48, 0x65, 0x6c, 0x6c, 0x6f].slice(from, to), at);
    return bytes;
  });

/** Cuts of some thousand bytes, and of few; some touch, some leave a gap. */
const cuts = fc.array(
  fc.record({
    length: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1000, max: 12_000 })),
    gap: fc.constantFrom(0, 0, 1, 6),
  }),
  { minLength: 1, maxLength: 30 },
);

const queries: readonly { query: SearchQuery; wanted: (string | null)[]; alignment: number }[] = [
  { query: { kind: 'hex', text: '48 65 6c 6c 6f' }, wanted: ['48', '65', '6c', '6c', '6f'], alignment: 1 },
  { query: { kind: 'hex', text: '?8 ?? 6c' }, wanted: ['?8', null, '6c'], alignment: 1 },
  {
    query: { kind: 'pointers', text: '0x6c6c6500..0x6c6c65ff', width: 4, aligned: false },
    wanted: [null, '65', '6c', '6c'],
    alignment: 1,
  },
  {
    query: { kind: 'pointers', text: '0x6c6c6500..0x6c6c65ff', width: 4, aligned: true },
    wanted: [null, '65', '6c', '6c'],
    alignment: 4,
  },
];

/** All hits, from the text of every stretch that touches, by a look at every address. */
function naive(segments: readonly MadeSegment[], wanted: readonly (string | null)[], alignment: number) {
  const known = new Int16Array(SIZE * 2).fill(-1);
  for (const { at, bytes } of segments) known.set(bytes, at);
  const hits: string[] = [];
  for (let at = 0; at < known.length; at += alignment) {
    const fits = wanted.every((word, index) => {
      const byte = known[at + index] ?? -1;
      if (byte < 0) return false;
      const hex = byte.toString(16).padStart(2, '0');
      return word === null || [...word].every((digit, place) => digit === '?' || digit === hex[place]);
    });
    if (fits) hits.push(`${at}+${wanted.length}`);
  }
  return hits;
}

test.each(queries)(
  '$query.text: what lacks the rare byte is passed over, and no hit with it',
  async (one) => {
    const { query, wanted, alignment } = one;
    const compiled = compileQuery(query);
    if (compiled.kind !== 'matcher') throw new Error('no matcher');
    const { matcher } = compiled;
    await fc.assert(
      fc.asyncProperty(contents, cuts, fc.boolean(), async (bytes, parts, backwards) => {
        const segments: MadeSegment[] = [];
        let [at, from] = [3, 0];
        for (const { length, gap } of parts) {
          if (from >= SIZE) break;
          segments.push({ at, bytes: bytes.subarray(from, from + length) });
          from += length;
          at += length + gap;
        }
        // In the file last to first: then they are read in pieces of their own.
        const made = madeMemory(backwards ? segments.toReversed() : segments, SIZE * 2, 'missing');
        expect(await hitsOf(made, matcher, false)).toEqual(naive(segments, wanted, alignment));
      }),
      { numRuns: 60 },
    );
  },
);

test('a hit that follows another at any distance is found: one may lie across the end of what is looked at at once', async () => {
  const compiled = compileQuery({ kind: 'hex', text: '48 65 6c 6c 6f' });
  if (compiled.kind !== 'matcher') throw new Error('no matcher');
  for (let distance = 4080; distance < 4112; distance += 1) {
    const bytes = new Uint8Array(20_000);
    for (const at of [5000, 5000 + distance]) bytes.set([0x48, 0x65, 0x6c, 0x6c, 0x6f], at);
    const made = madeMemory([{ at: 0, bytes }], 30_000, 'missing');
    expect(await hitsOf(made, compiled.matcher, false)).toEqual(['5000+5', `${5000 + distance}+5`]);
  }
});

test('the next byte is where looking at each byte finds it, whatever its place in the buffer', () => {
  const few = fc.constantFrom(0, 1, 0x7f, 0x80, 0x81, 0xff, 0x41, 0x61);
  const anchor = fc.record({ at: fc.constant(0), mask: fc.constantFrom(0xff, 0xdf, 0x0f, 0x80), value: few });
  fc.assert(
    fc.property(
      fc.array(few, { minLength: 1, maxLength: 120 }),
      anchor,
      fc.nat(9),
      fc.nat(120),
      (list, any, offset, begin) => {
        const one = { ...any, value: any.value & any.mask };
        const buffer = new Uint8Array([
          ...new Uint8Array(offset).fill(one.value),
          ...list,
          one.value,
          one.value,
        ]);
        const bytes = buffer.subarray(offset, offset + list.length);
        const from = Math.min(begin, list.length);
        const found = list.findIndex((byte, index) => index >= from && (byte & one.mask) === one.value);
        expect(new RareByte([one]).next(bytes, one, from, list.length)).toBe(found < 0 ? list.length : found);
      },
    ),
    { numRuns: 2000 },
  );
});

test('the byte that is rarest is chosen, and none where each is common', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index % 1000 === 0 ? 9 : index % 5));
  const anchors = [1, 9, 2].map((value) => ({ at: value, mask: 0xff, value }));
  expect(new RareByte(anchors).choose(bytes)).toEqual(anchors[1]);
  expect(new RareByte(anchors.slice(2)).choose(bytes)).toBeNull();
});
