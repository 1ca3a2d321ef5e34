import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Motion, motionOf, moved } from '../../../src/panels/memory/motion';
import { rowSpace } from '../../../src/panels/memory/rows';

/** Rows 0 to 9, of which 4 to 8 fold; 157 bytes, so the last row has 13. */
const folds = {
  rows: Float64Array.of(4),
  counts: Float64Array.of(5),
  states: Uint8Array.of(1),
  version: 1,
};
const closed = rowSpace(157, 16, folds, []);
const open = rowSpace(157, 16, folds, [70]);

describe('the cursor', () => {
  it.each<[Motion, number, number]>([
    ['right', 3, 4],
    ['left', 0, 0],
    ['right', 156, 156],
    ['down', 5, 21],
    ['up', 5, 5],
    ['row-start', 21, 16],
    ['row-end', 21, 31],
    ['row-end', 150, 156],
    ['memory-start', 99, 0],
    ['memory-end', 3, 156],
  ])('%s from %i goes to %i', (motion, from, to) => {
    expect(moved(closed, from, motion, 10)).toBe(to);
  });

  it('takes a closed fold as one step, in every direction', () => {
    expect(moved(closed, 53, 'down', 10)).toBe(69);
    expect(moved(closed, 69, 'down', 10)).toBe(149);
    expect(moved(closed, 149, 'up', 10)).toBe(69);
    expect(moved(closed, 63, 'right', 10)).toBe(64);
    expect(moved(closed, 64, 'right', 10)).toBe(144);
    expect(moved(closed, 144, 'left', 10)).toBe(143);
    expect(moved(closed, 143, 'left', 10)).toBe(63);
  });

  it('goes through an open fold row by row, and passes over its head', () => {
    expect(moved(open, 53, 'down', 10)).toBe(69);
    expect(moved(open, 69, 'down', 10)).toBe(85);
    expect(moved(open, 69, 'up', 10)).toBe(53);
  });

  it('keeps to the last byte where the last row is shorter than the column', () => {
    expect(moved(closed, 143, 'down', 10)).toBe(156);
  });

  it('never leaves the memory, and every motion but a step at an edge moves', () => {
    const motions = fc.constantFrom<Motion>('left', 'right', 'up', 'down', 'page-up', 'page-down', 'row-end');
    fc.assert(
      fc.property(
        fc.constantFrom(closed, open),
        fc.nat(156),
        motions,
        fc.nat(8),
        (space, at, motion, page) => {
          const to = moved(space, at, motion, page);
          expect(to).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThan(157);
        },
      ),
    );
  });

  it('comes to the end by arrows alone', () => {
    let at = 0;
    for (let step = 0; step < 200; step += 1) at = moved(closed, at, 'right', 10);
    expect(at).toBe(156);
    for (let step = 0; step < 20; step += 1) at = moved(closed, at, 'up', 10);
    expect(at).toBeLessThan(16);
  });

  it('knows its keys', () => {
    expect(motionOf('PageDown', false)).toBe('page-down');
    expect(motionOf('Home', true)).toBe('memory-start');
    expect(motionOf('ArrowDown', true)).toBe(null);
    expect(motionOf('a', false)).toBe(null);
  });
});
