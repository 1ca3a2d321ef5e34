import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CompareStep, compareMemories } from '../../../src/memory/compare/compare';
import * as kinds from '../../../src/memory/compare/ranges';
import type { Side } from '../../../src/memory/compare/side';
import type { MemoryModel } from '../../../src/memory/memory-model';
import { plainSource } from '../../helpers/sources';
import { type MadeSegment, madeMemory } from '../search/made-memory';

interface Spec {
  readonly segments: readonly MadeSegment[];
  readonly size: number;
  readonly gaps: 'zero' | 'missing' | 'lost' | 'pending';
  /** The last segment misses so many of its bytes; from its first missing byte on all is lost. */
  readonly zeroBelow: number | null;
}

interface Built {
  readonly side: Side;
  /** Each byte's value, or why it has none. */
  readonly plain: readonly (number | 'missing' | 'lost' | 'pending')[];
}

function build({ segments, size, gaps, zeroBelow }: Spec): Built {
  const made = madeMemory(segments, size, gaps === 'zero' ? 'zero' : 'missing');
  const rule =
    gaps === 'pending'
      ? null
      : { state: gaps, zeroBelow: gaps === 'zero' ? zeroBelow : null, evidence: '', short: '' };
  const memory: MemoryModel = { ...made.memory, rule };
  const covered = new Set(segments.flatMap(({ at, bytes }) => [...bytes.keys()].map((index) => at + index)));
  const plain = made.known.map((byte, at) => {
    if (covered.has(at)) return byte ?? 0;
    if (gaps === 'zero') return zeroBelow !== null && at >= zeroBelow ? 'lost' : 0;
    return gaps;
  });
  return { side: { source: made.source, table: made.table, memory }, plain };
}

interface Found {
  readonly rows: readonly (readonly [start: number, length: number, differing: number, kind: number])[];
  readonly last: CompareStep;
}

async function compare(
  here: Side | null,
  there: Side | null,
  { from = 0, listUnknown = false } = {},
): Promise<Found> {
  const rows: [number, number, number, number][] = [];
  let last: CompareStep | undefined;
  const { signal } = new AbortController();
  for await (const step of compareMemories({ here, there, from, listUnknown, signal })) {
    for (const [index, start] of step.starts.entries())
      rows.push([start, step.lengths[index] ?? -1, step.differing[index] ?? -1, step.kinds[index] ?? -1]);
    last = step;
  }
  if (last === undefined) throw new Error('no step');
  return { rows, last };
}

/** The comparison byte by byte, over plain arrays. `captured` tells a captured 0 from a known zero. */
function naive(
  a: Built | null,
  b: Built | null,
  listUnknown: boolean,
): Pick<CompareStep, 'counts'> & Pick<Found, 'rows'> {
  const size = Math.max(a?.plain.length ?? 0, b?.plain.length ?? 0);
  const counts = { equal: 0, changed: 0, zeroHere: 0, zeroThere: 0, onlyHere: 0, onlyThere: 0, unknown: 0 };
  const reasons = new Map<string, number>();
  const rows: [number, number, number, number][] = [];
  let barrier = true;
  const put = (at: number, kind: number, near: number) => {
    const last = rows.at(-1);
    const byte = (one: number) => (one & 7) !== 0;
    const same = last !== undefined && (byte(kind) ? byte(last[3]) && !barrier : last[3] === kind);
    if (last !== undefined && same && at - (last[0] + last[1]) <= near) {
      last[1] = at + 1 - last[0];
      last[2] += 1;
      last[3] |= kind;
    } else rows.push([at, 1, 1, kind]);
    barrier = false;
  };
  const captured = (built: Built | null, at: number) =>
    built !== null && built.side.memory.coverage.find(at) >= 0 && coveredAt(built, at);
  for (let at = 0; at < size; at += 1) {
    const [x, y] = [a?.plain[at], b?.plain[at]];
    if (y === undefined) {
      counts.onlyHere += 1;
      put(at, kinds.ONLY_HERE, 0);
    } else if (x === undefined) {
      counts.onlyThere += 1;
      put(at, kinds.ONLY_THERE, 0);
    } else if (typeof x === 'string' || typeof y === 'string') {
      counts.unknown += 1;
      const why = `${typeof x === 'string' ? x : null} ${typeof y === 'string' ? y : null}`;
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
      if (listUnknown) put(at, kinds.UNKNOWN, 0);
      barrier = true;
    } else if (x === y) counts.equal += 1;
    else if (!captured(a, at)) {
      counts.zeroHere += 1;
      put(at, kinds.ZERO_HERE, kinds.NEAR);
    } else if (!captured(b, at)) {
      counts.zeroThere += 1;
      put(at, kinds.ZERO_THERE, kinds.NEAR);
    } else {
      counts.changed += 1;
      put(at, kinds.CHANGED, kinds.NEAR);
    }
  }
  const list = [...reasons].map(([why, bytes]) => {
    const [here, there] = why.split(' ').map((word) => (word === 'null' ? null : word));
    return { here, there, bytes };
  });
  return { counts: { ...counts, reasons: list } as CompareStep['counts'], rows };
}

function coveredAt({ side }: Built, at: number): boolean {
  const { coverage } = side.memory;
  const k = coverage.find(at);
  return k >= 0 && at < coverage.piece(k).end;
}

