import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor, DecodeError } from '../../src/bytes/cursor';
import { ByteWriter } from '../../src/bytes/writer';
import { bytes } from '../helpers/dump-text';

/** The cursor stands at file offset 0x100. */
const at = (text: string) => new Cursor(bytes(text), 0x100);

function failure(run: () => unknown): { offset: number; message: string; short: boolean } {
  try {
    run();
  } catch (error) {
    if (error instanceof DecodeError)
      return { offset: error.offset, message: error.message, short: error.short };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('unsigned LEB128', () => {
  it.each([
    ['00', 0],
    ['7f', 127],
    ['80 01', 128],
    ['e5 8e 26', 624485],
    ['ff ff ff ff 07', 0x7fff_ffff],
    ['80 80 80 80 08', 0x8000_0000],
    ['ff ff ff ff 0f', 0xffff_ffff],
    // Padded to five bytes, as wasm-ld writes sizes that it fills in later.
    ['80 80 80 80 00', 0],
    ['85 80 80 80 00', 5],
  ])('%s is the u32 %i', (text, value) => {
    const cursor = at(text);
    expect(cursor.u32('count')).toBe(value);
    expect(cursor.remaining).toBe(0);
  });

  it.each([
    ['80', 'count is cut off after 1 bytes', true],
    ['', 'count is cut off after 0 bytes', true],
    ['80 80 80 80 10', 'count overflows 32 bits', false],
    ['ff ff ff ff 7f', 'count overflows 32 bits', false],
    ['80 80 80 80 80 00', 'count is longer than 5 bytes', false],
  ])('%s is no u32', (text, message, short) => {
    expect(failure(() => at(text).u32('count'))).toEqual({ offset: 0x100, message, short });
  });

  it.each([
    ['ff ff ff ff ff ff ff ff ff 01', 2n ** 64n - 1n],
    ['80 80 80 80 80 80 80 80 80 01', 2n ** 63n],
    ['80 80 80 80 10', 2n ** 32n],
    ['85 80 80 80 80 80 80 80 80 00', 5n],
    ['07', 7n],
  ])('%s is the u64 %d', (text, value) => {
    expect(at(text).u64('size')).toBe(value);
  });

  it.each([
    ['ff ff ff ff ff ff ff ff ff 02', 'size overflows 64 bits'],
    ['80 80 80 80 80 80 80 80 80 80 00', 'size is longer than 10 bytes'],
  ])('%s is no u64', (text, message) => {
    expect(failure(() => at(text).u64('size'))).toEqual({ offset: 0x100, message, short: false });
  });
});

describe('signed LEB128', () => {
  it.each([
    ['00', 0],
    ['3f', 63],
    ['c0 00', 64],
    ['40', -64],
    ['7f', -1],
    ['bf 7f', -65],
    ['ff ff ff ff 07', 0x7fff_ffff],
    ['80 80 80 80 78', -0x8000_0000],
    // -1 padded to five bytes: the bits past 32 repeat the sign.
    ['ff ff ff ff 7f', -1],
    ['80 80 80 80 00', 0],
  ])('%s is the s32 %i', (text, value) => {
    const cursor = at(text);
    expect(cursor.s32('i32')).toBe(value);
    expect(cursor.remaining).toBe(0);
  });

  it.each([
    ['80 80 80 80 08', 'i32 overflows 32 bits'],
    ['ff ff ff ff 77', 'i32 overflows 32 bits'],
    ['ff ff ff ff 0f', 'i32 overflows 32 bits'],
    ['80 80 80 80 80 00', 'i32 is longer than 5 bytes'],
  ])('%s is no s32', (text, message) => {
    expect(failure(() => at(text).s32('i32'))).toEqual({ offset: 0x100, message, short: false });
  });

  it('reads s33: a type index up to 2^32 - 1', () => {
    expect(at('ff ff ff ff 0f').s33('heap type')).toBe(0xffff_ffff);
    expect(at('70').s33('heap type')).toBe(-16);
    expect(failure(() => at('80 80 80 80 10').s33('heap type')).message).toBe('heap type overflows 33 bits');
  });

  it.each([
    ['ff ff ff ff ff ff ff ff ff 00', 2n ** 63n - 1n],
    ['80 80 80 80 80 80 80 80 80 7f', -(2n ** 63n)],
    ['ff ff ff ff ff ff ff ff ff 7f', -1n],
  ])('%s is the s64 %d', (text, value) => {
    expect(at(text).s64('i64')).toBe(value);
  });

  it.each([
    ['80 80 80 80 80 80 80 80 80 01', 'i64 overflows 64 bits'],
    ['ff ff ff ff ff ff ff ff ff 7e', 'i64 overflows 64 bits'],
    ['80 80 80 80 80 80 80 80 80 80 00', 'i64 is longer than 10 bytes'],
  ])('%s is no s64', (text, message) => {
    expect(failure(() => at(text).s64('i64')).message).toBe(message);
  });

  it('gives back what was written', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (i32, i64, u64) => {
          const writer = new ByteWriter();
          writer.signed(i32);
          writer.signed(i64);
          writer.unsigned(u64);
          writer.unsigned(i32 >>> 0);
          const cursor = new Cursor(writer.bytes(), 0);
          expect(cursor.s32('')).toBe(i32);
          expect(cursor.s64('')).toBe(i64);
          expect(cursor.u64('')).toBe(u64);
          expect(cursor.u32('')).toBe(i32 >>> 0);
          expect(cursor.remaining).toBe(0);
        },
      ),
    );
  });
});

