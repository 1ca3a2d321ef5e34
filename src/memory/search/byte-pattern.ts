/**
 * Bytes to look for, position by position: a byte fits where `byte & mask` is `value` or `other` (the other case of a
 * letter; equal to `value` where there is none). A mask of 0 fits any byte.
 */
export interface BytePattern {
  readonly mask: Uint8Array;
  readonly value: Uint8Array;
  readonly other: Uint8Array;
  /** Letters of several bytes that differ in more than one of them from their other case: one or the other, no mixture. */
  readonly pairs: readonly LetterPair[];
}

/** Both cases of a letter that stands at `at` in a pattern. */
export interface LetterPair {
  readonly at: number;
  readonly value: Uint8Array;
  readonly other: Uint8Array;
}

export type ParsedPattern =
  | { readonly kind: 'pattern'; readonly pattern: BytePattern }
  | { readonly kind: 'problem'; readonly message: string };

/** What is longer is no pattern: a mistake, or an attack on the time it takes. */
export const LONGEST_PATTERN = 65_536;

const tooLong = (length: number): ParsedPattern => ({
  kind: 'problem',
  message: `${length.toLocaleString('en-US')} bytes: a pattern has at most ${LONGEST_PATTERN.toLocaleString('en-US')}.`,
});

/** A pattern of exactly these bytes. */
export function exactPattern(bytes: Uint8Array): BytePattern {
  return { mask: new Uint8Array(bytes.length).fill(0xff), value: bytes, other: bytes, pairs: [] };
}

/**
 * Hex bytes, with or without spaces, commas and `0x`: `48 65 6c`, `48656c`. `?` is any digit, `??` (or a `?` that stands
 * alone) any byte.
 */
export function parseHex(text: string): ParsedPattern {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const digits = words.map((word) => (word === '?' ? '??' : word.replace(/^0x/i, ''))).join('');
  if (digits.length === 0) return { kind: 'problem', message: 'No byte is given.' };
  if (digits.length > 2 * LONGEST_PATTERN) return tooLong(Math.ceil(digits.length / 2));
  const bad = /[^\da-f?]/iu.exec(digits);
  if (bad !== null)
    return { kind: 'problem', message: `${JSON.stringify(bad[0])} is no hex digit and no ?.` };
  if (digits.length % 2 === 1)
    return { kind: 'problem', message: `${digits.length} digits: a byte has two, with a leading 0.` };
  const length = digits.length / 2;
  const mask = new Uint8Array(length);
  const value = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) {
    for (const [digit, shift] of [
      [digits.charAt(2 * at), 4],
      [digits.charAt(2 * at + 1), 0],
    ] as const) {
      if (digit === '?') continue;
      mask[at] = (mask[at] ?? 0) | (0xf << shift);
      value[at] = (value[at] ?? 0) | (Number.parseInt(digit, 16) << shift);
    }
  }
  if (mask.every((bits) => bits === 0))
    return { kind: 'problem', message: 'Every byte is ??: at least one digit has to be known.' };
  return { kind: 'pattern', pattern: { mask, value, other: value, pairs: [] } };
}

export type TextEncoding = 'utf-8' | 'utf-16le';

/**
 * Text as the bytes that a program keeps it in. Without regard to case, a letter also fits as its other case where that
 * is one character of the same length in bytes: so `é` fits `É`, and `ß`, whose capital is longer, fits itself.
 */
export function textPattern(text: string, encoding: TextEncoding, ignoreCase: boolean): ParsedPattern {
  if (text === '') return { kind: 'problem', message: 'No text is given.' };
  if (text.length > LONGEST_PATTERN) return tooLong(text.length);
  const value = encodeText(text, encoding);
  if (value.length > LONGEST_PATTERN) return tooLong(value.length);
  if (!ignoreCase) return { kind: 'pattern', pattern: exactPattern(value) };
  const other = value.slice();
  const pairs: LetterPair[] = [];
  let at = 0;
  for (const character of text) {
    const own = encodeText(character, encoding);
    const turned = encodeText(otherCase(character), encoding);
    if (turned.length === own.length) {
      other.set(turned, at);
      const differing = own.reduce((count, byte, index) => count + (byte === turned[index] ? 0 : 1), 0);
      if (differing > 1) pairs.push({ at, value: own, other: turned });
    }
    at += own.length;
  }
  const mask = new Uint8Array(value.length).fill(0xff);
  return { kind: 'pattern', pattern: { mask, value, other, pairs } };
}

/** The bytes of a text. A lone surrogate is written as U+FFFD in UTF-8, as it is in UTF-16. */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[2 * at] = unit & 0xff;
    bytes[2 * at + 1] = unit >>> 8;
  }
  return bytes;
}

function otherCase(character: string): string {
  const lower = character.toLowerCase();
  return lower === character ? character.toUpperCase() : lower;
}
