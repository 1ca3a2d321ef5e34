import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lastBase,
  nearestScroll,
  placeAt,
  ROW_HEIGHT,
  rebased,
  WINDOW_ROWS,
} from '../../../src/panels/memory/list-window';

const HEIGHT = 600;
const totals = fc.oneof(fc.integer({ min: 1, max: 2 * WINDOW_ROWS }), fc.integer({ min: 1, max: 2 ** 49 }));

describe('a window into a long list', () => {
  it('reaches every row: wherever it stood, the row comes into the window and into view', () => {
    fc.assert(
      fc.property(totals, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (total, part, any) => {
        const index = Math.min(total - 1, Math.floor(part * total));
        const base = Math.min(any, lastBase(total));
        const place = placeAt(total, base, index, 0, HEIGHT);
        const top = (index - place.base) * ROW_HEIGHT - place.scrollTop;
        expect(place.base).toBeGreaterThanOrEqual(0);
        expect(place.base).toBeLessThanOrEqual(lastBase(total));
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThanOrEqual(HEIGHT - ROW_HEIGHT);
      }),
    );
  });

  it('moves its base without moving a row on the screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: WINDOW_ROWS + 1, max: 2 ** 49 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: WINDOW_ROWS * ROW_HEIGHT - HEIGHT, noNaN: true }),
        (total, part, scroll) => {
          const base = Math.floor(part * lastBase(total));
          const scrollTop = Math.floor(scroll);
          const next = rebased(total, { base, scrollTop }, HEIGHT);
          if (next === null) return;
          expect(next.base * ROW_HEIGHT + next.scrollTop).toBe(base * ROW_HEIGHT + scrollTop);
          expect(next.scrollTop).toBeGreaterThanOrEqual(0);
          expect(next.scrollTop).toBeLessThanOrEqual(WINDOW_ROWS * ROW_HEIGHT - HEIGHT);
          expect(rebased(total, next, HEIGHT)).toBe(null);
        },
      ),
    );
  });

  it('never leaves the view at an edge behind which the list goes on', () => {
    const total = 10 * WINDOW_ROWS;
    const bottom = WINDOW_ROWS * ROW_HEIGHT - HEIGHT;
    expect(rebased(total, { base: 0, scrollTop: 0 }, HEIGHT)).toBe(null);
    expect(rebased(total, { base: 0, scrollTop: bottom }, HEIGHT)).not.toBe(null);
    expect(rebased(total, { base: 5 * WINDOW_ROWS, scrollTop: 0 }, HEIGHT)).not.toBe(null);
    expect(rebased(total, { base: lastBase(total), scrollTop: bottom }, HEIGHT)).toBe(null);
  });

  it('walks from the first row to the last by scrolling alone', () => {
    const total = 3 * WINDOW_ROWS;
    let place = { base: 0, scrollTop: 0 };
    const seen = () => place.base + place.scrollTop / ROW_HEIGHT;
    for (let step = 0; step < 2_000 && seen() < total - HEIGHT / ROW_HEIGHT; step += 1) {
      const before = seen();
      const scrollTop = Math.min(place.scrollTop + 20_000, WINDOW_ROWS * ROW_HEIGHT - HEIGHT);
      place = { base: place.base, scrollTop };
      place = rebased(total, place, HEIGHT) ?? place;
      expect(seen()).toBeGreaterThan(before);
    }
    expect(seen()).toBe(total - HEIGHT / ROW_HEIGHT);
  });

  it('keeps its base for a row well inside, so that a key moves nothing but the scroll', () => {
    expect(placeAt(10 * WINDOW_ROWS, WINDOW_ROWS, WINDOW_ROWS + 200_000, 0, HEIGHT).base).toBe(WINDOW_ROWS);
  });

  it('scrolls no more than it must', () => {
    expect(nearestScroll(100, 100, HEIGHT)).toBe(null);
    expect(nearestScroll(80, 100, HEIGHT)).toBe(80);
    expect(nearestScroll(700, 100, HEIGHT)).toBe(700 + ROW_HEIGHT - HEIGHT);
  });
});
