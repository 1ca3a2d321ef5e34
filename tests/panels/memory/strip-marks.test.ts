import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripBoxes } from '../../../src/panels/memory/strip-layout';
import { markLines, placeHits, placeMarks } from '../../../src/panels/memory/strip-marks';

const SIZE = 2 ** 32;
const boxes = stripBoxes(
  [
    { start: 0, end: 0x1000, state: 'missing' },
    { start: 0x1000, end: 0x1010, state: 'captured' },
    { start: 0x1010, end: SIZE, state: 'missing' },
  ],
  true,
  500,
);

describe('marks of the coverage strip', () => {
  it('stand at their run, and as high as what they mark', () => {
    const [region] = placeMarks(
      boxes,
      [{ kind: 'segment', first: 0x1000, last: 0x100f, label: '.data' }],
      SIZE,
    );
    expect(region?.top).toBeCloseTo(boxes[1]?.top ?? -1);
    expect(region?.height).toBeCloseTo(boxes[1]?.height ?? -1);
    const [place] = placeMarks(
      boxes,
      [{ kind: 'stack', first: 0x1010, last: 0x1010, label: 'stack pointer' }],
      SIZE,
    );
    expect(place?.top).toBeCloseTo(boxes[2]?.top ?? -1);
  });

  it('leave out what lies outside the memory, and end where it ends', () => {
    expect(placeMarks(boxes, [{ kind: 'pointer', first: SIZE, last: SIZE, label: 'local 0' }], SIZE)).toEqual(
      [],
    );
    const [long] = placeMarks(boxes, [{ kind: 'segment', first: 0, last: 2 * SIZE, label: 'x' }], SIZE);
    expect(long?.height).toBeCloseTo(500);
  });

  it('count every hit once, whatever their number, at a pixel of its run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(SIZE - 1), { maxLength: 300 }),
        fc.integer({ min: 3, max: 900 }),
        (any, height) => {
          const hits = [...any].sort((a, b) => a - b);
          const drawn = stripBoxes(
            boxes.map(({ start, end, state }) => ({ start, end, state })),
            true,
            height,
          );
          const placed = placeHits(drawn, hits, SIZE);
          expect(placed.reduce((sum, { count }) => sum + count, 0)).toBe(hits.length);
          expect(placed.length).toBeLessThanOrEqual(height + drawn.length);
          for (const mark of placed) {
            const box = drawn.find(({ start, end }) => start <= mark.first && mark.first < end);
            expect(mark.top).toBeGreaterThanOrEqual((box?.top ?? 0) - 1e-6);
            expect(mark.top).toBeLessThanOrEqual((box?.top ?? 0) + (box?.height ?? 0) + 1e-6);
          }
        },
      ),
    );
  });

  it('do not look at a million hits one by one', () => {
    let looked = 0;
    const many = new Proxy<number[]>([], {
      get: (_, key) => {
        if (key === 'length') return 1_000_000;
        looked += 1;
        return Number(key) * 4096;
      },
    });
    const placed = placeHits(boxes, many, SIZE);
    expect(placed.reduce((sum, { count }) => sum + count, 0)).toBe(1_000_000);
    expect(looked).toBeLessThan(20_000);
  });

  it('say what they are, hostile names escaped, and how many more there are', () => {
    const marks = placeMarks(
      boxes,
      [
        { kind: 'segment', first: 0x1000, last: 0x100f, label: 'a\u202eb' },
        { kind: 'stack', first: 0x1000, last: 0x1000, label: 'stack pointer' },
      ],
      SIZE,
    );
    const y = boxes[1]?.top ?? 0;
    expect(markLines(marks, y, 8, 4)).toEqual([
      'a\\u{202e}b 0x00001000 to 0x0000100f',
      'stack pointer 0x00001000',
    ]);
    expect(markLines(marks, y, 8, 1)).toEqual(['a\\u{202e}b 0x00001000 to 0x0000100f', 'and 1 mark more']);
    expect(markLines(marks, y + 200, 8, 4)).toEqual([]);
    const hits = placeHits(boxes, [0x1000, 0x1001], SIZE);
    expect(markLines(hits.slice(0, 1), hits[0]?.top ?? 0, 8, 4)).toEqual(['1 hit 0x00001000']);
  });
});
