import { describe, expect, it } from 'vitest';
import { Float64Column, Uint32Column } from '../../src/memory/columns';
import { SegmentTable } from '../../src/memory/segment-table';

describe('columns', () => {
  it('give back what was put in, across chunks', () => {
    const column = new Float64Column();
    for (let row = 0; row < 100_000; row += 1) column.push(row * 2 ** 20);
    expect(column.length).toBe(100_000);
    for (const row of [0, 63, 64, 32_767, 32_768, 65_536, 99_999]) expect(column.at(row)).toBe(row * 2 ** 20);
    expect(column.at(100_000)).toBeNaN();
  });

  it('need little for a few rows, and hardly more than what is used for many', () => {
    const few = new Uint32Column();
    for (let row = 0; row < 5; row += 1) few.push(row);
    expect(few.byteLength).toBe(64 * 4);
    const many = new Uint32Column();
    for (let row = 0; row < 200_000; row += 1) many.push(row);
    expect(many.byteLength).toBeLessThan(200_000 * 4 + 32_768 * 4);
    many.trim();
    expect(many.byteLength).toBe(200_000 * 4);
    expect([many.at(199_999), many.at(200_000)]).toEqual([199_999, Number.NaN]);
  });

  it.each([0, 3, 100, 32_768, 40_000])('can grow on after they were trimmed at %i', (rows) => {
    const column = new Uint32Column();
    for (let row = 0; row < rows; row += 1) column.push(row);
    column.trim();
    for (let row = rows; row < rows + 70_000; row += 1) column.push(row);
    expect([0, rows, rows + 1, rows + 69_999].map((row) => column.at(row))).toEqual([
      0,
      rows,
      rows + 1,
      rows + 69_999,
    ]);
  });
});

describe('SegmentTable', () => {
  it('keeps addresses beyond 2^32, and tells active, passive and unplaced segments apart', () => {
    const table = new SegmentTable();
    table.push(2, false, 2 ** 40, 0xffff_ffff, 2 ** 33);
    table.push(0, true, null, 5, 100);
    table.push(1, false, null, 6, 200);
    const row = { index: 0, passive: false, memory: 2, address: 2 ** 40, length: 0xffff_ffff };
    expect([0, 1, 2].map((index) => table.row(index))).toEqual([
      { ...row, fileOffset: 2 ** 33 },
      { index: 1, passive: true, memory: 0, address: null, length: 5, fileOffset: 100 },
      { index: 2, passive: false, memory: 1, address: null, length: 6, fileOffset: 200 },
    ]);
    expect([0, 1, 2].map((index) => table.placed(index))).toEqual([true, false, false]);
    expect(table.end(0)).toBe(2 ** 40 + 0xffff_ffff);
  });

  it('a hostile memory index is capped, not taken for a flag', () => {
    const table = new SegmentTable();
    table.push(0xffff_ffff, false, 0, 1, 0);
    expect(table.row(0)).toMatchObject({ memory: 0x3fff_ffff, passive: false, address: 0 });
  });
});