describe('fixed widths', () => {
  it('reads little-endian', () => {
    const cursor = at('78 56 34 12 ff ff ff ff 01 00 00 00 00 00 00 80 01 00 00 00 00 00 00 80');
    expect(cursor.u32le('a')).toBe(0x1234_5678);
    expect(cursor.i32le('b')).toBe(-1);
    expect(cursor.u64le('c')).toBe(0x8000_0000_0000_0001n);
    expect(cursor.i64le('d')).toBe(-0x7fff_ffff_ffff_ffffn);
  });

  it('reads from the middle of a larger buffer', () => {
    const whole = bytes('aa bb 01 00 00 00 cc');
    expect(new Cursor(whole.subarray(2, 6), 2).u32le('n')).toBe(1);
    expect(failure(() => new Cursor(whole.subarray(2, 5), 2).u32le('n'))).toEqual({
      offset: 2,
      message: 'n of 4 bytes, 3 remain',
      short: true,
    });
  });
});

describe('names and counts', () => {
  it('decodes UTF-8 lossily and keeps a byte order mark', () => {
    expect(at('03 e2 82 ac').name('name')).toBe('€');
    expect(at('03 61 ff 62').name('name')).toBe('a\ufffdb');
    expect(at('03 ef bb bf').name('name')).toBe('\ufeff');
    expect(at('00').name('name')).toBe('');
  });

  it('says where a name begins that runs over the end', () => {
    const cursor = at('00 05 61 62');
    cursor.u8('marker');
    expect(failure(() => cursor.name('module name'))).toEqual({
      offset: 0x101,
      message: 'module name of 5 bytes, 2 remain',
      short: true,
    });
  });

  it('refuses a count that the bytes cannot hold, before anything is allocated', () => {
    expect(failure(() => at('ff ff ff ff 0f 00 00').count('frame', 1))).toEqual({
      offset: 0x100,
      message: 'frame count 4294967295, more than the 2 bytes that remain',
      short: true,
    });
    expect(at('02 00 00').count('frame', 1)).toBe(2);
    expect(failure(() => at('02 00 00 00').count('name', 2)).message).toContain('name count 2');
  });

  it('takes views, looks ahead, and goes back', () => {
    const cursor = at('01 02 03');
    expect(cursor.peek()).toBe(1);
    expect([...cursor.take(2, 'two')]).toEqual([1, 2]);
    expect(cursor.offset).toBe(0x102);
    cursor.seek(0x101);
    expect(cursor.u8('byte')).toBe(2);
    expect(cursor.u8('byte')).toBe(3);
    expect(cursor.peek()).toBeNull();
    expect(failure(() => cursor.u8('byte'))).toEqual({
      offset: 0x103,
      message: 'byte expected, no byte remains',
      short: true,
    });
  });
});
