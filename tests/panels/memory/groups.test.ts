import { describe, expect, it } from 'vitest';
import type { Format, Group } from '../../../src/app/memory-view';
import { stateCodes } from '../../../src/panels/memory/byte-state';
import { groupCell } from '../../../src/panels/memory/groups';

function cell(bytes: readonly number[], group: Group, format: Format, states = 'c'.repeat(bytes.length)) {
  const names = {
    c: 'captured',
    z: 'zero-elided',
    m: 'missing',
    l: 'lost',
    p: 'pending',
    o: 'out-of-bounds',
  };
  const runs = [...states].map((letter, start) => ({
    start,
    end: start + 1,
    state: names[letter as keyof typeof names] as 'captured',
  }));
  const codes = stateCodes(runs, 0, bytes.length);
  return groupCell({ address: 0, bytes: Uint8Array.from(bytes), codes }, 0, group, format);
}

describe('a group of bytes', () => {
  /** Worked out with Python's struct: struct.unpack('<...', bytes). */
  it.each<[Format, readonly number[], string, string]>([
    ['hex', [0x30, 0x11, 0x01, 0x00], '00011130', '00011130, captured'],
    ['hex', [0x34, 0x12], '1234', '1234, captured'],
    ['unsigned', [0xff], '255', 'u8 255, captured'],
    ['signed', [0xff], '-1', 'i8 -1, captured'],
    ['signed', [0x00, 0x80], '-32768', 'i16 -32768, captured'],
    ['unsigned', [0x30, 0x11, 0x01, 0x00], '69936', 'u32 69936, captured'],
    ['signed', [0xfe, 0xff, 0xff, 0xff], '-2', 'i32 -2, captured'],
    [
      'unsigned',
      [255, 255, 255, 255, 255, 255, 255, 255],
      '18446744073709551615',
      'u64 18446744073709551615, captured',
    ],
    ['signed', [0, 0, 0, 0, 0, 0, 0, 0x80], '-9223372036854775808', 'i64 -9223372036854775808, captured'],
    ['float', [0xcd, 0xcc, 0xcc, 0x3d], '0.1', 'f32 0.1, captured'],
    ['float', [0x6f, 0x12, 0x83, 0x3a], '0.001', 'f32 0.001, captured'],
    ['float', [0, 0, 0, 0, 0, 0, 0x1e, 0x40], '7.5', 'f64 7.5, captured'],
    ['float', [0, 0, 0x80, 0xff], '-inf', 'f32 -inf, captured'],
  ])('%s %j is %s', (format, bytes, text, name) => {
    expect(cell(bytes, bytes.length as Group, format)).toMatchObject({ text, name, zero: false });
  });

  it('counts a known zero as 0, and says that all of it is one', () => {
    expect(cell([9, 1, 9, 9], 4, 'unsigned', 'zczz')).toMatchObject({
      text: '256',
      name: 'u32 256, captured',
    });
    expect(cell([9, 9, 9, 9], 4, 'hex', 'zzzz')).toMatchObject({ text: '·', name: '00000000, elided zero' });
    expect(cell([0, 0, 0, 0], 4, 'hex')).toMatchObject({ text: '00000000', zero: true });
  });

  it('is no number where a byte has no value: it shows what is in the way', () => {
    expect(cell([0x30, 0x11, 7, 7], 4, 'hex', 'ccmm')).toMatchObject({
      text: '????1130',
      name: '2 of 4 bytes missing',
    });
    for (const format of ['unsigned', 'signed', 'float'] as const) {
      expect(cell([1, 2, 3, 4], 4, format, 'cccm').text).toBe('??');
      expect(cell([1, 2, 3, 4], 4, format, 'clzm')).toMatchObject({ text: 'xx', name: '1 of 4 bytes lost' });
      expect(cell([1, 2, 3, 4], 4, format, 'cccp')).toMatchObject({
        text: '',
        name: '1 of 4 bytes not indexed yet',
      });
      expect(cell([1, 2, 3, 4], 4, format, 'ccoo')).toMatchObject({
        text: '',
        name: '2 of 4 bytes out of bounds',
      });
    }
    expect(cell([0x11, 0x22, 3, 4], 4, 'hex', 'ccoo').text).toBe('    2211');
  });

  it('never reads what a window holds behind a byte that is not captured', () => {
    expect(cell([0xaa, 0xbb], 2, 'hex', 'mm').text).toBe('????');
    expect(cell([0xaa, 0xbb], 2, 'hex', 'zc').text).toBe('bb00');
  });
});
