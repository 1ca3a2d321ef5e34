import { describe, expect, it } from 'vitest';
import { Coverage } from '../../src/memory/coverage';
import { Overlays } from '../../src/memory/overlay';
import { SegmentTable } from '../../src/memory/segment-table';
import { ShapeWatch } from '../../src/memory/shape';
import type { SegmentVisit } from '../../src/wasm/data-section';

type Sketch = Partial<SegmentVisit> & { readonly at: number | null; readonly length: number };

/** Segments of memory 0 unless they say otherwise, that start and end in a byte that is not zero. */
function watched(sketches: readonly Sketch[]) {
  const watch = new ShapeWatch();
  const table = new SegmentTable();
  const overlays = new Overlays(table);
  const coverages = [0, 1].map((memory) => new Coverage(table, overlays, memory));
  for (const [index, { at, ...rest }] of sketches.entries()) {
    const segment: SegmentVisit = {
      index,
      passive: false,
      memory: 0,
      address: at ?? Number.NaN,
      addressType: 'i32',
      start: 0,
      fileOffset: 0,
      available: rest.length,
      first: rest.length === 0 ? -1 : 1,
      last: rest.length === 0 ? -1 : 1,
      zeroRun: false,
      ...rest,
    };
    table.push(segment.memory, segment.passive, segment.passive ? null : at, segment.length, 0);
    watch.visit(segment, at);
    if (at !== null && !segment.passive) coverages[segment.memory]?.add(index);
  }
  overlays.complete();
  return { watch, broken: watch.firstBreak(table, coverages) };
}

describe('the trimmed shape', () => {
  it('holds where each segment lies in a chunk of its own, in every memory', () => {
    const { watch, broken } = watched([
      { at: 0x1000, length: 4096 },
      { at: 0x2fff, length: 1 },
      { at: 0x3000, length: 1 },
      { at: 0x1000, length: 8, memory: 1 },
      { at: 0, length: 0, passive: true },
    ]);
    expect(broken).toBeNull();
    expect(watch.active).toBe(4);
  });

  it.each<[string, Sketch[], object]>([
    ['an empty segment', [{ at: 0x10, length: 0 }], { kind: 'empty', segment: 0, start: 0x10 }],
    [
      'one across two chunks',
      [
        { at: 0, length: 1 },
        { at: 0x1fff, length: 2 },
      ],
      { kind: 'spans', segment: 1, start: 0x1fff, end: 0x2001 },
    ],
    ['a zero at its start', [{ at: 0x10, length: 4, first: 0 }], { kind: 'zero-edge', segment: 0, at: 0x10 }],
    ['a zero at its end', [{ at: 0x10, length: 4, last: 0 }], { kind: 'zero-edge', segment: 0, at: 0x13 }],
    [
      'two in one chunk',
      [
        { at: 0x1000, length: 4 },
        { at: 0x1800, length: 4 },
      ],
      { kind: 'shared-chunk', segment: 1, start: 0x1800, end: 0x1804 },
    ],
    ['one that cannot be placed', [{ at: null, length: 4 }], { kind: 'unplaced', segment: 0 }],
  ])('breaks at %s', (_what, sketches, expected) => {
    expect(watched(sketches).broken).toEqual(expected);
  });

  it('finds two in one chunk that are not neighbours in the file', () => {
    const { broken } = watched([
      { at: 0x1000, length: 4 },
      { at: 0x5000, length: 4 },
      { at: 0x1800, length: 4 },
    ]);
    expect(broken).toEqual({ kind: 'shared-chunk', segment: 2, start: 0x1800, end: 0x1804 });
  });

  it('finds a segment under another', () => {
    const { broken } = watched([
      { at: 0x1000, length: 4 },
      { at: 0x5000, length: 4 },
      { at: 0x1000, length: 4 },
    ]);
    expect(broken).toEqual({ kind: 'shared-chunk', segment: 0, start: 0x1000, end: 0x1004 });
  });

  it('holds out of order too', () => {
    const { broken } = watched([
      { at: 0x5000, length: 4 },
      { at: 0x1000, length: 4 },
    ]);
    expect(broken).toBeNull();
  });

  it('leaves a segment that the file cuts out of it', () => {
    const { watch, broken } = watched([{ at: 0, length: 9000, available: 100 }]);
    expect([watch.active, broken]).toEqual([0, null]);
  });
});

describe('a snapshot', () => {
  const two: Sketch[] = [
    { at: 100, length: 10 },
    { at: 115, length: 10 },
  ];
  const isSnapshot = (sketches: readonly Sketch[], startSection = false) =>
    watched(sketches).watch.isSnapshot(startSection);

  it('has two segments or more, ascending, more than four bytes apart', () => {
    expect(isSnapshot(two)).toBe(true);
    expect(isSnapshot(two.slice(0, 1))).toBe(false);
    expect(isSnapshot([...two.slice(0, 1), { at: 114, length: 10 }])).toBe(false);
    expect(isSnapshot([...two].reverse())).toBe(false);
  });

  it('has no start section, no zeros at edges, and no five zeros in a row', () => {
    expect(isSnapshot(two, true)).toBe(false);
    expect(isSnapshot([...two, { at: 200, length: 3, first: 0 }])).toBe(false);
    expect(isSnapshot([...two, { at: 200, length: 0 }])).toBe(false);
    expect(isSnapshot([...two, { at: 200, length: 9, zeroRun: true }])).toBe(false);
  });

  it('of 10,000 segments may have zeros, since Wizer had to merge runs', () => {
    const segments = (count: number): Sketch[] =>
      Array.from({ length: count }, (_, index) => ({ at: index * 20, length: 10, zeroRun: index === 5 }));
    expect(isSnapshot(segments(9999))).toBe(false);
    expect(isSnapshot(segments(10_000))).toBe(true);
  });

  it('keeps empty passive segments of the original', () => {
    expect(isSnapshot([...two, { at: null, length: 0, passive: true }])).toBe(true);
  });
});
