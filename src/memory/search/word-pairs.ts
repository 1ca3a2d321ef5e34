import { BLOCK, type Endian, type FindInBytes, type WordRange } from './word-range';

/** What the two highest bytes of a word of a range can be: `value` under `mask`, as they stand in memory. */
interface Pair {
  readonly mask: number;
  readonly value: number;
}

/**
 * Finds words at any address in one pass: a word is looked at where its two highest bytes are as those of a range. All
 * four places at which such a pair can begin in 32 bits are judged at once.
 */
export function pairFinder(width: 4 | 8, ranges: readonly WordRange[], endian: Endian): FindInBytes {
  const pairAt = endian === 'little' ? width - 2 : 0;
  const block = new Uint8Array(BLOCK);
  const words = new Int32Array(block.buffer);
  const finders = ranges.map((range) => ({
    pair: pairOf(width, range, endian),
    fits: width === 4 ? fits32(range, endian) : fits64(range, endian),
  }));
  return (bytes, from, found) => {
    const end = bytes.length - width + pairAt + 2;
    // The last byte of a block is the first of the next: a pair may begin at it.
    for (let at = from + pairAt; at + 2 <= end; at += BLOCK - 1) {
      const length = Math.min(BLOCK, end - at);
      block.set(bytes.subarray(at, at + length));
      const places: number[] = [];
      for (const { pair, fits } of finders)
        findPairs(words, length, pair, (place) => {
          const start = at + place - pairAt;
          if (fits(bytes, start)) places.push(start);
        });
      if (finders.length > 1) places.sort((a, b) => a - b);
      for (const start of places) found(start);
    }
  };
}

/** Tells where pairs begin among `length` bytes, ascending; and at some more places. */
function findPairs(words: Int32Array, length: number, pair: Pair, found: (place: number) => void): void {
  const mask = pair.mask | (pair.mask << 16);
  const value = pair.value | (pair.value << 16);
  const count = Math.ceil(length / 4);
  let before = 0;
  for (let at = 0; at < count; at += 1) {
    const word = words[at] ?? 0;
    const even = (word & mask) ^ value;
    const odd = (((before >>> 24) | (word << 8)) & mask) ^ value;
    before = word;
    // As with bytes: the high bit of a half is set where it is 0, or only one below it is.
    if (((((even - 0x0001_0001) & ~even) | ((odd - 0x0001_0001) & ~odd)) & 0x8000_8000) === 0) continue;
    const first = at * 4;
    if ((odd & 0xffff) === 0 && first > 0 && first < length) found(first - 1);
    if ((even & 0xffff) === 0 && first + 2 <= length) found(first);
    if (odd >>> 16 === 0 && first + 3 <= length) found(first + 1);
    if (even >>> 16 === 0 && first + 4 <= length) found(first + 2);
  }
}

function pairOf(width: 4 | 8, { first, last }: WordRange, endian: Endian): Pair {
  const shift = BigInt(8 * width - 16);
  const [low, high] = [Number(first >> shift), Number(last >> shift)];
  // The bits above the first in which the ends differ.
  const mask = 0xffff & ~(2 ** (32 - Math.clz32(low ^ high)) - 1);
  const turned = (pair: number): number => ((pair & 0xff) << 8) | (pair >>> 8);
  const value = low & mask;
  return endian === 'little' ? { mask, value } : { mask: turned(mask), value: turned(value) };
}

type Fits = (bytes: Uint8Array, at: number) => boolean;

function word32(bytes: Uint8Array, at: number, endian: Endian): number {
  const [a, b, c, d] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
  return (
    (endian === 'little' ? a | (b << 8) | (c << 16) | (d << 24) : (a << 24) | (b << 16) | (c << 8) | d) >>> 0
  );
}

function fits32(range: WordRange, endian: Endian): Fits {
  const [first, last] = [Number(range.first), Number(range.last)];
  return (bytes, at) => {
    const word = word32(bytes, at, endian);
    return word >= first && word <= last;
  };
}

function fits64({ first, last }: WordRange, endian: Endian): Fits {
  const [highFirst, highLast] = [Number(first >> 32n), Number(last >> 32n)];
  const [lowFirst, lowLast] = [Number(first & 0xffff_ffffn), Number(last & 0xffff_ffffn)];
  const [highAt, lowAt] = endian === 'little' ? [4, 0] : [0, 4];
  return (bytes, at) => {
    const high = word32(bytes, at + highAt, endian);
    if (high < highFirst || high > highLast) return false;
    const low = word32(bytes, at + lowAt, endian);
    return !(high === highFirst && low < lowFirst) && !(high === highLast && low > lowLast);
  };
}
