import type { Bytes } from '../../bytes/units';
import { byteMatcher } from './byte-matcher';
import { exactPattern, type ParsedPattern, parseHex, type TextEncoding, textPattern } from './byte-pattern';
import { floatRanges, nanRanges } from './float-bits';
import type { Matcher } from './matcher';
import { parseFloatRange, parseInteger, parseRange } from './numbers';
import { wordMatcher } from './word-matcher';
import type { Endian } from './word-range';

/** What to look for, as the user typed it: `text` is read by `kind`. */
export type SearchQuery =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: TextEncoding;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'hex'; readonly text: string }
  | {
      readonly kind: 'integer';
      readonly text: string;
      readonly width: 1 | 2 | 4 | 8;
      readonly aligned: boolean;
      /** Wasm is little-endian; what came over a network may not be. */
      readonly endian: Endian;
    }
  | {
      readonly kind: 'float';
      readonly text: string;
      readonly width: 4 | 8;
      readonly aligned: boolean;
      readonly endian: Endian;
    }
  /** Words that are an address in a range: `0x11130`, `0x11130..0x11170`, `0x11130+64`. */
  | { readonly kind: 'pointers'; readonly text: string; readonly width: 4 | 8; readonly aligned: boolean }
  | {
      readonly kind: 'expression';
      readonly text: string;
      readonly encoding: TextEncoding;
      readonly ignoreCase: boolean;
    };

export type Compiled =
  | { readonly kind: 'matcher'; readonly matcher: Matcher }
  /** To be matched line by line, where it can be ended. */
  | { readonly kind: 'expression'; readonly source: string; readonly flags: string }
  /** Cannot be looked for; a sentence. */
  | { readonly kind: 'problem'; readonly message: string };

/** The longest regular expression: the engine takes time and memory to translate one. */
const LONGEST_EXPRESSION: Bytes = 2000;

/** Reads what was typed and makes the matcher for it. */
export function compileQuery(query: SearchQuery): Compiled {
  switch (query.kind) {
    case 'text':
      return ofPattern(textPattern(query.text, query.encoding, query.ignoreCase), 1);
    case 'hex':
      return ofPattern(parseHex(query.text), 1);
    case 'integer':
      return compileInteger(query);
    case 'float':
      return compileFloat(query);
    case 'pointers':
      return compilePointers(query.text, query.width, query.aligned);
    case 'expression':
      return compileExpression(query.text, query.ignoreCase);
  }
}

function ofPattern(parsed: ParsedPattern, alignment: number): Compiled {
  if (parsed.kind === 'problem') return parsed;
  return { kind: 'matcher', matcher: byteMatcher(parsed.pattern, alignment) };
}

function compileInteger({ text, width, aligned, endian }: SearchQuery & { kind: 'integer' }): Compiled {
  const parsed = parseInteger(text, width);
  if (parsed.kind === 'problem') return parsed;
  return exactWord(parsed.value, width, aligned, endian);
}

/** One word: by the engine's `indexOf` over words where it is aligned, else by its rarest byte. */
function exactWord(value: bigint, width: 1 | 2 | 4 | 8, aligned: boolean, endian: Endian): Compiled {
  if (width === 4 && aligned)
    return { kind: 'matcher', matcher: wordMatcher(width, [{ first: value, last: value }], aligned, endian) };
  const bytes = new Uint8Array(width);
  for (let at = 0; at < width; at += 1) bytes[at] = Number((value >> BigInt(8 * at)) & 0xffn);
  if (endian === 'big') bytes.reverse();
  return { kind: 'matcher', matcher: byteMatcher(exactPattern(bytes), aligned ? width : 1) };
}

function compileFloat({ text, width, aligned, endian }: SearchQuery & { kind: 'float' }): Compiled {
  const parsed = parseFloatRange(text, width);
  if (parsed.kind === 'problem') return parsed;
  const ranges = parsed.kind === 'nan' ? nanRanges(width) : floatRanges(width, parsed.low, parsed.high);
  return { kind: 'matcher', matcher: wordMatcher(width, ranges, aligned, endian) };
}

function compilePointers(text: string, width: 4 | 8, aligned: boolean): Compiled {
  const parsed = parseRange(text);
  if (parsed.kind === 'problem') return parsed;
  const { first, last } = parsed;
  const limit = 1n << BigInt(8 * width);
  if (first >= limit || last >= limit)
    return {
      kind: 'problem',
      message: `Past the last address of ${8 * width} bits, 0x${(limit - 1n).toString(16)}.`,
    };
  if (first === last) return exactWord(first, width, aligned, 'little');
  return { kind: 'matcher', matcher: wordMatcher(width, [{ first, last }], aligned, 'little') };
}

function compileExpression(source: string, ignoreCase: boolean): Compiled {
  if (source === '') return { kind: 'problem', message: 'No expression is given.' };
  if (source.length > LONGEST_EXPRESSION)
    return {
      kind: 'problem',
      message: `${source.length.toLocaleString('en-US')} characters: an expression has at most ${LONGEST_EXPRESSION.toLocaleString('en-US')}.`,
    };
  const flags = ignoreCase ? 'giu' : 'gu';
  try {
    new RegExp(source, flags);
  } catch (error) {
    return { kind: 'problem', message: expressionProblem(error) };
  }
  return { kind: 'expression', source, flags };
}

/** What the engine says about an expression, without the expression: `Invalid regular expression: /(/gu: Unterminated group`. */
function expressionProblem(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const reason = said.slice(said.lastIndexOf(': ') + 1).trim();
  return `The expression cannot be read: ${reason.toLowerCase()}.`;
}
