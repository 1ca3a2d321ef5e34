import { describe, expect, it } from 'vitest';
import { isLive } from '../../src/dwarf/addresses';
import { Budget } from '../../src/dwarf/budget';
import { DW_RLE } from '../../src/dwarf/constants';
import { decodeRangeEntries, decodeRanges } from '../../src/dwarf/ranges';
import { Reader } from '../../src/dwarf/reader';
import { bytes, u8, u32, u64, uleb } from './build';

const pair = (start: number, end: number): number[] => [...u32(start), ...u32(end)];

describe('.debug_ranges', () => {
  it('counts from the base, and from the one that an entry sets', () => {
    const list = bytes(pair(4, 8), pair(0xffff_ffff, 1000), pair(1, 3), pair(0, 0), pair(9, 9));
    expect(decodeRanges(new Reader(list, 0), 100, 4, new Budget(10))).toEqual([
      { start: 104, end: 108 },
      { start: 1001, end: 1003 },
    ]);
  });

  it('leaves dead entries out, whatever the base', () => {
    const list = bytes(pair(0xffff_fffe, 0xffff_fffe), pair(0xffff_fffe, 0x10), pair(4, 8), pair(0, 0));
    expect(decodeRanges(new Reader(list, 0), 100, 4, new Budget(10))).toEqual([{ start: 104, end: 108 }]);
  });

  it('reads addresses of 8 bytes', () => {
    const base = [...u32(0xffff_ffff), ...u32(0xffff_ffff), ...u64(50)];
    const list = bytes(base, u64(1), u64(2), u64(0), u64(0));
    expect(decodeRanges(new Reader(list, 0), 0, 8, new Budget(10))).toEqual([{ start: 51, end: 52 }]);
  });

  it('stops where the budget is spent, and where the section ends', () => {
    const endless = bytes(...Array.from({ length: 20 }, () => pair(1, 2)));
    expect(() => decodeRanges(new Reader(endless, 0), 0, 4, new Budget(5))).toThrow('again and again');
    expect(() => decodeRanges(new Reader(endless, 0), 0, 4, new Budget(50))).toThrow('0 remain');
  });
});

describe('.debug_rnglists', () => {
  it('reads every kind of entry', () => {
    const list = bytes(
      [DW_RLE.base_addressx, ...uleb(3)],
      [DW_RLE.startx_endx, ...uleb(1), ...uleb(2)],
      [DW_RLE.startx_length, ...uleb(1), ...uleb(300)],
      [DW_RLE.offset_pair, ...uleb(5), ...uleb(6)],
      [DW_RLE.base_address, ...u32(70)],
      [DW_RLE.start_end, ...u32(8), ...u32(9)],
      [DW_RLE.start_length, ...u32(8), ...uleb(2)],
      [DW_RLE.end_of_list, 0x77],
    );
    expect(decodeRangeEntries(new Reader(list, 0), 4, new Budget(10))).toEqual([
      { kind: 1, first: 3, second: 0 },
      { kind: 2, first: 1, second: 2 },
      { kind: 3, first: 1, second: 300 },
      { kind: 4, first: 5, second: 6 },
      { kind: 5, first: 70, second: 0 },
      { kind: 6, first: 8, second: 9 },
      { kind: 7, first: 8, second: 2 },
    ]);
  });

  it('says where a kind is that none has', () => {
    expect(() => decodeRangeEntries(new Reader(bytes(u8(9)), 40), 4, new Budget(10))).toThrow(
      'range list entry of the unknown kind 9',
    );
  });
});

describe('dead addresses', () => {
  it.each([0, 0xffff_fffe, 0xffff_ffff, 2 ** 64])('%d is no code', (address) => {
    expect(isLive(address)).toBe(false);
  });

  it('the first body is', () => {
    expect(isLive(2)).toBe(true);
  });
});
