import { describe, expect, it } from 'vitest';
import { type CodeLine, lineStart } from '../../../src/panels/disassembly/lines';
import { offsetText, parseGoTo } from '../../../src/panels/disassembly/offsets';
import type { Disassembly } from '../../../src/session/code-types';

const CODE: Disassembly = {
  place: { module: 1, function: 8 },
  moduleName: 'a.wasm',
  name: 'divide',
  signature: '',
  locals: '',
  start: 0x1f3,
  codeStart: 0x1d0,
  size: 51,
  rows: 21,
  problem: null,
};

describe('offsetText', () => {
  it('counts from the function, the code section, the file', () => {
    expect(offsetText(0x3e, 'function', CODE)).toBe('+0x3e');
    expect(offsetText(3, 'code', CODE)).toBe('0x000026');
    expect(offsetText(3, 'file', CODE)).toBe('0x0001f6');
  });
});

describe('parseGoTo', () => {
  it.each([
    ['', 'function', { kind: 'empty' }],
    ['+0x28', 'file', { kind: 'offset', offset: 0x28 }],
    ['40', 'function', { kind: 'offset', offset: 40 }],
    ['0x1f6', 'file', { kind: 'offset', offset: 3 }],
    ['0x26', 'code', { kind: 'offset', offset: 3 }],
    ['func[12]', 'function', { kind: 'function', index: 12 }],
    ['func 12', 'function', { kind: 'function', index: 12 }],
    ['f12', 'function', { kind: 'function', index: 12 }],
    ['0x1', 'file', { kind: 'error', message: '0x1 is outside this function: 0x0001f3 to 0x000225' }],
    ['+51', 'file', { kind: 'error', message: '+51 is outside this function: +0x0 to +0x32' }],
    [
      'main',
      'file',
      { kind: 'error', message: 'Expected an offset, as +0x28 or 0x231, or a function, as func[12]' },
    ],
  ] as const)('%s from %s', (text, base, expected) => {
    expect(parseGoTo(text, base, CODE)).toEqual(expected);
  });
});

describe('lineStart', () => {
  const line = (address: number, file: string | null, at: number | null): CodeLine => ({
    address,
    file,
    line: at,
    column: null,
  });
  // The body starts at 0x23 of the code section.
  const LINES = [
    line(0x23, 'src/a.c', 22),
    line(0x26, 'src/a.c', 22),
    line(0x30, 'src/a.c', 23),
    line(0x32, null, 1),
  ];

  it('stands at the instruction where a line begins, once', () => {
    expect(lineStart(LINES, CODE, 0, 3)).toBe('a.c:22');
    expect(lineStart(LINES, CODE, 3, 2)).toBeNull();
    expect(lineStart(LINES, CODE, 0x0d, 1)).toBe('a.c:23');
    expect(lineStart(LINES, CODE, 0x0e, 1)).toBeNull();
    expect(lineStart(LINES, CODE, 0x0f, 1)).toBe('?:1');
  });

  it('belongs to the instruction that holds its address', () => {
    expect(lineStart(LINES, CODE, 0x0c, 2)).toBe('a.c:23');
  });
});
