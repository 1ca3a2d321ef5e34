import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partition } from '../../src/bytes/partition';

test('it finds what a walk from the front finds', () => {
  const ascending = fc.array(fc.nat(50)).map((numbers) => numbers.sort((a, b) => a - b));
  fc.assert(
    fc.property(ascending, fc.nat(50), fc.nat(5), (numbers, value, skipped) => {
      const from = Math.min(skipped, numbers.length);
      const walked = numbers.findIndex((number, at) => at >= from && number >= value);
      const found = partition(numbers.length, (at) => (numbers[at] ?? 0) < value, from);
      expect(found).toBe(walked < 0 ? numbers.length : walked);
    }),
  );
});

test('it asks for few of many', () => {
  let asked = 0;
  const found = partition(2 ** 40, (at) => {
    asked += 1;
    return at < 123_456_789_012;
  });
  expect(found).toBe(123_456_789_012);
  expect(asked).toBeLessThanOrEqual(41);
});
