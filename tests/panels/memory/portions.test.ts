import { describe, expect, it } from 'vitest';
import { NOTHING_DRAWN, PORTION, portion, type RowsDrawn } from '../../../src/panels/memory/portions';

const LIST = {};
const COUNT = 2 * PORTION;

/** Rows whose elements are those of the place they stand at, as after a jump. */
const page = (first: number, ready = true) =>
  Array.from({ length: COUNT }, (_, key) => ({ key, address: (first + key) * 16, ready }));

const standing = (first: number, ready = true): RowsDrawn =>
  portion(NOTHING_DRAWN, first, LIST, page(first, ready)).drawn;

const upperHalf = Array.from({ length: PORTION }, (_, key) => key);
const lowerHalf = upperHalf.map((key) => key + PORTION);

describe('portions', () => {
  it('draws all at once where no element is there that could stay', () => {
    expect(portion(NOTHING_DRAWN, 0, LIST, page(0)).waiting.size).toBe(0);
  });

  it('draws the lower half a frame later after a leap', () => {
    const { waiting, drawn } = portion(standing(0), 9000, LIST, page(9000));
    expect([...waiting]).toEqual(lowerHalf);
    expect(portion(drawn, 9000, LIST, page(9000)).waiting.size).toBe(0);
  });

  it('draws the lower half a frame later where bytes come that were waited for', () => {
    const { waiting, drawn } = portion(standing(0, false), 0, LIST, page(0));
    expect([...waiting]).toEqual(lowerHalf);
    expect(portion(drawn, 0, LIST, page(0)).waiting.size).toBe(0);
  });

  it('draws the lower half a frame later in another list, but what stays where it was at once', () => {
    const other = page(0).map((row) => (row.key < 4 ? row : { ...row, address: row.address + 0x8000 }));
    const { waiting } = portion(standing(0), 0, {}, other);
    expect([...waiting]).toEqual(lowerHalf.filter((key) => key >= PORTION + 4));
  });

  it('does not wait where the view moves by a page', () => {
    expect(portion(standing(0), COUNT, LIST, page(COUNT)).waiting.size).toBe(0);
  });

  it('does not wait for a row whose bytes have changed', () => {
    expect(portion(standing(100), 100, LIST, page(100)).waiting.size).toBe(0);
  });
});
