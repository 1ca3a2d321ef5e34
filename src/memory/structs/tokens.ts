/** Where something stands in a text: `offset` in characters, line and column from 1. */
export interface Place {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface Token {
  readonly kind: 'word' | 'number' | 'sign' | 'end';
  /** As it is written; empty at the end. */
  readonly text: string;
  readonly at: Place;
}

/** What is wrong with a text of structs: where, what must stand there, and what does. */
export interface StructProblem {
  readonly at: Place;
  readonly expected: string;
  readonly found: string;
}

/** Thrown inside parser and layout only; `compileStructs` turns it into a `StructProblem`. */
export class StructError extends Error {
  readonly problem: StructProblem;

  constructor(at: Place, expected: string, found: string) {
    super(`${expected} expected, ${found} found`);
    this.problem = { at, expected, found };
  }
}

/** Longest text that is read, in characters. */
export const LONGEST_TEXT = 65_536;
/** Longest part of the text that a problem repeats. */
const LONGEST_FOUND = 40;

const SPACE = /[ \t\r\n\f\v]+|\/\/[^\n]*/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]*/y;

/** A token as a problem names it. */
export function foundText(token: Token): string {
  if (token.kind === 'end') return 'the end';
  const { text } = token;
  return `\`${text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text}\``;
}

/**
 * Cuts a text into words, numbers and single signs; comments of both kinds are left out.
 * @throws StructError for a text that is too long, a comment that does not end, a number that runs into a word.
 */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > LONGEST_TEXT)
    throw new StructError(
      { offset: 0, line: 1, column: 1 },
      `at most ${LONGEST_TEXT} characters`,
      `${text.length} characters`,
    );
  const lines = new Lines(text);
  const tokens: Token[] = [];
  let at = 0;
  while (true) {
    at = skip(text, at, lines);
    if (at >= text.length) break;
    const word = match(WORD, text, at);
    const number = word === null ? match(NUMBER, text, at) : null;
    const own = word ?? number ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (number !== null && match(WORD, text, at + own.length) !== null) {
      const whole = own + (match(/[A-Za-z0-9_]+/y, text, at + own.length) ?? '');
      const token: Token = { kind: 'number', text: whole, at: lines.place(at) };
      throw new StructError(token.at, 'a number', foundText(token));
    }
    const kind = word !== null ? 'word' : number !== null ? 'number' : 'sign';
    tokens.push({ kind, text: own, at: lines.place(at) });
    at += own.length;
  }
  tokens.push({ kind: 'end', text: '', at: lines.place(text.length) });
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The first place from `at` on that is neither space nor comment. */
function skip(text: string, at: number, lines: Lines): number {
  while (true) {
    const space = match(SPACE, text, at);
    if (space !== null) {
      at += space.length;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) throw new StructError(lines.place(at), '`*/` after this `/*`', 'the end');
      at = end + 2;
    } else {
      return at;
    }
  }
}

/** Where the lines of a text begin. */
class Lines {
  readonly #starts: number[] = [0];
  /** The line that was found last: places are asked for in ascending order, nearly always. */
  #at = 0;

  constructor(text: string) {
    for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1)) {
      this.#starts.push(next + 1);
    }
  }

  place(offset: number): Place {
    if (offset < (this.#starts[this.#at] ?? 0)) this.#at = 0;
    while ((this.#starts[this.#at + 1] ?? Number.POSITIVE_INFINITY) <= offset) this.#at += 1;
    return { offset, line: this.#at + 1, column: offset - (this.#starts[this.#at] ?? 0) + 1 };
  }
}
