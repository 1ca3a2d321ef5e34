import type { BytePattern } from './byte-pattern';
import type { Matcher, Report } from './matcher';
import { type Anchor, RareByte } from './rare-byte';

/**
 * Looks for a pattern of bytes: jumps to the byte of the pattern that is rarest in what is searched; where none is rare,
 * the pattern's end is walked along with the skips of Horspool's algorithm.
 * @param alignment of the address at which a hit begins; 1 for any.
 */
export function byteMatcher(pattern: BytePattern, alignment: number): Matcher {
  const { mask, value, other, pairs } = pattern;
  const length = value.length;
  const skips = skipsOf(pattern);
  const rare = new RareByte(anchorsOf(pattern));

  const fits = (bytes: Uint8Array, from: number): boolean => {
    for (let at = 0; at < length; at += 1) {
      const byte = (bytes[from + at] ?? 0) & (mask[at] ?? 0);
      if (byte !== value[at] && byte !== other[at]) return false;
    }
    for (const pair of pairs)
      if (!equal(bytes, from + pair.at, pair.value) && !equal(bytes, from + pair.at, pair.other))
        return false;
    return true;
  };

  return {
    longest: length,
    zeros: fits(new Uint8Array(length), 0),
    barren(bytes, from, to) {
      const anchor = rare.choose(bytes);
      if (anchor === null) return null;
      const found = rare.next(bytes, anchor, from, to);
      rare.passed(found - from);
      return found;
    },
    scan(bytes, address, last, report) {
      const lastStart = bytes.length - length;
      const { anchor } = rare;
      rare.passed(bytes.length);
      const aligned: Report = (index, size) => {
        if (alignment === 1 || (address + index) % alignment === 0) report(index, size);
      };
      if (anchor === null) walk(bytes, lastStart, aligned);
      else jump(bytes, anchor, lastStart, aligned);
      return last ? bytes.length : Math.max(0, lastStart + 1);
    },
  };

  function jump(bytes: Uint8Array, anchor: Anchor, lastStart: number, report: Report): void {
    const { at } = anchor;
    const end = lastStart + at + 1;
    for (
      let found = rare.next(bytes, anchor, at, end);
      found < end;
      found = rare.next(bytes, anchor, found + 1, end)
    )
      if (fits(bytes, found - at)) report(found - at, length);
  }

  function walk(bytes: Uint8Array, lastStart: number, report: Report): void {
    const end = length - 1;
    for (let at = 0; at <= lastStart; at += skips[bytes[at + end] ?? 0] ?? 1)
      if (fits(bytes, at)) report(at, length);
  }
}

/** How far the pattern may be moved on when a byte stands under its last position: to where it fits again. */
function skipsOf({ mask, value, other }: BytePattern): Uint32Array {
  const length = value.length;
  const skips = new Uint32Array(256).fill(length);
  for (let at = 0; at < length - 1; at += 1) {
    const bits = mask[at] ?? 0;
    if (bits === 0xff) {
      skips[value[at] ?? 0] = length - 1 - at;
      skips[other[at] ?? 0] = length - 1 - at;
      continue;
    }
    for (let byte = 0; byte < 256; byte += 1)
      if ((byte & bits) === value[at] || (byte & bits) === other[at]) skips[byte] = length - 1 - at;
  }
  return skips;
}

/** Positions that can be jumped to, one for each byte that the pattern has; a letter of both cases where one bit tells them apart. */
function anchorsOf({ mask, value, other }: BytePattern): Anchor[] {
  const anchors = new Map<number, Anchor>();
  for (let at = 0; at < value.length; at += 1) {
    const differing = (value[at] ?? 0) ^ (other[at] ?? 0);
    const bits = (mask[at] ?? 0) & ~differing;
    const anchor = { at, mask: bits, value: (value[at] ?? 0) & bits };
    const key = bits * 256 + anchor.value;
    if (bits !== 0 && (differing & (differing - 1)) === 0 && !anchors.has(key)) anchors.set(key, anchor);
  }
  return [...anchors.values()];
}

function equal(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at += 1) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}
