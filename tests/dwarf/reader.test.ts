import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../src/bytes/cursor';
import { Reader } from '../../src/dwarf/reader';
import { bytes, sleb, text, u8, u16, u32, u64, uleb } from './build';

describe('Reader', () => {
  it('reads fixed sizes', () => {
    const reader = new Reader(
      bytes(u8(0xfe), u16(0xfedc), u8(1, 2, 3), u32(0xfedcba98), u64(2 ** 40 + 5)),
      100,
    );
    expect(reader.i8()).toBe(-2);
    expect(reader.u16()).toBe(0xfedc);
    expect(reader.u24()).toBe(0x030201);
    expect(reader.u32()).toBe(0xfedcba98);
    expect(reader.sized(8)).toBe(2 ** 40 + 5);
    expect(reader.offset).toBe(118);
  });

  it.each([0, 1, 0x7f, 0x80, 0x3fff, 2 ** 32, 2 ** 53 - 1])('reads unsigned LEB128 %d', (value) => {
    expect(new Reader(bytes(uleb(value)), 0).uleb()).toBe(value);
  });

  it.each([0, 1, -1, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31)])('reads signed LEB128 %d', (value) => {
    expect(new Reader(bytes(sleb(value)), 0).sleb()).toBe(value);
  });

  it('takes padding of any length, and no number of a LEB128 that never fits', () => {
    const padded = [0x85, ...Array.from({ length: 300 }, () => 0x80), 0x00];
    expect(new Reader(bytes(padded), 0).uleb()).toBe(5);
    expect(new Reader(bytes(padded), 0).sleb()).toBe(5);
    const endless = Array.from({ length: 300 }, () => 0xff);
    expect(new Reader(bytes([...endless, 0x7f]), 0).uleb()).toBeGreaterThan(2 ** 64);
    expect(() => new Reader(bytes(endless), 0).uleb()).toThrow(DecodeError);
  });

  it('refuses a 64-bit offset above 2^53, and says where', () => {
    const reader = new Reader(bytes(u32(0), u32(0x0020_0000)), 16);
    expect(() => reader.sized(8)).toThrow('offset 9007199254740992 is above 2^53');
  });

  it('says that bytes are short, with the offset in the section', () => {
    const reader = new Reader(bytes(text('ab'), u8(1, 2)), 50);
    expect(reader.string()).toBe('ab');
    expect(() => reader.u32()).toThrow(new DecodeError(53, '4 bytes expected, 2 remain', true));
    expect(() => reader.string()).toThrow('string without a NUL');
    expect(() => reader.skip(3)).toThrow('3 bytes expected, 2 remain');
    expect(reader.offset).toBe(53);
  });
});
