/** What a piece of source text is coloured as: three tones and the comment's, no rainbow. */
export type TokenKind = 'keyword' | 'number' | 'string' | 'comment';

/** In the order of their codes in `Tokens.kinds`. */
export const TOKEN_KINDS: readonly TokenKind[] = ['keyword', 'number', 'string', 'comment'];

/** The coloured tokens of a text, ascending, not overlapping: columns of equal length, in UTF-16 code units. */
export interface Tokens {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly kinds: Uint8Array;
}

export const NO_TOKENS: Tokens = {
  starts: new Uint32Array(),
  ends: new Uint32Array(),
  kinds: new Uint8Array(),
};

/** The index of the first token that ends after `offset`. */
export function firstToken({ ends }: Tokens, offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
