import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileStructs, problemText } from '../../../src/memory/structs/compile';

const compile = (text: string) => {
  const start = performance.now();
  const compiled = compileStructs(text, false);
  expect(performance.now() - start).toBeLessThan(1000);
  return compiled.kind === 'problem' ? problemText(compiled.problem) : 'no problem';
};

describe('hostile texts', () => {
  it.each([
    ['structs in structs', 'struct {'.repeat(8000), /at most 64 levels expected/],
    ['stars', `int ${'*'.repeat(60_000)}p;`, /at most 8 stars expected/],
    ['dimensions', `int a${'[1]'.repeat(20_000)};`, /at most 8 dimensions expected/],
    ['members', `int ${'a,'.repeat(30_000)}a;`, /at most 10000 members expected, 10001 members/],
    ['length', 'int x;'.repeat(20_000), /at most 65536 characters expected, 120000 characters/],
    ['one word', 'x'.repeat(60_000), /a name expected, the end found/],
    ['a long word where none belongs', `int a ${'y'.repeat(60_000)};`, /found\.$/],
    ['comments', '/**/'.repeat(16_000), /no problem/],
    ['an open comment after many', `${'/**/'.repeat(16_000)}/*`, /the end found/],
    ['lines', `${'\n'.repeat(65_000)}?`, /^Line 65001, column 1: /],
  ])('%s', (_what, text, message) => {
    expect(compile(text)).toMatch(message);
  });

  it('a chain of structs that each hold the next', () => {
    const text = Array.from({ length: 2500 }, (_, at) => `struct A${at} { A${at + 1} a; };`).join('\n');
    expect(compile(text)).toMatch(/at most 256 types in types expected/);
    const aliases = Array.from({ length: 2500 }, (_, at) => `typedef A${at + 1} A${at};`).join('\n');
    expect(compile(aliases)).toMatch(/at most 256 types in types expected/);
  });

  it('structs that double a thousand times', () => {
    const doubling = (inner: string) =>
      `struct A0 { ${inner} };${Array.from({ length: 1000 }, (_, at) => `struct A${at + 1} { A${at} a, b; };`).join('')}`;
    expect(compile(doubling('char c;'))).toMatch(/at most 1099511627776 bytes expected, 2199023255552 bytes/);
    expect(compile(doubling(''))).toBe('no problem');
  });

  it('any text is read or has its place', () => {
    const piece = fc.constantFrom(
      'struct',
      'union',
      'packed',
      'typedef',
      'A',
      'B',
      'x',
      '{',
      '}',
      ';',
      ',',
      '*',
      '[',
      ']',
      '3',
      '0x10',
      ':',
      '@',
      'int',
      'unsigned',
      'long',
      'char',
      'u64',
      'void',
      'const',
      '/*',
      '*/',
      '//',
      '\n',
      '__attribute__',
      '(',
      ')',
    );
    const texts = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' ')),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, fc.boolean(), (text, memory64) => {
        const compiled = compileStructs(text, memory64);
        if (compiled.kind === 'layouts') {
          for (const { size, align, members } of compiled.layouts.records.values()) {
            expect(size % align).toBe(0);
            for (const { offset, type, bits } of members)
              expect(
                offset + (bits === null ? type.size : Math.ceil((bits.shift + bits.width) / 8)),
              ).toBeLessThanOrEqual(size);
          }
          return;
        }
        const { line, column, offset } = compiled.problem.at;
        const lines = text.split('\n');
        expect(lines.slice(0, line - 1).reduce((sum, own) => sum + own.length + 1, 0) + column - 1).toBe(
          offset,
        );
      }),
      { numRuns: 2000 },
    );
  });
});
