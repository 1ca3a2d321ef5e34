import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Coverage } from '../../src/memory/coverage';
import { Overlays } from '../../src/memory/overlay';
import { SegmentTable } from '../../src/memory/segment-table';
import { arbitrarySegments, coverageOf, owners, type Small } from './naive';

const SIZE = 80;

const pieces = (coverage: Coverage) =>
  Array.from({ length: coverage.length }, (_, k) => {
    const { segment, start, end } = coverage.piece(k);
    return [segment, start, end];
  });

const at = (...ranges: [number, number][]): Small[] =>
  ranges.map(([start, end]) => ({ start, length: end - start }));

/** Owners of each byte as the pieces say. */
function told(coverage: Coverage): (number | null)[] {
  const bytes: (number | null)[] = Array.from({ length: SIZE }, () => null);
  let before = 0;
  for (let k = 0; k < coverage.length; k += 1) {
    const { segment, start, end } = coverage.piece(k);
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThan(start);
    bytes.fill(segment, start, end);
    before = end;
  }
  return bytes;
}

describe('Coverage', () => {
  it.each<[string, Small[], number[][]]>([
    ['no segment', [], []],
    ['one', at([10, 20]), [[0, 10, 20]]],
    ['one without bytes', at([10, 10]), []],
    [
      'ascending and touching',
      at([0, 4], [4, 8], [20, 24]),
      [
        [0, 0, 4],
        [1, 4, 8],
        [2, 20, 24],
      ],
    ],
    [
      'out of order',
      at([20, 24], [0, 4]),
      [
        [1, 0, 4],
        [0, 20, 24],
      ],
    ],
    [
      'the later wins where two overlap',
      at([0, 10], [5, 15]),
      [
        [0, 0, 5],
        [1, 5, 15],
      ],
    ],
    [
      'the earlier goes on behind the later',
      at([0, 30], [10, 20]),
      [
        [0, 0, 10],
        [1, 10, 20],
        [0, 20, 30],
      ],
    ],
    [
      'twice over one',
      at([0, 30], [5, 10], [20, 25]),
      [
        [0, 0, 5],
        [1, 5, 10],
        [0, 10, 20],
        [2, 20, 25],
        [0, 25, 30],
      ],
    ],
    ['the same place again', at([0, 10], [0, 10]), [[1, 0, 10]]],
    ['a later one over all', at([5, 10], [20, 25], [0, 30]), [[2, 0, 30]]],
    [
      'an empty one between',
      at([0, 4], [2, 2], [8, 9]),
      [
        [0, 0, 4],
        [2, 8, 9],
      ],
    ],
  ])('%s', (_what, segments, expected) => {
    expect(pieces(coverageOf(segments).coverage)).toEqual(expected);
  });

  it('says of each byte what a model of one entry a byte says', () => {
    fc.assert(
      fc.property(arbitrarySegments, (segments) => {
        const { coverage } = coverageOf(segments);
        const naive = owners(segments, SIZE);
        expect(told(coverage)).toEqual(naive);
        expect(coverage.captured).toBe(naive.filter((owner) => owner !== null).length);
        expect(coverage.highest).toBe(Math.max(0, ...segments.map(({ start, length }) => start + length)));
        const found = naive.map((_, address) => {
          const k = coverage.find(address);
          return k < 0 || coverage.end(k) <= address ? null : coverage.piece(k).segment;
        });
        expect(found).toEqual(naive);
      }),
      { numRuns: 300 },
    );
  });

  it('can be asked at any time while it grows', () => {
    fc.assert(
      fc.property(arbitrarySegments, (segments) => {
        coverageOf(segments, (coverage, count) => {
          // What it says is true of a part of the segments: never more than all of them.
          const naive = owners(segments.slice(0, count), SIZE);
          expect(coverage.captured).toBeLessThanOrEqual(naive.filter((owner) => owner !== null).length);
          expect(told(coverage).every((owner) => owner === null || owner < count)).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('ascends as long as no segment begins below the one before', () => {
    expect(coverageOf(at([0, 4], [4, 8])).coverage.ascending).toBe(true);
    expect(coverageOf(at([0, 8], [4, 6])).coverage.ascending).toBe(true);
    expect(coverageOf(at([0, 4], [9, 9])).coverage.ascending).toBe(true);
    expect(coverageOf(at([4, 8], [0, 4])).coverage.ascending).toBe(false);
  });

  it('memories whose segments alternate ascend each for itself', () => {
    const table = new SegmentTable();
    const overlays = new Overlays(table);
    const both = [0, 1].map((memory) => new Coverage(table, overlays, memory));
    for (let index = 0; index < 10; index += 1) {
      table.push(index % 2, false, index * 10, 5, 0);
      both[index % 2]?.add(index);
    }
    overlays.complete();
    expect(both.map(({ ascending, length, captured }) => [ascending, length, captured])).toEqual([
      [true, 5, 25],
      [true, 5, 25],
    ]);
    expect(both.map((coverage) => coverage.piece(1))).toEqual([
      { segment: 2, start: 20, end: 25 },
      { segment: 3, start: 30, end: 35 },
    ]);
  });
});

it('regions: pieces that touch, from the first to the last of them, whatever the order of the segments', () => {
  fc.assert(
    fc.property(arbitrarySegments, (segments) => {
      const { coverage } = coverageOf(segments);
      const begins: number[] = [];
      for (let k = 0; k < coverage.length; k += 1)
        if (k === 0 || coverage.end(k - 1) < coverage.start(k)) begins.push(k);
      expect(coverage.regions).toBe(begins.length);
      for (let k = 0; k < coverage.length; k += 1) {
        const first = begins.findLast((begin) => begin <= k);
        const last = (begins.find((begin) => begin > k) ?? coverage.length) - 1;
        expect(coverage.regionOf(k)).toEqual({ first, last });
      }
    }),
  );
});
