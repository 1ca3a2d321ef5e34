import { columnOffset, lineRange, type SourceText } from './text';
import { firstToken, TOKEN_KINDS, type TokenKind, type Tokens } from './tokens';

/** Code units of a line that are drawn; of a line of 1 MB the rest is counted. */
export const LINE_LIMIT = 2000;

const TAB = 4;

/** A run of one look in a line. `unseen`: characters that would not be seen, written out. */
export interface Piece {
  readonly text: string;
  readonly kind: TokenKind | 'plain' | 'unseen';
  /** The column that is marked begins here. */
  readonly marked: boolean;
}

export interface DrawnLine {
  readonly pieces: readonly Piece[];
  /** Code units that are not drawn. */
  readonly cut: number;
}

/** Characters that change what the reader sees without being seen, as in `visible`, but the tab. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * A line as it is drawn: coloured, tabs as spaces, and what cannot be seen written out, so that a text cannot look like
 * another one ("Trojan Source", CVE-2021-42574).
 * @param line from 1. @param column of debug information to mark, from 1; null: none.
 */
export function linePieces(
  source: SourceText,
  tokens: Tokens,
  line: number,
  column: number | null,
): DrawnLine {
  const range = lineRange(source, line);
  if (range === null) return { pieces: [], cut: 0 };
  const { start } = range;
  const end = Math.min(range.end, start + LINE_LIMIT);
  const text = source.text.slice(start, end);
  const marked = column === null ? null : columnOffset(text, column);
  const pieces: Piece[] = [];
  let drawn = 0;
  const add = (from: number, to: number, kind: Piece['kind']) => {
    // The mark is on one character, wherever a token begins.
    const cuts = marked === null ? [] : [marked, nextCharacter(text, marked)];
    const edges = [from, ...cuts.filter((at) => at > from && at < to), to];
    for (let at = 0; at + 1 < edges.length; at++) {
      const [left = 0, right = 0] = [edges[at], edges[at + 1]];
      for (const piece of seen(text.slice(left, right), kind, drawn)) {
        pieces.push({ ...piece, marked: left === marked });
        drawn += piece.text.length;
      }
    }
  };
  let at = 0;
  for (let token = firstToken(tokens, start); at < text.length; token++) {
    const from = Math.max(at, (tokens.starts[token] ?? end) - start);
    const to = Math.min(text.length, (tokens.ends[token] ?? end) - start);
    if (from > at) add(at, Math.min(from, text.length), 'plain');
    if (from >= text.length) break;
    if (to > from) add(from, to, TOKEN_KINDS[tokens.kinds[token] ?? 0] ?? 'plain');
    at = Math.max(at, to, from);
    if (token >= tokens.starts.length) break;
  }
  return { pieces, cut: range.end - end };
}

function nextCharacter(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** Tabs become spaces up to the next stop, what is unseen an escape of its own piece. */
function seen(text: string, kind: Piece['kind'], column: number): Omit<Piece, 'marked'>[] {
  const pieces: Omit<Piece, 'marked'>[] = [];
  let plain = '';
  for (const character of text) {
    if (character === '\t') {
      plain += ' '.repeat(TAB - ((column + plain.length) % TAB));
    } else if (UNSEEN.test(character)) {
      if (plain !== '') pieces.push({ text: plain, kind });
      column += plain.length;
      plain = '';
      const written = escaped(character);
      pieces.push({ text: written, kind: 'unseen' });
      column += written.length;
    } else plain += character;
  }
  if (plain !== '') pieces.push({ text: plain, kind });
  return pieces;
}

function escaped(character: string): string {
  return character === '\r' ? '\\r' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
