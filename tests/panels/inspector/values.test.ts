import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfText, halfValue } from '../../../src/panels/inspector/half';
import { readLeb128 } from '../../../src/panels/inspector/leb128';
import { type Endian, readScalar, SCALARS } from '../../../src/panels/inspector/scalars';
import { readUtf8, readUtf16 } from '../../../src/panels/inspector/strings';
import { momentsAt } from '../../../src/panels/inspector/times';
import { pointerRow, valueRows } from '../../../src/panels/inspector/value-rows';
import python from './python-values.json';
import { AT, bytesOf, captured, windowOf } from './window';

const digits = (text: string) => text.replaceAll(',', '');

describe('scalars are what Python reads', () => {
  it.each(['little', 'big'] as const)('%s endian, in every type', (endian: Endian) => {
    for (const row of python.rows) {
      const window = captured(bytesOf(row.hex));
      for (const type of SCALARS) {
        const read = readScalar(type, window, AT, endian);
        const expected = (row[endian] as Record<string, string>)[type.name] ?? 'not in the table';
        const at = `${row.hex} ${type.name} ${endian}`;
        if (!read.known) throw new Error(`${at}: ${read.reason}`);
        expect(read.bytes, at).toBe(type.length);
        if (!type.name.startsWith('f')) expect(digits(read.text), at).toBe(expected);
        else if (expected === 'nan') expect(read.text, at).toMatch(/^-?nan(:0x[\da-f]+)?$/);
        else if (expected.endsWith('inf')) expect(read.text, at).toBe(expected);
        else if (type.name === 'f64') expect(Number(read.text), at).toBe(Number(expected));
        // The fewest digits that give the same bits: fewer than Python prints, and the same float.
        else if (type.name === 'f32') expect(Math.fround(Number(read.text)), at).toBe(Number(expected));
        else
          expect(Math.abs(Number(read.text) - Number(expected)), at).toBeLessThanOrEqual(halfStep(expected));
      }
    }
  });

  it('16-bit floats, exactly', () => {
    for (const [index, expected] of python.halves.entries()) {
      const value = halfValue(index * 35);
      if (expected === 'nan') expect(value).toBeNaN();
      else expect(value).toBe(Number(expected.replace('inf', 'Infinity')));
    }
  });

  it('16-bit floats are written so that no other one is nearer', () => {
    const finite = Array.from({ length: 0x7c00 }, (_, bits) => bits);
    const values = finite.map(halfValue);
    for (const bits of finite) {
      const written = Number(halfText(bits));
      const own = Math.abs(written - (values[bits] ?? 0));
      for (const other of [bits - 1, bits + 1]) {
        const value = values[other];
        if (value !== undefined) expect(own, `${bits}`).toBeLessThan(Math.abs(written - value));
      }
    }
    expect([0x3c00, 0x2e66, 0xfbff, 0x0001, 0x8000, 0x7c00, 0x7e00, 0xfd01].map(halfText)).toEqual([
      '1',
      '0.1',
      '-65500',
      '6e-8',
      '-0',
      'inf',
      'nan',
      '-nan:0x101',
    ]);
  });
});

/** Half the distance between a 16-bit float and the next: what rounding may take. */
function halfStep(text: string): number {
  return Math.max(Math.abs(Number(text)) * 2 ** -11, 2 ** -25);
}

describe('LEB128', () => {
  it.each(['unsigned', 'signed'] as const)('%s, as the textbook encodes it', (kind) => {
    for (const [hex, expected] of python.lebs[kind]) {
      const bytes = bytesOf(hex ?? '');
      const read = readLeb128(captured(bytes), AT, kind === 'signed');
      expect(read.known && digits(read.text), hex).toBe(expected);
      expect(read.bytes, hex).toBe(bytes.length);
    }
  });

  it('takes padding, and refuses what has no end, no room or no byte', () => {
    expect(readLeb128(captured(bytesOf('8000')), AT, false)).toMatchObject({ text: '0', bytes: 2 });
    expect(readLeb128(captured(bytesOf('ff7f')), AT, true)).toMatchObject({ text: '-1', bytes: 2 });
    expect(readLeb128(captured(new Uint8Array(10).fill(0x80)), AT, false)).toMatchObject({
      known: false,
      reason: 'no end in 10 bytes',
    });
    expect(readLeb128(captured(bytesOf('ffffffffffffffffff02')), AT, false)).toMatchObject({
      reason: 'more than 64 bits',
    });
    expect(readLeb128(captured(bytesOf('ffffffffffffffffff01')), AT, true)).toMatchObject({
      reason: 'more than 64 bits',
    });
    expect(readLeb128(windowOf('cm', [0x80, 0]), AT, false)).toMatchObject({ reason: 'byte 2 missing' });
    expect(readLeb128(windowOf('l', [0]), AT, false)).toMatchObject({ reason: '1 of 1 byte lost' });
  });
});

