import type { WordRange } from './word-range';

/** Finds words of a width among 32-bit words in memory's order: `found` is given the index of the first, ascending. */
export type FindWords = (words: Int32Array, count: number, found: (word: number) => void) => void;

export function wordFinder(width: 4 | 8, ranges: readonly WordRange[]): FindWords {
  const finders = ranges.map((range) => (width === 4 ? finder32(range) : finder64(range)));
  const [one, two] = finders;
  if (one === undefined) return () => undefined;
  if (two === undefined) return one;
  return (words, count, found) => {
    const all: number[] = [];
    for (const find of finders) find(words, count, (word) => all.push(word));
    // One range after the other is looked for: together they are in no order.
    for (const word of all.sort((a, b) => a - b)) found(word);
  };
}

/** The bits that are 0 in `word - first` for all words of a range, and for at most as many others. */
export function bitsAbove(span: number): number {
  return span >= 2 ** 31 ? 0 : ~(2 ** Math.ceil(Math.log2(span + 1)) - 1);
}

/** Whether one of four words is 0, without a branch for each: `(word - 1) & ~word` is negative for 0 alone. */
function oneIsZero(a: number, b: number, c: number, d: number): boolean {
  return (((a - 1) & ~a) | ((b - 1) & ~b) | ((c - 1) & ~c) | ((d - 1) & ~d)) < 0;
}

/** A single value is left to the engine's `indexOf`. */
function finder32(range: WordRange): FindWords {
  const first = Number(range.first) | 0;
  const span = Number(range.last - range.first);
  if (span === 0)
    return (words, count, found) => {
      const part = words.subarray(0, count);
      for (let at = part.indexOf(first); at !== -1; at = part.indexOf(first, at + 1)) found(at);
    };
  const bits = bitsAbove(span);
  return (words, count, found) => {
    let at = 0;
    for (; at + 4 <= count; at += 4) {
      const a = ((words[at] ?? 0) - first) & bits;
      const b = ((words[at + 1] ?? 0) - first) & bits;
      const c = ((words[at + 2] ?? 0) - first) & bits;
      const d = ((words[at + 3] ?? 0) - first) & bits;
      if (oneIsZero(a, b, c, d))
        for (let word = at; word < at + 4; word += 1)
          if (((words[word] ?? 0) - first) >>> 0 <= span) found(word);
    }
    for (; at < count; at += 1) if (((words[at] ?? 0) - first) >>> 0 <= span) found(at);
  };
}

/** By the upper halves first, since few of those are in question. */
function finder64({ first, last }: WordRange): FindWords {
  const high = Number(first >> 32n) | 0;
  const span = Number((last >> 32n) - (first >> 32n));
  const highLast = Number(last >> 32n) | 0;
  const [low, lowLast] = [Number(first & 0xffff_ffffn), Number(last & 0xffff_ffffn)];
  const bits = bitsAbove(span);
  const fits = (words: Int32Array, at: number): boolean => {
    const upper = words[at + 1] ?? 0;
    const lower = (words[at] ?? 0) >>> 0;
    if ((upper - high) >>> 0 > span) return false;
    return !(upper === high && lower < low) && !(upper === highLast && lower > lowLast);
  };
  return (words, count, found) => {
    let at = 0;
    for (; at + 8 <= count; at += 8) {
      const a = ((words[at + 1] ?? 0) - high) & bits;
      const b = ((words[at + 3] ?? 0) - high) & bits;
      const c = ((words[at + 5] ?? 0) - high) & bits;
      const d = ((words[at + 7] ?? 0) - high) & bits;
      if (oneIsZero(a, b, c, d))
        for (let word = at; word < at + 8; word += 2) if (fits(words, word)) found(word);
    }
    for (; at + 2 <= count; at += 2) if (fits(words, at)) found(at);
  };
}
