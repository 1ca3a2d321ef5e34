import { describe, expect, it } from 'vitest';
import { pointerOf, valueText } from '../../src/app/values';
import { f32Text, f64Text } from '../../src/coredump/float-words';

describe('valueText', () => {
  it('is signed in decimal, bits in hex', () => {
    expect(valueText({ type: 'i32', value: -2 })).toEqual({ known: true, decimal: '-2', hex: '0xfffffffe' });
    expect(valueText({ type: 'i64', value: -1n })).toEqual({
      known: true,
      decimal: '-1',
      hex: '0xffffffffffffffff',
    });
    expect(valueText({ type: 'f64', bits: 0x3fb999999999999an })).toEqual({
      known: true,
      decimal: '0.1',
      hex: '0x3fb999999999999a',
    });
    expect(valueText({ type: 'func', index: 7 })).toMatchObject({ decimal: 'func[7]' });
    expect(valueText({ type: 'null' })).toMatchObject({ decimal: 'null' });
  });

  it('a missing value is never a number', () => {
    expect(valueText({ type: 'missing' })).toEqual({ known: false, reason: 'not in this dump' });
  });
});

describe('floats', () => {
  it.each([
    [0x3dcccccd, '0.1'],
    [0x80000000, '-0'],
    [0, '0'],
    [0x00000001, '1e-45'],
    [0x7f7fffff, '3.4028235e+38'],
    [0x7f800000, 'inf'],
    [0xff800000, '-inf'],
    [0x7fc00000, 'nan'],
    [0xffc00000, '-nan'],
    [0x7fc00001, 'nan:0x400001'],
    [0x7f800001, 'nan:0x1'],
  ])('f32 %i is %s', (bits, text) => {
    expect(f32Text(bits)).toBe(text);
  });

  it.each([
    [0x8000000000000000n, '-0'],
    [0x7ff0000000000000n, 'inf'],
    [0x7ff8000000000000n, 'nan'],
    [0xfff8000000000000n, '-nan'],
    [0x7ff0000000000001n, 'nan:0x1'],
    [0x4005bf0a8b145769n, '2.718281828459045'],
  ])('f64 %i is %s', (bits, text) => {
    expect(f64Text(bits)).toBe(text);
  });
});

describe('pointerOf', () => {
  it('reads i32 as unsigned', () => {
    expect(pointerOf({ type: 'i32', value: -1 }, false)).toBe(0xffff_ffff);
    expect(pointerOf({ type: 'i64', value: 5n }, false)).toBeNull();
  });

  it('in a 64-bit memory i64, up to what a number holds', () => {
    expect(pointerOf({ type: 'i64', value: 0x1_0000_0000n }, true)).toBe(0x1_0000_0000);
    expect(pointerOf({ type: 'i64', value: -1n }, true)).toBeNull();
    expect(pointerOf({ type: 'i32', value: 5 }, true)).toBeNull();
    expect(pointerOf({ type: 'missing' }, true)).toBeNull();
  });
});
