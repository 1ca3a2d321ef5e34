import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  baseAt,
  contentHeight,
  lastBase,
  nearestScroll,
  type Place,
  placeAt,
  type Rows,
  START,
  scroll,
  TALLEST,
  topRow,
  windowRows,
  ZONE,
} from '../../src/ui/scale';

const few: Rows = { count: 100, rowHeight: 20, viewport: 600 };
const many: Rows = { count: 134_000_000, rowHeight: 20, viewport: 600 };

/** As long as memories are: 4 KiB to 2^53 bytes in rows of 8, and every length about the one where scaling begins. */
const counts = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000 }),
  fc.integer({ min: 1, max: 2 ** 50 }),
  fc.integer({ min: 399_900, max: 400_100 }),
);
const anyRows = fc.record({
  count: counts,
  rowHeight: fc.integer({ min: 16, max: 40 }),
  viewport: fc.integer({ min: 40, max: 3000 }),
});
const part = fc.double({ min: 0, max: 1, noNaN: true });
const travel = (rows: Rows) => Math.max(0, contentHeight(rows) - rows.viewport);

/** The list's row that a thumb at `scrollTop` stands for, as a straight line says it. */
const ofThumb = (rows: Rows, scrollTop: number) => baseAt(rows, scrollTop) + scrollTop / rows.rowHeight;
/** Rows of the list that a row's height of thumb stands for. */
const factor = (rows: Rows) => (lastBase(rows) / (travel(rows) - 2 * ZONE)) * rows.rowHeight + 1;