const few = fc.constantFrom(0, 0, 1, 2, 255);
const arbitrarySpec: fc.Arbitrary<Spec> = fc.record({
  segments: fc.array(
    fc.record({
      at: fc.nat(90),
      bytes: fc.array(few, { maxLength: 30 }).map((list) => Uint8Array.from(list)),
    }),
    { maxLength: 8 },
  ),
  size: fc.integer({ min: 125, max: 160 }),
  gaps: fc.constantFrom('zero', 'zero', 'missing', 'lost', 'pending'),
  zeroBelow: fc.option(fc.nat(150), { freq: 3 }),
});

const sortedReasons = ({ reasons }: CompareStep['counts']) =>
  reasons.map(({ here, there, bytes }) => `${here} ${there} ${bytes}`).sort();

describe('property', () => {
  test('a comparison finds and counts what comparing byte by byte does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(arbitrarySpec, { freq: 9 }),
        fc.option(arbitrarySpec, { freq: 9 }),
        fc.boolean(),
        async (specHere, specThere, listUnknown) => {
          const here = specHere === null ? null : build(specHere);
          const there = specThere === null ? null : build(specThere);
          const expected = naive(here, there, listUnknown);
          const { rows, last } = await compare(here?.side ?? null, there?.side ?? null, { listUnknown });
          expect(rows).toEqual(expected.rows);
          expect({ ...last.counts, reasons: [] }).toEqual({ ...expected.counts, reasons: [] });
          expect(sortedReasons(last.counts)).toEqual(sortedReasons(expected.counts));
          expect(last.found).toBe(rows.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('begun at a range, it finds that range and all behind it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySpec, arbitrarySpec, fc.nat(20), async (a, b, pick) => {
        const [here, there] = [build(a).side, build(b).side];
        const { rows } = await compare(here, there);
        const at = rows.length === 0 ? 0 : pick % rows.length;
        const from = rows[at]?.[0] ?? 0;
        expect((await compare(here, there, { from })).rows).toEqual(rows.slice(at));
      }),
    );
  });

  test('the other way round it finds the same, with the sides exchanged', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySpec, arbitrarySpec, async (a, b) => {
        const [here, there] = [build(a).side, build(b).side];
        const { counts } = (await compare(here, there)).last;
        const back = (await compare(there, here)).last.counts;
        expect(back).toMatchObject({
          equal: counts.equal,
          changed: counts.changed,
          zeroHere: counts.zeroThere,
          zeroThere: counts.zeroHere,
          onlyHere: counts.onlyThere,
          onlyThere: counts.onlyHere,
          unknown: counts.unknown,
        });
      }),
    );
  });
});

const bytes = (...list: number[]) => Uint8Array.from(list);

test('a captured 0 equals a known zero; a missing byte is neither equal nor different', async () => {
  const segments = [{ at: 0, bytes: bytes(0, 0, 5) }];
  const captured = build({ segments, size: 8, gaps: 'zero', zeroBelow: null });
  const zero = build({ segments: [], size: 8, gaps: 'zero', zeroBelow: null });
  const missing = build({ segments: [], size: 8, gaps: 'missing', zeroBelow: null });
  const elided = await compare(captured.side, zero.side);
  expect(elided.rows).toEqual([[2, 1, 1, kinds.ZERO_THERE]]);
  expect(elided.last.counts).toMatchObject({ equal: 7, zeroThere: 1, unknown: 0 });
  const gone = await compare(captured.side, missing.side);
  expect(gone.rows).toEqual([]);
  expect(gone.last.counts).toMatchObject({
    equal: 0,
    zeroThere: 0,
    unknown: 8,
    reasons: [{ here: null, there: 'missing', bytes: 8 }],
  });
});

test('four GiB with far segments take no more than the segments', async () => {
  const size = 2 ** 32;
  const there = 2 ** 32 - 4096;
  const far = (last: number): Side => {
    const made = madeMemory([{ at: 16, bytes: bytes(1, 2) }], 32, 'zero');
    const { table, memory } = made;
    const file = plainSource(bytes(0xee, 0xee, 1, 2, last));
    table.push(0, false, there, 1, 4);
    memory.coverage.add(1);
    return { source: file, table, memory: { ...memory, size } };
  };
  const begun = performance.now();
  const { rows, last } = await compare(far(3), far(4));
  expect(rows).toEqual([[there, 1, 1, kinds.CHANGED]]);
  expect(last.counts).toMatchObject({ equal: size - 1, changed: 1 });
  expect(last.passed).toBe(6);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('large windows that are equal but for one byte, at any alignment', async () => {
  const noise = new Uint8Array(600_013);
  for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 2654435761) >>> 24;
  for (const changedAt of [0, 262_143, 262_144, noise.length - 1]) {
    const other = noise.slice();
    other[changedAt] = (other[changedAt] ?? 0) ^ 0x10;
    const size = noise.length + 64;
    const a = madeMemory([{ at: 1, bytes: noise }], size, 'zero');
    const b = madeMemory(
      [
        { at: 1, bytes: other.subarray(0, 1000) },
        { at: 1001, bytes: other.subarray(1000) },
      ],
      size,
      'zero',
    );
    const { rows, last } = await compare(a, b);
    expect(rows).toEqual([[1 + changedAt, 1, 1, kinds.CHANGED]]);
    expect(last.counts.equal).toBe(size - 1);
  }
});
