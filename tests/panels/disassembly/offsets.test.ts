import { describe, expect, it } from 'vitest';
import { lineHolding, lineStart, lineText } from '../../../src/panels/disassembly/lines';
import { offsetText, parseGoTo } from '../../../src/panels/disassembly/offsets';
import { codeLines } from '../../../src/session/code-lines';
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
  const row = (address: number, file: string | null, line: number | null) => ({
    address,
    file,
    directory: '/b',
    line,
    column: 7,
  });
  // The body starts at 0x23 of the code section.
  const LINES = codeLines([
    row(0x23, 'src/a.c', 20),
    row(0x23, 'src/a.c', 22),
    row(0x26, 'src/a.c', 22),
    row(0x30, 'src/a.c', 23),
    row(0x32, null, 1),
    row(0x33, null, null),
  ]);
  const start = (offset: number, length: number) => {
    const line = lineStart(LINES, CODE, offset, length);
    return line === null ? null : lineText(line);
  };

  it('stands at the instruction where a line begins, once', () => {
    expect(start(0, 3)).toBe('a.c:22');
    expect(start(3, 2)).toBeNull();
    expect(start(0x0d, 1)).toBe('a.c:23');
    expect(start(0x0e, 1)).toBeNull();
    expect(start(0x0f, 1)).toBe('?:1');
    expect(start(0x10, 1)).toBeNull();
    expect(lineStart(codeLines([]), CODE, 0, 3)).toBeNull();
  });

  it('belongs to the instruction that holds its address', () => {
    expect(start(0x0c, 2)).toBe('a.c:23');
  });

  it('is looked up for an instruction in its middle', () => {
    expect(lineHolding(LINES, CODE, 3, 2)).toEqual({
      file: 'src/a.c',
      directory: '/b',
      embedded: null,
      line: 22,
      column: 7,
    });
    expect(lineHolding(LINES, CODE, 0x0e, 1)).toMatchObject({ line: 23 });
    expect(lineHolding(LINES, CODE, 0x20, 1)).toBeNull();
  });
});
