import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitColumns, hitsOf } from '../../../src/panels/memory/hits';

describe('the columns of a row that hits cover', () => {
  it('are none without hits, and no text says so', () => {
    expect(hitColumns(hitsOf([], []), 0, 16)).toBe('');
    expect(hitColumns(hitsOf([0x20], [4]), 0, 16)).toBe('');
  });

  it('begin and end with a hit, across rows', () => {
    const hits = hitsOf([0xe, 0x38], [4, 0x20]);
    expect(hitColumns(hits, 0x00, 16)).toBe('              hh');
    expect(hitColumns(hits, 0x10, 16)).toBe('hh              ');
    expect(hitColumns(hits, 0x30, 16)).toBe('        hhhhhhhh');
    expect(hitColumns(hits, 0x40, 16)).toBe('hhhhhhhhhhhhhhhh');
    expect(hitColumns(hits, 0x50, 16)).toBe('hhhhhhhh        ');
  });

  it('are those that a look at every byte finds, whatever overlaps', () => {
    const some = fc.array(fc.record({ address: fc.nat(200), length: fc.integer({ min: 1, max: 70 }) }));
    fc.assert(
      fc.property(some, fc.constantFrom(8, 16, 32), (found, rowBytes) => {
        const sorted = [...found].sort((a, b) => a.address - b.address);
        const hits = hitsOf(
          sorted.map(({ address }) => address),
          sorted.map(({ length }) => length),
        );
        for (let row = 0; row < 288; row += rowBytes) {
          const naive = Array.from({ length: rowBytes }, (_, column) =>
            found.some(({ address, length }) => row + column >= address && row + column < address + length)
              ? 'h'
              : ' ',
          ).join('');
          expect(hitColumns(hits, row, rowBytes)).toBe(naive.trim() === '' ? '' : naive);
        }
      }),
    );
  });
});
