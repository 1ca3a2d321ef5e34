import type { Address } from '../../bytes/units';
import type { Matcher } from './matcher';

export type RunEncoding = 'ascii' | 'utf-8' | 'utf-16le';

/** Takes a run of text: the bytes from `from` to `to`, which stand at `address`. */
export type RunSink = (
  bytes: Uint8Array,
  from: number,
  to: number,
  address: Address,
  report: () => void,
) => void;

/** A line without an end is cut here, so that neither memory nor time for one line have no bound. */
export const LONGEST_RUN = 65_536;

/**
 * Finds lines of text: at least `minimum` characters, printable or tabs, between bytes that are no text. A line feed
 * ends a line. In UTF-8 and UTF-16 every character must be well-formed and no control; UTF-16 stands at even addresses,
 * and what could as well be ASCII is taken for that: "Hell" would be two Chinese characters.
 * A line of more than 64 KiB is cut into pieces.
 */
export function textRunMatcher(encoding: RunEncoding, minimum: number, sink: RunSink): Matcher {
  const scan = encoding === 'utf-16le' ? scanUnits : scanBytes;
  return { longest: LONGEST_RUN, zeros: false, barren: () => null, scan };

  function scanBytes(
    bytes: Uint8Array,
    address: Address,
    last: boolean,
    report: (index: number, length: number) => void,
  ): number {
    const table = encoding === 'ascii' ? ASCII : MAYBE_UTF8;
    const length = bytes.length;
    const take = (from: number, to: number): void =>
      sink(bytes, from, to, address + from, () => report(from, to - from));
    let at = 0;
    while (at + minimum <= length) {
      // A line that begins here holds the byte `minimum` on: where that is no text, all up to it is skipped at once.
      let back = at + minimum - 1;
      while (back >= at && table[bytes[back] ?? 0] === 1) back -= 1;
      if (back >= at) {
        at = back + 1;
        continue;
      }
      let end = at + minimum;
      const limit = Math.min(length, at + LONGEST_RUN);
      while (end < limit && table[bytes[end] ?? 0] === 1) end += 1;
      if (end === length && !last && end - at < LONGEST_RUN) return at;
      if (end - at === LONGEST_RUN) end = characterStart(bytes, end, at);
      if (encoding === 'ascii') take(at, end);
      else wellFormed(bytes, at, end, minimum, take);
      at = end;
    }
    if (last) return length;
    let rest = length;
    while (rest > at && table[bytes[rest - 1] ?? 0] === 1) rest -= 1;
    return rest;
  }

  function scanUnits(
    bytes: Uint8Array,
    address: Address,
    last: boolean,
    report: (index: number, length: number) => void,
  ): number {
    const table = unitTable();
    const length = bytes.length;
    let at = address % 2;
    while (at + 2 <= length) {
      // As with bytes: a line that begins here holds the units up to `minimum` on, none of which ends it.
      const furthest = at + 2 * (minimum - 1);
      if (furthest + 2 <= length) {
        let back = furthest;
        while (back >= at && table[(bytes[back] ?? 0) | ((bytes[back + 1] ?? 0) << 8)] !== 0) back -= 2;
        if (back >= at) {
          at = back + 2;
          continue;
        }
      }
      let end = at;
      let characters = 0;
      let ascii = true;
      const limit = Math.min(length, at + LONGEST_RUN);
      while (end + 2 <= limit) {
        const unit = (bytes[end] ?? 0) | ((bytes[end + 1] ?? 0) << 8);
        const kind = table[unit];
        if (kind === PRINTABLE) end += 2;
        else if (kind === HIGH && end + 4 <= limit && ((bytes[end + 3] ?? 0) & 0xfc) === 0xdc) end += 4;
        else break;
        characters += 1;
        ascii &&= ASCII[unit & 0xff] === 1 && ASCII[unit >>> 8] === 1;
      }
      // At the end of the bytes a pair may be cut in two: it takes four bytes to know.
      if (end + 4 > length && !last && end - at + 4 <= LONGEST_RUN) return at;
      if (characters >= minimum && !ascii) {
        const from = at;
        sink(bytes, from, end, address + from, () => report(from, end - from));
      }
      at = end === at ? at + 2 : end;
    }
    return last ? length : Math.min(at, length);
  }
}

/** 1 for what a line of ASCII holds. */
const ASCII = new Uint8Array(256);
for (let byte = 0x20; byte < 0x7f; byte += 1) ASCII[byte] = 1;
ASCII[9] = 1;

/** 1 for what a line of UTF-8 can hold: ASCII, and the bytes of longer characters. */
const MAYBE_UTF8 = ASCII.slice();
MAYBE_UTF8.fill(1, 0x80, 0xc0);
MAYBE_UTF8.fill(1, 0xc2, 0xf5);

/** Where the character begins that the byte at `end` belongs to; `end` itself where it is none of UTF-8. */
function characterStart(bytes: Uint8Array, end: number, from: number): number {
  for (let at = end; at > end - 4 && at > from; at -= 1) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at;
  return end;
}

/** Hands on the well-formed stretches of [from, to) that have at least `minimum` characters. */
function wellFormed(
  bytes: Uint8Array,
  from: number,
  to: number,
  minimum: number,
  take: (from: number, to: number) => void,
): void {
  let start = from;
  let characters = 0;
  let at = from;
  while (at < to) {
    const size = (bytes[at] ?? 0) < 0x80 ? 1 : characterLength(bytes, at, to);
    if (size > 0) {
      characters += 1;
      at += size;
      continue;
    }
    if (characters >= minimum) take(start, at);
    at += 1;
    start = at;
    characters = 0;
  }
  if (characters >= minimum) take(start, to);
}

/** Bytes of the well-formed character of several bytes at `at`; 0 where there is none, or a control (U+0080 to U+009F). */
function characterLength(bytes: Uint8Array, at: number, to: number): number {
  const lead = bytes[at] ?? 0;
  const second = at + 1 < to ? (bytes[at + 1] ?? 0) : 0;
  const follows = (index: number): boolean => index < to && ((bytes[index] ?? 0) & 0xc0) === 0x80;
  if (lead < 0xc2 || !follows(at + 1)) return 0;
  if (lead < 0xe0) return lead === 0xc2 && second < 0xa0 ? 0 : 2;
  if (lead < 0xf0) {
    if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
    return follows(at + 2) ? 3 : 0;
  }
  if (lead > 0xf4 || (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return follows(at + 2) && follows(at + 3) ? 4 : 0;
}

const PRINTABLE = 1;
const HIGH = 2;
const LOW = 3;
let units: Uint8Array | null = null;

/** What each unit of UTF-16 is: a printable character (or a tab), the first or the second half of a pair, or 0. */
function unitTable(): Uint8Array {
  if (units !== null) return units;
  units = new Uint8Array(65_536);
  for (let unit = 0; unit < 65_536; unit += 1) {
    if (unit >= 0xd800 && unit < 0xdc00) units[unit] = HIGH;
    else if (unit >= 0xdc00 && unit < 0xe000) units[unit] = LOW;
    else if (unit === 9 || /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$/u.test(String.fromCharCode(unit)))
      units[unit] = PRINTABLE;
  }
  return units;
}
