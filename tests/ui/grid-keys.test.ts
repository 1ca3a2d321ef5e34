import { describe, expect, it } from 'vitest';
import { moveCell } from '../../src/ui/grid-keys';
import { tabToFocus } from '../../src/ui/tabs';

const shape = { rows: 100, columns: 5, page: 9, head: true };
const at = (row: number, column: number) => ({ row, column });

describe('moveCell', () => {
  it.each([
    ['ArrowDown', false, at(3, 1), at(4, 1)],
    ['ArrowUp', false, at(0, 1), at(-1, 1)],
    ['ArrowUp', false, at(-1, 1), at(-1, 1)],
    ['ArrowDown', false, at(99, 1), at(99, 1)],
    ['ArrowLeft', false, at(3, 0), at(3, 0)],
    ['ArrowRight', false, at(3, 4), at(3, 4)],
    ['PageDown', false, at(3, 1), at(12, 1)],
    ['PageUp', false, at(3, 1), at(0, 1)],
    ['Home', false, at(3, 3), at(3, 0)],
    ['End', false, at(3, 0), at(3, 4)],
    ['Home', true, at(50, 3), at(0, 0)],
    ['End', true, at(50, 3), at(99, 4)],
  ])('%s, control %s, from %j to %j', (key, control, from, to) => {
    expect(moveCell(key, control, from, shape)).toEqual(to);
  });

  it('leaves other keys alone, and stays in an empty grid', () => {
    expect(moveCell('a', false, at(0, 0), shape)).toBeNull();
    expect(moveCell('Tab', false, at(0, 0), shape)).toBeNull();
    expect(moveCell('ArrowDown', false, at(-1, 0), { ...shape, rows: 0 })).toEqual(at(-1, 0));
    expect(moveCell('ArrowUp', false, at(0, 0), { ...shape, head: false })).toEqual(at(0, 0));
  });
});

describe('tabToFocus', () => {
  it('goes around with arrows, to the ends with Home and End', () => {
    expect(tabToFocus('ArrowRight', 4, 5)).toBe(0);
    expect(tabToFocus('ArrowLeft', 0, 5)).toBe(4);
    expect(tabToFocus('Home', 3, 5)).toBe(0);
    expect(tabToFocus('End', 3, 5)).toBe(4);
    expect(tabToFocus('x', 3, 5)).toBe(-1);
    expect(tabToFocus('End', 0, 0)).toBe(-1);
  });
});
