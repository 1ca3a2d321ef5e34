import { type ParseOptions, tokenize } from 'sugar-high/core';
import * as c from 'sugar-high/lang/c';
import * as cpp from 'sugar-high/lang/cpp';
import * as csharp from 'sugar-high/lang/csharp';
import * as go from 'sugar-high/lang/go';
import * as java from 'sugar-high/lang/java';
import * as javascript from 'sugar-high/lang/javascript';
import * as kotlin from 'sugar-high/lang/kotlin';
import * as python from 'sugar-high/lang/python';
import * as ruby from 'sugar-high/lang/ruby';
import * as rust from 'sugar-high/lang/rust';
import * as swift from 'sugar-high/lang/swift';
import * as typescript from 'sugar-high/lang/typescript';
import * as zig from 'sugar-high/lang/zig';
import type { Language } from '../../app/sources/language';
import { TOKEN_KINDS, type TokenKind, type Tokens } from '../../app/sources/tokens';

/**
 * A string that ends where its line does: a stray quote (`#error don't`, an apostrophe in a macro) would else colour the
 * rest of the file. In C++ a quote between digits is none: `1'000'000`.
 */
function onLiteral(current: string, index: number, code: string): number {
  if (current !== '"' && current !== "'") return 0;
  const digit = /[0-9a-fA-F]/;
  if (current === "'" && digit.test(code[index - 1] ?? '') && digit.test(code[index + 1] ?? '')) {
    if (code[index + 2] !== "'") return 1;
  }
  let at = index + 1;
  for (; at < code.length && code[at] !== '\n'; at++) {
    if (code[at] === '\\') at++;
    else if (code[at] === current) return at + 1 - index;
  }
  return Math.min(at, code.length) - index;
}

const GRAMMARS: Readonly<Record<Language, ParseOptions>> = {
  c: { ...c, onLiteral },
  cpp: { ...cpp, onLiteral },
  csharp: { ...csharp, onLiteral },
  go: { ...go, onLiteral, templateStrings: true },
  java: { ...java, onLiteral },
  javascript: { tokenize: (code) => javascript.tokenize(code, undefined) },
  // A generic call (`new Map<i32, Node>()`) is no element of JSX.
  typescript: { tokenize: (code) => typescript.tokenize(code, { jsx: false }) },
  kotlin,
  python,
  ruby,
  rust,
  swift,
  zig: { ...zig, onLiteral },
};

/** The library's token types (its `SugarHigh.TokenTypes`), by index, as ours; null is left plain. */
const KINDS: readonly (TokenKind | null)[] = [
  null, // identifier
  'keyword',
  'string',
  null, // class: types by keyword, names that begin upper case, and numbers
  null, // property
  null, // entity
  null, // jsxliterals
  null, // sign
  'comment',
  null, // break
  null, // space
];

/** The coloured tokens of a text. Takes about 0.2 s for 100,000 lines: for a worker. */
export function tokensOf(text: string, language: Language): Tokens {
  const starts: number[] = [];
  const ends: number[] = [];
  const kinds: number[] = [];
  const grammar = GRAMMARS[language];
  let at = 0;
  for (const [type, value] of tokenize(text, grammar)) {
    const kind = /^\d/.test(value) ? 'number' : grammar.typeKeywords?.has(value) ? 'keyword' : KINDS[type];
    // The library's tokens are the text, in order: should one not be, nothing after it is coloured.
    if (!text.startsWith(value, at)) break;
    if (kind != null) {
      starts.push(at);
      ends.push(at + value.length);
      kinds.push(TOKEN_KINDS.indexOf(kind));
    }
    at += value.length;
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), kinds: Uint8Array.from(kinds) };
}
