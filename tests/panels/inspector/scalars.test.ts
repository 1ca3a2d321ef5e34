import { describe, expect, it } from 'vitest';
import { whyUnread } from '../../../src/panels/inspector/known-bytes';
import { readPointer, readScalar, SCALARS, statesText } from '../../../src/panels/inspector/scalars';
import type { MemoryWindow } from '../../../src/session/types';
import { windowOf } from './window';

const all = (window: MemoryWindow) =>
  Object.fromEntries(
    SCALARS.map((type) => {
      const read = readScalar(type, window, 0x100);
      return [type.name, read.known ? read.text : read.reason];
    }),
  );

describe('readScalar', () => {
  it('reads every type, little endian', () => {
    expect(all(windowOf('cccccccc', [0x00, 0x11, 0x01, 0x00, 0x6e, 0x6f, 0x64, 0x65]))).toEqual({
      u8: '0',
      i8: '0',
      u16: '4,352',
      i16: '4,352',
      u32: '69,888',
      i32: '69,888',
      // Python: struct.unpack('<e', b'\x00\x11') is 0.0006103515625.
      f16: '0.0006104',
      f32: '9.7934e-41',
      u64: '7,306,087,013,738,942,720',
      i64: '7,306,087,013,738,942,720',
      f64: String(new Float64Array(Uint8Array.of(0, 0x11, 1, 0, 0x6e, 0x6f, 0x64, 0x65).buffer)[0]),
    });
    expect(all(windowOf('cccccccc', Array(8).fill(0xff)))).toMatchObject({
      u8: '255',
      i8: '-1',
      i16: '-1',
      i32: '-1',
      i64: '-1',
      u64: '18,446,744,073,709,551,615',
    });
  });

  it('takes known zeros as zeros, whatever the window holds there', () => {
    expect(all(windowOf('czzzzzzz', [7, 1, 1, 1, 1, 1, 1, 1]))).toMatchObject({
      u8: '7',
      u32: '7',
      u64: '7',
    });
  });

  it('refuses across what is not known, with both numbers', () => {
    expect(all(windowOf('ccmmllop', [1, 2, 0, 0, 0, 0, 0, 0]))).toMatchObject({
      u8: '1',
      u16: '513',
      u32: '2 of 4 bytes missing',
      f32: '2 of 4 bytes missing',
      u64: '2 of 8 bytes missing, 2 lost, 1 past the end, 1 not indexed yet',
    });
    expect(all(windowOf('mccccccc', [0, 1, 1, 1, 1, 1, 1, 1]))).toMatchObject({ u8: '1 of 1 byte missing' });
  });

  it('a window that starts before the address', () => {
    const window = windowOf('mcccc', [0, 1, 2, 3, 4]);
    expect(whyUnread(window, 0x101, 4)).toBeNull();
    expect(readPointer(window, 0x101, false)).toBe(0x04030201);
  });
});

describe('readPointer', () => {
  it('is 4 bytes, or 8 in a 64-bit memory, and null where not all are known', () => {
    const window = windowOf('ccccccccm', [0, 0, 0, 0x80, 1, 0, 0, 0, 0]);
    expect(readPointer(window, 0x100, false)).toBe(0x8000_0000);
    expect(readPointer(window, 0x100, true)).toBe(0x1_8000_0000);
    expect(readPointer(window, 0x101, true)).toBeNull();
    expect(readPointer(windowOf('cccccccc', Array(8).fill(0xff)), 0x100, true)).toBeNull();
  });
});

describe('statesText', () => {
  it('says one state in full, several in counts', () => {
    expect(statesText(windowOf('cccc', [1, 2, 3, 4]), 0x100, 4)).toBe('4 bytes captured');
    expect(statesText(windowOf('z', [0]), 0x100, 1)).toBe('1 byte elided zero');
    expect(statesText(windowOf('ccmm', [1, 2, 0, 0]), 0x100, 4)).toBe('2 captured, 2 missing');
  });
});
