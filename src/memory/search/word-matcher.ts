import type { Address } from '../../bytes/units';
import type { Matcher } from './matcher';
import { type Anchor, RareByte } from './rare-byte';
import { pairFinder } from './word-pairs';
import { BLOCK, type Endian, type FindInBytes, type WordRange } from './word-range';
import { wordFinder } from './words-in-range';

/**
 * Looks for the words of `width` bytes that lie in one of `ranges`, which do not overlap: at addresses that are multiples
 * of the width, or at any.
 */
export function wordMatcher(
  width: 4 | 8,
  ranges: readonly WordRange[],
  aligned: boolean,
  endian: Endian,
): Matcher {
  const rare = new RareByte(anchorsOf(width, ranges, endian));
  const find = aligned ? alignedFinder(width, ranges, endian) : pairFinder(width, ranges, endian);
  return {
    longest: width,
    zeros: ranges.some(({ first }) => first === 0n),
    barren(bytes, from, to) {
      const anchor = rare.choose(bytes);
      if (anchor === null) return null;
      const found = rare.next(bytes, anchor, from, to);
      rare.passed(found - from);
      return found;
    },
    scan(bytes, address, last, report) {
      rare.passed(bytes.length);
      find(bytes, aligned ? (width - (address % width)) % width : 0, (index) => report(index, width));
      return last ? bytes.length : resumeAt(bytes.length, address, width, aligned);
    },
  };
}

/** The first index at which a word may begin that does not end in these bytes. */
function resumeAt(length: number, address: Address, width: number, aligned: boolean): number {
  const from = Math.max(0, length - width + 1);
  if (!aligned) return from;
  return Math.min(length, from + ((width - ((address + from) % width)) % width));
}

/** The bytes that all words of a single range share: those before the first in which its ends differ. */
function anchorsOf(width: 4 | 8, ranges: readonly WordRange[], endian: Endian): Anchor[] {
  const [range, second] = ranges;
  if (range === undefined || second !== undefined) return [];
  const anchors: Anchor[] = [];
  for (let place = width - 1; place >= 0; place -= 1) {
    const shift = BigInt(8 * place);
    if (range.first >> shift !== range.last >> shift) break;
    const at = endian === 'little' ? place : width - 1 - place;
    anchors.push({ at, mask: 0xff, value: Number((range.first >> shift) & 0xffn) });
  }
  return anchors;
}

/** Finds words from `from` on, one after the other without a space. */
function alignedFinder(width: 4 | 8, ranges: readonly WordRange[], endian: Endian): FindInBytes {
  const block = new Uint8Array(BLOCK);
  const words = new Int32Array(block.buffer);
  const find = wordFinder(width, ranges);
  return (bytes, from, found) => {
    for (let at = from; at + width <= bytes.length; at += BLOCK) {
      const length = Math.floor(Math.min(BLOCK, bytes.length - at) / width) * width;
      block.set(bytes.subarray(at, at + length));
      if (endian === 'big') turn(words, length / 4, width);
      find(words, length / 4, (word) => found(at + word * 4));
    }
  };
}

/** Makes little-endian words of big-endian ones. */
function turn(words: Int32Array, count: number, width: 4 | 8): void {
  for (let at = 0; at < count; at += 1) {
    const word = words[at] ?? 0;
    words[at] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  }
  if (width === 4) return;
  for (let at = 0; at + 2 <= count; at += 2) {
    const high = words[at] ?? 0;
    words[at] = words[at + 1] ?? 0;
    words[at + 1] = high;
  }
}
