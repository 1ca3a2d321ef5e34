import { describe, expect, it } from 'vitest';
import { rowKeys } from '../../../src/panels/memory/row-keys';

const keysOf = (first: number, origin: number) => Array.from({ length: 5 }, (_, at) => first + at - origin);

describe('elements of rows', () => {
  it('stay with their rows over a small step', () => {
    const before = { first: 100, origin: 100 };
    const after = rowKeys(before, 101, 5);
    expect(keysOf(101, after.origin)).toEqual([1, 2, 3, 4, 5]);
    expect(rowKeys(before, 99, 5).origin).toBe(100);
  });

  it('stay where they are over a jump, forwards and backwards', () => {
    const before = { first: 100, origin: 97 };
    for (const first of [2 ** 40, 104, 90, 0]) {
      const after = rowKeys(before, first, 5);
      expect(keysOf(first, after.origin)).toEqual(keysOf(100, 97));
    }
  });

  it('are the same when asked twice', () => {
    const once = rowKeys({ first: 0, origin: 0 }, 1000, 5);
    expect(rowKeys(once, 1000, 5)).toBe(once);
  });
});
