import { describe, expect, it } from 'vitest';
import { Cursor } from '../../src/bytes/cursor';
import { type Constant, readConstant } from '../../src/wasm/const-expr';
import { bytes } from '../helpers/dump-text';

const GLOBALS: readonly Constant[] = [
  { type: 'i32', value: 1000 },
  { type: 'i64', value: -1n },
];

const evaluate = (text: string): Constant => {
  const cursor = new Cursor(bytes(text), 0);
  const constant = readConstant(cursor, (index) => GLOBALS[index] ?? { type: 'unknown' });
  expect(cursor.remaining).toBe(0);
  return constant;
};

describe('readConstant', () => {
  it.each<[string, string, Constant]>([
    ['i32.const', '41 80 80 80 80 78 0b', { type: 'i32', value: -0x8000_0000 }],
    ['i64.const', '42 7f 0b', { type: 'i64', value: -1n }],
    ['f32.const of a signalling NaN', '43 01 00 a0 7f 0b', { type: 'f32', bits: 0x7fa0_0001 }],
    ['f64.const', '44 00 00 00 00 00 00 00 80 0b', { type: 'f64', bits: 2n ** 63n }],
    [
      'v128.const, lane 0 last',
      'fd 0c 0f 0e 0d 0c 0b 0a 09 08 07 06 05 04 03 02 01 00 0b',
      { type: 'v128', bits: '000102030405060708090a0b0c0d0e0f' },
    ],
    ['ref.null of an abstract type', 'd0 70 0b', { type: 'null' }],
    ['ref.null of a type index', 'd0 03 0b', { type: 'null' }],
    ['ref.func', 'd2 07 0b', { type: 'func', index: 7 }],
    ['global.get', '23 00 0b', { type: 'i32', value: 1000 }],
    ['global.get of an imported one', '23 09 0b', { type: 'unknown' }],
    ['nothing', '0b', { type: 'empty' }],
    ['i32.add', '23 00 41 05 6a 0b', { type: 'i32', value: 1005 }],
    ['i32.sub', '41 05 23 00 6b 0b', { type: 'i32', value: -995 }],
    // 0x10001 * 0x10001 = 0x100020001: a product of doubles would lose bits in larger ones.
    ['i32.mul wraps', '41 81 80 04 41 81 80 04 6c 0b', { type: 'i32', value: 0x20001 }],
    ['i32.add wraps', '41 ff ff ff ff 07 41 01 6a 0b', { type: 'i32', value: -0x8000_0000 }],
    ['i64.add', '23 01 42 01 7c 0b', { type: 'i64', value: 0n }],
    ['i64.sub', '42 00 23 01 7d 0b', { type: 'i64', value: 1n }],
    ['i64.mul', '42 02 23 01 7e 0b', { type: 'i64', value: -2n }],
    ['a sum of different types', '41 01 42 01 6a 0b', { type: 'unknown' }],
    ['an operand too few', '41 01 6a 0b', { type: 'unknown' }],
    ['two values', '41 01 41 02 0b', { type: 'unknown' }],
    ['struct.new_default', 'fb 01 02 0b', { type: 'unknown' }],
    ['array.new_fixed of two', '41 01 41 02 fb 08 00 02 0b', { type: 'unknown' }],
    ['ref.i31', '41 01 fb 1c 0b', { type: 'unknown' }],
  ])('%s', (_what, text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  it.each([
    ['20 00 0b', 'opcode 0x20 in a constant expression, expected a constant or end'],
    ['fd 0d 0b', 'vector opcode 13 in a constant expression, expected 12 (v128.const)'],
    ['fb 02 0b', 'aggregate opcode 2 in a constant expression is not known'],
    ['41 01', 'constant expression expected, no byte remains'],
  ])('%s has no known end', (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });
});
