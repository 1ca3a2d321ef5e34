import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentHeight,
  drawn,
  isScaled,
  lastTop,
  scrollTopOf,
  TALLEST,
  topOf,
  topToShow,
} from '../../src/ui/rows';

const few = { count: 100, rowHeight: 22, viewport: 220 };
const many = { count: 5_000_000, rowHeight: 22, viewport: 220 };

describe('rows', () => {
  it('scrolls natively as long as the browser can', () => {
    expect(isScaled(few)).toBe(false);
    expect(contentHeight(few)).toBe(2200);
    expect(topOf(few, 33)).toBe(1.5);
    expect(scrollTopOf(few, 1.5)).toBe(33);
  });

  it('bounds the height of 5 million rows, and reaches the first and the last', () => {
    expect(isScaled(many)).toBe(true);
    expect(contentHeight(many)).toBe(TALLEST);
    expect(topOf(many, 0)).toBe(0);
    expect(topOf(many, TALLEST - many.viewport)).toBe(lastTop(many));
    expect(drawn(many, lastTop(many), 0)).toEqual({ first: 4_999_990, end: 5_000_000 });
  });

  it('every row can be brought into view, from anywhere', () => {
    const arbitrary = fc.record({
      count: fc.integer({ min: 1, max: 10_000_000 }),
      rowHeight: fc.integer({ min: 20, max: 40 }),
      viewport: fc.integer({ min: 40, max: 2000 }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      row: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
    });
    fc.assert(
      fc.property(arbitrary, ({ at, row: share, ...rows }) => {
        const row = Math.floor(share * rows.count);
        const top = topToShow(rows, at * lastTop(rows), row);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThanOrEqual(Math.max(lastTop(rows), row));
        expect(row).toBeGreaterThanOrEqual(Math.floor(top));
        expect(row + 1).toBeLessThanOrEqual(top + rows.viewport / rows.rowHeight + 1e-6);
        expect(topOf(rows, scrollTopOf(rows, top))).toBeCloseTo(Math.min(top, lastTop(rows)), 3);
      }),
    );
  });

  it('does not move for a row that is in view', () => {
    expect(topToShow(few, 10, 15)).toBe(10);
    expect(topToShow(few, 10, 9)).toBe(9);
    expect(topToShow(few, 10, 20)).toBe(11);
  });

  it('draws what is in view and a few more, never past the ends', () => {
    expect(drawn(few, 0, 8)).toEqual({ first: 0, end: 18 });
    expect(drawn(few, 50.5, 2)).toEqual({ first: 48, end: 63 });
    expect(drawn({ ...few, count: 0 }, 0, 8)).toEqual({ first: 0, end: 0 });
  });
});
