import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closedFoldAt,
  indexOf,
  NO_FOLDS,
  openFoldAt,
  type RowSpace,
  rowAt,
  rowRange,
  rowSpace,
} from '../../../src/panels/memory/rows';
import type { Folds } from '../../../src/session/types';

function folds(...each: readonly (readonly [row: number, count: number, state?: number])[]): Folds {
  return {
    rows: Float64Array.from(each, ([row]) => row),
    counts: Float64Array.from(each, ([, count]) => count),
    states: Uint8Array.from(each, ([, , state]) => state ?? 0),
    version: 1,
  };
}

/** The list as a naive reading of it: what the arithmetic must agree with. */
function naive(size: number, rowBytes: number, given: Folds, opened: readonly number[]): string[] {
  const list: string[] = [];
  const rows = Math.ceil(size / rowBytes);
  for (let row = 0; row < rows; ) {
    const fold = given.rows.indexOf(row);
    const count = given.counts[fold] ?? 0;
    const inFold = (address: number) => {
      const at = Math.floor(address / rowBytes);
      return at >= row && at < row + count;
    };
    if (fold < 0) {
      list.push(`bytes ${row * rowBytes}`);
      row += 1;
    } else if (opened.some(inFold)) {
      list.push(`open ${row * rowBytes}`);
      for (let under = 0; under < count; under += 1) list.push(`bytes ${(row + under) * rowBytes}`);
      row += count;
    } else {
      list.push(`fold ${row * rowBytes}`);
      row += count;
    }
  }
  return [...list, `end ${size}`];
}

function listed(space: RowSpace): string[] {
  return Array.from({ length: space.length }, (_, index) => {
    const row = rowAt(space, index);
    const kind = row.kind === 'fold' && row.open ? 'open' : row.kind;
    return `${kind} ${row.address}`;
  });
}

const anySpace = fc
  .record({
    pieces: fc.array(
      fc.record({ plain: fc.nat(6), folded: fc.integer({ min: 4, max: 9 }), state: fc.nat(3) }),
      { maxLength: 12 },
    ),
    tail: fc.nat(40),
    rowBytes: fc.constantFrom(8, 16),
    opened: fc.array(fc.nat(2000), { maxLength: 4 }),
  })
  .map(({ pieces, tail, rowBytes, opened }) => {
    let row = 0;
    const each = pieces.map(({ plain, folded, state }) => {
      const at = row + plain;
      row = at + folded;
      return [at, folded, state] as const;
    });
    const size = row * rowBytes + tail;
    return { size, rowBytes, folds: folds(...each), opened: opened.filter((address) => address < size) };
  });

describe('the list of rows', () => {
  it('equals a naive walk over the memory, for any folds and any of them open', () => {
    fc.assert(
      fc.property(anySpace, ({ size, rowBytes, folds: given, opened }) => {
        expect(listed(rowSpace(size, rowBytes, given, opened))).toEqual(naive(size, rowBytes, given, opened));
      }),
    );
  });

  it('finds every address in the list row that shows it', () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), ({ size, rowBytes, folds: given, opened }, any) => {
        fc.pre(size > 0);
        const address = any % size;
        const space = rowSpace(size, rowBytes, given, opened);
        const row = rowAt(space, indexOf(space, address));
        const { first, last } = rowRange(space, row);
        expect(first).toBeLessThanOrEqual(address);
        expect(last).toBeGreaterThanOrEqual(address);
        expect(row.kind === 'fold' && row.open).toBe(false);
        expect(closedFoldAt(space, address)).toEqual(row.kind === 'fold' ? row : null);
      }),
    );
  });

  it('has rows that follow each other without a hole', () => {
    fc.assert(
      fc.property(anySpace, ({ size, rowBytes, folds: given, opened }) => {
        const space = rowSpace(size, rowBytes, given, opened);
        let next = 0;
        for (let index = 0; index < space.length; index += 1) {
          const row = rowAt(space, index);
          expect(row.address).toBe(next);
          if (row.kind !== 'fold' || !row.open) next = rowRange(space, row).last + 1;
        }
      }),
    );
  });

  it('counts a memory of 4 GiB and of 2^53 bytes in no time', () => {
    const whole = rowSpace(2 ** 32, 16, folds([16, 2 ** 28 - 32]), []);
    expect(whole.length).toBe(16 + 1 + 16 + 1);
    const open = rowSpace(2 ** 32, 16, folds([16, 2 ** 28 - 32]), [0x8000_0000]);
    expect(open.length).toBe(2 ** 28 + 2);
    expect(rowAt(open, indexOf(open, 0x8000_0005))).toEqual({ kind: 'bytes', address: 0x8000_0000 });
    const huge = rowSpace(2 ** 53, 16, NO_FOLDS, []);
    expect(rowAt(huge, indexOf(huge, 2 ** 53 - 1))).toEqual({ kind: 'bytes', address: 2 ** 53 - 16 });
  });

  it('says how many bytes a fold hides, also where the last row is short', () => {
    const space = rowSpace(157, 16, folds([0, 10, 1]), []);
    expect(rowAt(space, 0)).toMatchObject({ kind: 'fold', bytes: 157, state: 'missing' });
  });

  it('is the end row alone for a memory of size 0', () => {
    const space = rowSpace(0, 16, NO_FOLDS, []);
    expect(space.length).toBe(1);
    expect(rowAt(space, 0)).toEqual({ kind: 'end', address: 0 });
    expect(indexOf(space, 0)).toBe(0);
  });

  it('keeps a fold open when it gets shorter, and forgets an address that was captured since', () => {
    const before = rowSpace(4096, 16, folds([10, 100, 3]), [1000]);
    const after = rowSpace(4096, 16, folds([50, 60, 3]), [1000]);
    const captured = rowSpace(4096, 16, folds([100, 10, 3]), [1000]);
    expect(openFoldAt(before, 1000)?.address).toBe(160);
    expect(openFoldAt(after, 1000)?.address).toBe(800);
    expect(captured.open).toEqual([]);
  });

  it('is quick with 262,144 folds', () => {
    const many: Folds = {
      rows: Float64Array.from({ length: 262_144 }, (_, index) => index * 8),
      counts: new Float64Array(262_144).fill(4),
      states: new Uint8Array(262_144),
      version: 1,
    };
    const space = rowSpace(262_144 * 128, 16, many, [0, 1280]);
    const start = performance.now();
    for (let step = 0; step < 10_000; step += 1) {
      const address = (step * 3343) % space.size;
      const index = indexOf(space, address);
      const range = rowRange(space, rowAt(space, index));
      expect(address >= range.first && address <= range.last).toBe(true);
    }
    // 10,000 look-ups both ways; a walk over the folds would take minutes.
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
