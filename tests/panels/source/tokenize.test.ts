import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/app/sources/language';
import { TOKEN_KINDS } from '../../../src/app/sources/tokens';
import { tokensOf } from '../../../src/panels/source/tokenize';
import { fixture } from '../../fixture';

const LANGUAGES: Readonly<Record<Language, true>> = {
  c: true,
  cpp: true,
  rust: true,
  go: true,
  typescript: true,
  javascript: true,
  swift: true,
  zig: true,
  kotlin: true,
  csharp: true,
  java: true,
  python: true,
  ruby: true,
};

/** The coloured tokens as `kind:text`. */
function coloured(text: string, language: Language): string[] {
  const { starts, ends, kinds } = tokensOf(text, language);
  return Array.from(starts, (start, at) => `${TOKEN_KINDS[kinds[at] ?? 9]}:${text.slice(start, ends[at])}`);
}

describe('tokens', () => {
  it('are those of C', () => {
    expect(coloured('int q = sum / 0x10; // why\nreturn "a\\"b";', 'c').map((token) => token.trim())).toEqual(
      ['keyword:int', 'number:0x10', 'comment:// why', 'keyword:return', 'string:"a\\"b"'],
    );
  });

  it('leave the next line alone after a stray quote', () => {
    expect(coloured("#error don't\nint a;", 'c')).toEqual(["string:'t", 'keyword:int']);
    expect(coloured('x = "open\nint a;', 'cpp')).toEqual(['string:"open', 'keyword:int']);
  });

  it('tell a C++ digit separator from a character', () => {
    expect(coloured("int a = 1'000'000; char b = u8'a';", 'cpp')).toEqual(
      expect.arrayContaining(['keyword:int', 'number:1', 'number:000', 'keyword:char', "string:'a'"]),
    );
  });

  it("tell Rust's lifetimes from characters, and keep strings over lines", () => {
    const found = coloured("fn f<'a>(x: &'a str) -> char { \"a\nb\"; 'x' }", 'rust');
    expect(found).toEqual(expect.arrayContaining(['keyword:fn', 'string:"a\nb"']));
    expect(found).not.toContain("string:'a>(x: &'");
  });

  it("read AssemblyScript's generics, templates and comments", () => {
    const found = coloured(
      'export function f(): i32 { let m = new Map<i32, Node>(); /* a */ return `x` + 1; }',
      'typescript',
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'keyword:export',
        'keyword:function',
        'keyword:let',
        'comment:/* a */',
        'keyword:return',
      ]),
    );
  });

  it.each([
    ['wasmtime/cpp-shapes-O1/shapes.cpp', 'cpp'],
    ['wasmtime/c-heap/heap.c', 'c'],
    ['wasmtime/rust-orders/trap.rs', 'rust'],
  ] as const)('of %s ascend and do not overlap', (path, language) => {
    const text = new TextDecoder().decode(fixture(path));
    const { starts, ends } = tokensOf(text, language);
    expect(starts.length).toBeGreaterThan(10);
    for (let at = 0; at < starts.length; at++) {
      expect(starts[at]).toBeLessThan(ends[at] ?? 0);
      expect(starts[at]).toBeGreaterThanOrEqual(ends[at - 1] ?? 0);
    }
  });

  it.each([...Object.keys(LANGUAGES)] as Language[])('of hostile %s end', (language) => {
    const texts = ['"', "'a", '/*', '\\', '<', '`${', '{(', '0x', '\u202e', '/'].map((part) =>
      part.repeat(20_000),
    );
    for (const text of texts) {
      const { ends } = tokensOf(text, language);
      expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
    }
  });
});
