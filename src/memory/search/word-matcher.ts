import type { Address } from '../../bytes/units';
import type { Matcher } from './matcher';

/** A range of words, both ends included, as unsigned integers. */
export interface WordRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** Words are looked at in a copy of this many bytes, whose first byte stands at an address that words begin at. */
const BLOCK = 65_536;

/**
 * Looks for the little-endian words of `width` bytes that lie in one of `ranges`, which do not overlap: at addresses
 * that are multiples of the width, or at any.
 */
export function wordMatcher(width: 4 | 8, ranges: readonly WordRange[], aligned: boolean): Matcher {
  const block = new Uint8Array(BLOCK);
  const words = new Uint32Array(block.buffer);
  const find = width === 4 ? finder32(ranges) : finder64(ranges);
  const phases = aligned ? 1 : width;
  return {
    longest: width,
    zeros: ranges.some(({ first }) => first === 0n),
    scan(bytes, address, last, report) {
      let at = aligned ? (width - (address % width)) % width : 0;
      for (; at + width <= bytes.length; at += BLOCK) {
        const found: number[] = [];
        for (let phase = 0; phase < phases; phase += 1) {
          const from = at + phase;
          const length = Math.floor(Math.min(BLOCK, bytes.length - from) / width) * width;
          if (length <= 0) break;
          block.set(bytes.subarray(from, from + length));
          find(words, length / 4, (word) => found.push(from + word * 4));
        }
        // A phase looks for one range after the other: only one phase with one range is in order.
        if (phases > 1 || ranges.length > 1) found.sort((a, b) => a - b);
        for (const index of found) report(index, width);
      }
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

type Find = (words: Uint32Array, count: number, found: (word: number) => void) => void;

/** Finds words of 32 bits. A single value is left to the engine's `indexOf`. */
function finder32(ranges: readonly WordRange[]): Find {
  const bounds = ranges.map(({ first, last }) => ({ first: Number(first), span: Number(last - first) }));
  const [one, two] = bounds;
  if (one === undefined) return () => undefined;
  if (two === undefined && one.span === 0)
    return (words, count, found) => {
      const part = words.subarray(0, count);
      for (let at = part.indexOf(one.first); at !== -1; at = part.indexOf(one.first, at + 1)) found(at);
    };
  if (two === undefined) {
    const { first, span } = one;
    return (words, count, found) => {
      for (let at = 0; at < count; at += 1) if (((words[at] ?? 0) - first) >>> 0 <= span) found(at);
    };
  }
  return (words, count, found) => {
    for (const { first, span } of bounds)
      for (let at = 0; at < count; at += 1) if (((words[at] ?? 0) - first) >>> 0 <= span) found(at);
  };
}

/** Finds words of 64 bits: by their upper halves first, since few of those are in question. */
function finder64(ranges: readonly WordRange[]): Find {
  const high = (value: bigint): number => Number(value >> 32n);
  const low = (value: bigint): number => Number(value & 0xffff_ffffn);
  const bounds = ranges.map(({ first, last }) => ({
    high: high(first),
    span: high(last) - high(first),
    low: low(first),
    highLast: high(last),
    lowLast: low(last),
  }));
  return (words, count, found) => {
    for (const bound of bounds)
      for (let at = 1; at < count; at += 2) {
        const upper = words[at] ?? 0;
        if ((upper - bound.high) >>> 0 > bound.span) continue;
        const lower = words[at - 1] ?? 0;
        if (upper === bound.high && lower < bound.low) continue;
        if (upper === bound.highLast && lower > bound.lowLast) continue;
        found(at - 1);
      }
  };
}
