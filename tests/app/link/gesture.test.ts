import { describe, expect, it } from 'vitest';
import { gestureAfter, isContinuous, NO_GESTURE, PAUSE } from '../../../src/app/link/gesture';

const key = (continuous: boolean, at: number) => ({ kind: 'key', continuous, at }) as const;
const press = (at: number) => ({ kind: 'press', continuous: false, at }) as const;
const numbers = (inputs: readonly Parameters<typeof gestureAfter>[1][]) => {
  let gesture = NO_GESTURE;
  return inputs.map((input) => {
    gesture = gestureAfter(gesture, input);
    return gesture.number;
  });
};

describe('a gesture', () => {
  it('is a press, or a key that selects', () => {
    expect(numbers([press(0), press(1), key(false, 2), key(false, 3)])).toEqual([1, 2, 3, 4]);
  });

  it('is a row of keys without a pause', () => {
    expect(numbers([key(true, 0), key(true, 100), key(true, 100 + PAUSE), key(true, 900)])).toEqual([
      1, 1, 2, 2,
    ]);
    expect(numbers([press(0), key(true, 1), key(true, 2), key(false, 3), key(true, 4)])).toEqual([
      1, 2, 2, 3, 4,
    ]);
  });
});

it('arrows, letters and held keys go on; Enter and commands are their own', () => {
  const of = (name: string, more = {}) =>
    isContinuous({ key: name, repeat: false, ctrlKey: false, metaKey: false, ...more });
  expect(['ArrowDown', 'PageUp', 'Home', 'a', 'n'].map((name) => of(name))).toEqual(Array(5).fill(true));
  expect(['Enter', ' ', 'F3', 'F8', 'Escape'].map((name) => of(name))).toEqual(Array(5).fill(false));
  expect(of('[', { ctrlKey: true })).toBe(false);
  expect(of('[', { ctrlKey: true, repeat: true })).toBe(true);
});
