import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange } from '../../../src/cli/open/range';

const all = { kind: 'all' };
const none = { kind: 'none' };
const part = (start: number, end: number) => ({ kind: 'part', start, end });

describe('a Range header', () => {
  const size = 5 * 2 ** 30 + 7;
  it.each([
    [undefined, all],
    ['bytes=0-0', part(0, 1)],
    ['bytes=0-', part(0, size)],
    ['bytes=4294967296-4294967299', part(2 ** 32, 2 ** 32 + 4)],
    ['bytes=5368709126-9999999999', part(size - 1, size)],
    ['bytes=-3', part(size - 3, size)],
    ['bytes=-99999999999', part(0, size)],
    ['bytes=5368709127-', none],
    ['bytes=9999999999999999-9999999999999999', none],
    ['bytes=-0', none],
    // What is not understood may be ignored.
    ['bytes=3-1', all],
    ['bytes=-', all],
    ['bytes=0-1,4-5', all],
    ['bytes=0-1 ', all],
    ['bytes= 0-1', all],
    ['bytes=0x1-2', all],
    ['bytes=99999999999999999-', all],
    ['lines=0-1', all],
    ['', all],
  ])('%s', (header, wanted) => {
    expect(readRange(header, size)).toEqual(wanted);
  });

  it('of an empty file has no byte', () => {
    expect(readRange('bytes=0-', 0)).toEqual(none);
    expect(readRange('bytes=-5', 0)).toEqual(none);
    expect(readRange(undefined, 0)).toEqual(all);
  });

  it('never leaves the file', () => {
    const number = fc.oneof(
      fc.constant(''),
      fc.nat(200).map(String),
      fc.bigInt({ min: 0n, max: 10n ** 16n - 1n }).map(String),
    );
    fc.assert(
      fc.property(number, number, fc.nat(100), (first, last, length) => {
        const wanted = readRange(`bytes=${first}-${last}`, length);
        if (wanted.kind !== 'part') return;
        expect(wanted.start).toBeGreaterThanOrEqual(0);
        expect(wanted.start).toBeLessThan(wanted.end);
        expect(wanted.end).toBeLessThanOrEqual(length);
      }),
    );
  });
});
