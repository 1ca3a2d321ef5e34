import { expect, it } from 'vitest';
import { itemFor } from '../../src/ui/menu';

const FORMS = ['Hex dump', 'Hex', 'C array', 'Rust array', 'Save bytes'];

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 4, 0],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 0, 4],
  ['ArrowUp', -1, 4],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['h', 0, 1],
  ['h', 1, 0],
  ['H', 2, 0],
  ['r', 0, 3],
  ['z', 0, null],
  [' ', 0, null],
  ['Enter', 0, null],
  ['Tab', 0, null],
])('%s from item %i goes to %s', (key, now, to) => {
  expect(itemFor(key, FORMS, now)).toBe(to);
});

it('an empty menu has nowhere to go', () => {
  expect(itemFor('ArrowDown', [], -1)).toBeNull();
});