describe('the scale of a scroll bar', () => {
  it('is 1 while the browser can: native scrolling, whatever moves', () => {
    fc.assert(
      fc.property(
        fc.record({ ...few2(), count: fc.integer({ min: 1, max: 100_000 }) }),
        fc.array(part),
        fc.boolean(),
        (rows, parts, hand) => {
          let place = START;
          for (const one of parts) {
            const scrollTop = one * travel(rows);
            place = scroll(rows, place, { kind: 'scrolled', scrollTop, hand });
            expect(place).toEqual({ base: 0, scrollTop });
            expect(scroll(rows, place, { kind: 'rest' })).toBe(place);
          }
        },
      ),
    );
  });

  it('bounds the height of any list and reaches its first and its last row', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(contentHeight(rows)).toBeLessThanOrEqual(TALLEST);
        expect(baseAt(rows, 0)).toBe(0);
        expect(baseAt(rows, travel(rows))).toBe(lastBase(rows));
        expect(lastBase(rows) + windowRows(rows)).toBe(rows.count);
      }),
    );
  });

  it('brings a row exactly where a key wants it', () => {
    fc.assert(
      fc.property(anyRows, part, fc.integer({ min: -40, max: 40 }), (rows, at, offset) => {
        const index = Math.min(rows.count - 1, Math.floor(at * rows.count));
        const place = placeAt(rows, index, offset);
        expect(Number.isInteger(place.base)).toBe(true);
        expect(place.base).toBeGreaterThanOrEqual(0);
        expect(place.base).toBeLessThanOrEqual(lastBase(rows));
        expect(place.scrollTop).toBeGreaterThanOrEqual(0);
        expect(place.scrollTop).toBeLessThanOrEqual(travel(rows));
        const shown = (index - place.base) * rows.rowHeight - place.scrollTop;
        const first = index * rows.rowHeight + offset < 0;
        const last = (rows.count - index) * rows.rowHeight - offset < rows.viewport;
        if (!first && !last) expect(shown + offset).toBe(0);
        // In a viewport lower than the row it shows what it can.
        else expect(shown).toBeGreaterThanOrEqual(-rows.rowHeight - Math.abs(offset));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds a row again from the thumb alone, to half a row of what the thumb can tell', () => {
    fc.assert(
      fc.property(anyRows, part, (rows, at) => {
        const index = Math.floor(at * Math.max(0, rows.count - rows.viewport / rows.rowHeight - 1));
        const { scrollTop } = placeAt(rows, index, 0);
        const scaled = lastBase(rows) > 0;
        expect(Math.abs(ofThumb(rows, scrollTop) - index)).toBeLessThanOrEqual(
          scaled ? factor(rows) / 2 + 1 : 1e-6,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('never runs back: a lower thumb shows a later row', () => {
    fc.assert(
      fc.property(anyRows, part, part, (rows, a, b) => {
        const [low, high] = [Math.min(a, b) * travel(rows), Math.max(a, b) * travel(rows)];
        expect(ofThumb(rows, low)).toBeLessThanOrEqual(ofThumb(rows, high));
      }),
    );
  });

  it('moves by exactly what a wheel turned, from anywhere, and settles without moving a row', () => {
    const steps = fc.array(fc.integer({ min: -4000, max: 4000 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 600_000, max: 2 ** 49 }), part, steps, (count, at, deltas) => {
        const rows = { ...many, count };
        let place = placeAt(rows, Math.floor(at * count), 0);
        for (const delta of deltas) {
          const scrollTop = Math.max(0, Math.min(place.scrollTop + delta, travel(rows)));
          const asked = scrollTop - place.scrollTop;
          const before = place;
          place = scroll(rows, place, { kind: 'scrolled', scrollTop, hand: true });
          expect(pixels(before, place, rows)).toBe(asked);
          // The bar ends only where the list does.
          if (asked !== delta) expect([0, lastBase(rows)]).toContain(place.base);
          const rested = scroll(rows, place, { kind: 'rest' });
          expect(pixels(place, rested, rows)).toBe(0);
        }
      }),
    );
  });

  it('walks from the first row to the last by the wheel alone, and back', () => {
    const rows = { ...many, count: 1_200_000 };
    const end = topRow(rows, { base: lastBase(rows), scrollTop: travel(rows) });
    let place = START;
    const turn = (delta: number) => {
      const scrollTop = Math.max(0, Math.min(place.scrollTop + delta, travel(rows)));
      place = scroll(rows, place, { kind: 'scrolled', scrollTop, hand: true });
    };
    let turns = 0;
    for (; topRow(rows, place) < end && turns < 10_000; turns += 1) turn(4000);
    expect(turns).toBe(Math.ceil((end * 20) / 4000));
    for (turns = 0; topRow(rows, place) > 0 && turns < 10_000; turns += 1) turn(-4000);
    expect(turns).toBe(Math.ceil((end * 20) / 4000));
  });

  it('takes a jump of the thumb in proportion', () => {
    const middle = scroll(many, START, { kind: 'scrolled', scrollTop: TALLEST / 2, hand: false });
    expect(topRow(many, middle) / many.count).toBeCloseTo(0.5, 3);
    const end = scroll(many, middle, { kind: 'scrolled', scrollTop: travel(many), hand: false });
    expect(topRow(many, end)).toBe(many.count - 30);
    const one = scroll(many, middle, { kind: 'scrolled', scrollTop: TALLEST / 2 + 13_333, hand: false });
    expect(topRow(many, one) - topRow(many, middle)).toBeCloseTo(13_333 * (factor(many) / 20), -4);
  });

  it('moves by a viewport exactly when the bar is clicked beside the thumb', () => {
    const place = placeAt(many, 70_000_000, 0);
    const next = scroll(many, place, { kind: 'scrolled', scrollTop: place.scrollTop + 600, hand: false });
    expect(topRow(many, next)).toBe(70_000_030);
  });

  it('leaves a thumb that is held where it is', () => {
    fc.assert(
      fc.property(anyRows, part, (rows, at) => {
        const held = scroll(rows, placeAt(rows, 0, 0), {
          kind: 'scrolled',
          scrollTop: at * travel(rows),
          hand: false,
        });
        expect(scroll(rows, held, { kind: 'rest' }).scrollTop).toBeCloseTo(held.scrollTop, -2);
      }),
    );
  });

  it('does not fall behind the end of a list that got shorter', () => {
    const far = placeAt(many, many.count - 1, 0);
    const shorter = { ...many, count: 1000 };
    const next = scroll(shorter, far, { kind: 'scrolled', scrollTop: 500, hand: true });
    expect(next).toEqual({ base: 0, scrollTop: 500 });
  });

  it('scrolls no more than it must', () => {
    expect(nearestScroll(few, 100, 100)).toBe(null);
    expect(nearestScroll(few, 80, 100)).toBe(80);
    expect(nearestScroll(few, 700, 100)).toBe(700 + 20 - 600);
  });
});

function few2() {
  return { rowHeight: fc.integer({ min: 16, max: 40 }), viewport: fc.integer({ min: 40, max: 3000 }) };
}

/** By how many pixels the list moved under the viewport. */
function pixels(before: Place, after: Place, rows: Rows): number {
  return (after.base - before.base) * rows.rowHeight + after.scrollTop - before.scrollTop;
}