describe('strings', () => {
  const ascii = (text: string) => captured(new TextEncoder().encode(text));

  it('end with their zero, and say how long they are', () => {
    expect(readUtf8(ascii('node-5\0\0'), AT)).toMatchObject({
      text: '"node-5"',
      bytes: 6,
      note: '6 bytes, ends with a zero',
    });
    expect(readUtf8(ascii('\0'), AT)).toMatchObject({ text: '""', bytes: 0 });
    expect(readUtf8(ascii('é€😀\0'), AT)).toMatchObject({ text: '"é€😀"', bytes: 9 });
  });

  it('say what ends them otherwise', () => {
    expect(readUtf8(windowOf('ccmm', [0x61, 0x62, 0, 0]), AT)).toMatchObject({
      note: '2 bytes, then missing',
    });
    expect(readUtf8(windowOf('ccz', [0x61, 0x62, 0x63]), AT)).toMatchObject({
      text: '"ab"',
      note: '2 bytes, ends with a zero',
    });
    expect(readUtf8(captured(bytesOf('61ff')), AT)).toMatchObject({ note: '1 byte, then 0xff, not UTF-8' });
    expect(readUtf8(captured(bytesOf('c0af')), AT)).toMatchObject({
      known: false,
      reason: '0xc0 is not UTF-8',
    });
    expect(readUtf8(captured(bytesOf('eda080')), AT)).toMatchObject({
      known: false,
      reason: '0xed is not UTF-8',
    });
    expect(readUtf8(windowOf('ccm', [0xe2, 0x82, 0]), AT)).toMatchObject({ known: false });
    expect(readUtf8(windowOf('m', [0]), AT)).toMatchObject({ known: false, reason: '1 of 1 byte missing' });
    expect(readUtf8(ascii('a'.repeat(300)), AT)).toMatchObject({ note: '253 bytes, no end in 256' });
  });

  it('cannot deceive: what is unseen is escaped', () => {
    expect(readUtf8(ascii('a\u202eb\n\0'), AT)).toMatchObject({ text: '"a\\u{202e}b\\n"' });
  });

  it('UTF-16 in both orders, with pairs and halves of pairs', () => {
    const text = 'hé€😀';
    const big = Uint8Array.from(
      [...text]
        .flatMap((c) => c.split(''))
        .flatMap((unit) => [unit.charCodeAt(0) >> 8, unit.charCodeAt(0) & 0xff])
        .concat([0, 0]),
    );
    const little = Uint8Array.from(big, (_, at) => big[at ^ 1] ?? 0);
    expect(readUtf16(captured(big), AT, 'big')).toMatchObject({ text: `"${text}"`, bytes: 10 });
    expect(readUtf16(captured(little), AT, 'little')).toMatchObject({ text: `"${text}"`, bytes: 10 });
    expect(readUtf16(captured(bytesOf('00d86100')), AT, 'little')).toMatchObject({ text: '"\\u{d800}a"' });
    expect(readUtf16(windowOf('cm', [0x61, 0]), AT, 'little')).toMatchObject({
      reason: '1 of 2 bytes missing',
    });
  });

  it('never shows a byte that has no value (any states, any bytes)', () => {
    const states = fc.array(fc.constantFrom('c', 'z', 'm', 'l', 'o', 'p'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(states, fc.uint8Array({ minLength: 40, maxLength: 40 }), (letters, bytes) => {
        const window = windowOf(letters.join(''), bytes.slice(0, letters.length));
        for (const row of valueRows(window, AT, 'little')) {
          const used = letters.slice(0, row.read.bytes);
          const whole =
            used.length >= row.read.bytes && used.every((letter) => letter === 'c' || letter === 'z');
          if (row.read.known) expect(whole, row.name).toBe(true);
        }
      }),
    );
  });
});

describe('time stamps', () => {
  it('are what Python makes of them', () => {
    for (const [value, name, text] of python.times) {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(value ?? ''), true);
      expect(momentsAt(captured(bytes), AT, 'little'), `${value} ${name}`).toContainEqual({
        name,
        bytes: 8,
        text,
      });
    }
  });

  it('are 4 bytes of seconds too, in either order', () => {
    expect(momentsAt(captured(bytesOf('80006d65ffffffff')), AT, 'little')).toEqual([
      { name: 'seconds', bytes: 4, text: '2023-12-03 22:26:08 UTC' },
    ]);
    expect(momentsAt(captured(bytesOf('656d0080ffffffff')), AT, 'big')).toHaveLength(1);
  });

  it('are none where that is not plausible: text, zero, far years, missing bytes', () => {
    const none = (hex: string) => momentsAt(captured(bytesOf(hex)), AT, 'little');
    expect(none('6e6f6465')).toEqual([]);
    expect(none('0000000000000000')).toEqual([]);
    expect(none('ffffffffffffffff')).toEqual([]);
    expect(momentsAt(windowOf('cccm', [0x80, 0, 0x6d, 0x65]), AT, 'little')).toEqual([]);
  });
});

it('a pointer is little-endian, and refuses as every value does', () => {
  expect(pointerRow(captured(bytesOf('30110100')), AT, false).read).toMatchObject({ text: '0x00011130' });
  expect(pointerRow(windowOf('ccmm', [0x30, 0x11, 0, 0]), AT, false).read).toEqual({
    known: false,
    reason: '2 of 4 bytes missing',
    bytes: 4,
  });
  expect(pointerRow(captured(new Uint8Array(8).fill(0xff)), AT, true).read).toMatchObject({
    text: '2^53 or more, no address',
  });
});
