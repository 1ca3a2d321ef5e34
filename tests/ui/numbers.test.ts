import { describe, expect, it } from 'vitest';
import { counted, duration, grouped, hex, hexAddress, rate, size, sizeOfSize } from '../../src/ui/numbers';

describe('numbers', () => {
  it('groups thousands, of bigints too', () => {
    expect(grouped(12_976_128)).toBe('12,976,128');
    expect(grouped(-9_223_372_036_854_775_808n)).toBe('-9,223,372,036,854,775,808');
  });

  it('writes addresses with 8 digits, and 16 where 8 do not do', () => {
    expect(hexAddress(0x11138)).toBe('0x00011138');
    expect(hexAddress(0xffff_ffff)).toBe('0xffffffff');
    expect(hexAddress(0x1_0000_0000)).toBe('0x0000000100000000');
    expect(hex(0x28)).toBe('0x28');
  });

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1.00 KiB'],
    [131_072, '128 KiB'],
    [1_048_320, '1.00 MiB'],
    [12_976_128, '12.4 MiB'],
    [4_294_967_296, '4.00 GiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it('puts two sizes into the unit of the larger', () => {
    expect(sizeOfSize(1_299_227_607, 4_273_492_459)).toBe('1.21 of 3.98 GiB');
    expect(sizeOfSize(10, 500)).toBe('10 of 500 bytes');
  });

  it('counts, rates and durations', () => {
    expect(counted(1, 'frame')).toBe('1 frame');
    expect(counted(31_842, 'frame')).toBe('31,842 frames');
    expect(counted(2, 'memory', 'memories')).toBe('2 memories');
    expect(rate(418e6)).toBe('418 MB/s');
    expect(rate(1.28e9)).toBe('1.28 GB/s');
    expect(duration(0.2)).toBe('1 s');
    expect(duration(7.1)).toBe('7 s');
    expect(duration(200)).toBe('3 min');
  });
});
