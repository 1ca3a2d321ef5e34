import { describe, expect, it } from 'vitest';
import {
  type CodeNames,
  instructionText,
  plainText,
  signatureText,
} from '../../src/symbols/instruction-text';
import { decodeInstruction } from '../../src/wasm/body';
import { bytes } from '../helpers/dump-text';

const NAMES: CodeNames = {
  name: (space, index) => (index === 7 ? `${space}-seven` : null),
  type: (index) => (index === 5 ? { kind: 'func', parameters: ['i32', 'i64'], results: ['f32'] } : null),
  target: (label) => (label === 1 ? 0x20 : null),
};

const text = (code: string): string => plainText(instructionText(decodeInstruction(bytes(code), 0), NAMES));

describe('instructionText, as the text format', () => {
  it.each([
    ['20 01', 'local.get 1'],
    ['20 07', 'local.get $local-seven'],
    ['23 07', 'global.get $global-seven'],
    ['10 07', 'call $function-seven'],
    ['10 08', 'call 8'],
    ['11 05 00', 'call_indirect (type 5) (param i32 i64) (result f32)'],
    ['11 06 02', 'call_indirect 2 (type 6)'],
    ['02 40', 'block'],
    ['02 7f', 'block (result i32)'],
    ['02 05', 'block (param i32 i64) (result f32)'],
    ['02 06', 'block (type 6)'],
    ['0c 01', 'br 1'],
    ['0e 02 00 01 02', 'br_table 0 1 2'],
    ['28 02 00', 'i32.load'],
    ['28 00 10', 'i32.load offset=16 align=1'],
    ['28 42 01 10', 'i32.load 1 offset=16'],
    ['28 02 ff ff ff ff ff ff ff ff ff 01', 'i32.load offset=18446744073709551615'],
    ['41 7f', 'i32.const -1'],
    ['42 7f', 'i64.const -1'],
    ['43 00 00 80 7f', 'f32.const inf'],
    ['43 01 00 80 7f', 'f32.const nan:0x1'],
    ['44 00 00 00 00 00 00 00 80', 'f64.const -0'],
    ['3f 00', 'memory.size'],
    ['3f 07', 'memory.size $memory-seven'],
    ['fc 0a 00 00', 'memory.copy'],
    ['fc 0a 00 01', 'memory.copy 0 1'],
    ['fc 08 03 00', 'memory.init 3'],
    ['fc 08 03 01', 'memory.init 1 3'],
    ['25 00', 'table.get 0'],
    ['d0 70', 'ref.null func'],
    ['fb 17 6e', 'ref.cast (ref null any)'],
    ['fb 02 05 03', 'struct.get (type 5) 3'],
    ['1c 01 7f', 'select (result i32)'],
    ['fd 15 0f', 'i8x16.extract_lane_s 15'],
    ['fd 54 00 04 0f', 'v128.load8_lane offset=4 15'],
    [
      'fd 0c 01 00 00 00 02 00 00 00 03 00 00 00 ff ff ff ff',
      'v128.const i32x4 0x00000001 0x00000002 0x00000003 0xffffffff',
    ],
  ])('%s is %s', (code, expected) => {
    expect(text(code)).toBe(expected);
  });

  it('leads to functions and labels', () => {
    const parts = (code: string) => instructionText(decodeInstruction(bytes(code), 0), NAMES);
    expect(parts('10 07')[1]).toEqual({ kind: 'function', text: '$function-seven', index: 7 });
    expect(parts('0c 01')[1]).toEqual({ kind: 'label', text: '1', offset: 0x20 });
    expect(parts('0c 02')[1]).toEqual({ kind: 'immediate', text: '2' });
  });

  it('shows 16 labels of a br_table and counts the others', () => {
    expect(text(`0e 14 ${'00 '.repeat(20)} 00`)).toBe(`br_table ${'0 '.repeat(16)}… 5 more labels`);
  });

  it('shows hostile names escaped and cut', () => {
    const hostile: CodeNames = { ...NAMES, name: () => `a\u202eb${'x'.repeat(200)}` };
    const shown = plainText(instructionText(decodeInstruction(bytes('10 01'), 0), hostile));
    expect(shown).toMatch(/^call \$a\\u\{202e\}bx+… \(203 characters\)$/);
  });

  it('writes signatures', () => {
    expect(signatureText({ kind: 'func', parameters: [], results: [] })).toBe('');
    expect(signatureText({ kind: 'func', parameters: [], results: ['i32'] })).toBe('(result i32)');
  });
});
