import type { BytePattern } from './byte-pattern';
import type { Matcher, Report } from './matcher';

/** How much of a stretch is counted to find out which byte of the pattern is rare in it. */
const SAMPLE = 4096;
/** A byte that makes up more than one in this many costs more to be jumped to than to be walked to. */
const RARE = 48;
/** Stretches shorter than this are judged by the sample before: sampling would take as long as searching. */
const WORTH_A_SAMPLE = 1 << 20;

/** What a byte can be at one position, or two at most. */
interface Anchor {
  readonly at: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Looks for a pattern of bytes. The engine's own `indexOf` jumps to the byte of the pattern that is rarest in what is
 * searched; where none is rare, the pattern's end is walked along with the skips of Horspool's algorithm.
 * @param alignment of the address at which a hit begins; 1 for any.
 */
export function byteMatcher(pattern: BytePattern, alignment: number): Matcher {
  const { mask, value, other, pairs } = pattern;
  const length = value.length;
  const skips = skipsOf(pattern);
  const anchors = anchorsOf(pattern);
  const counts = new Uint32Array(256);
  let sampled = 0;
  let unsampled = Number.POSITIVE_INFINITY;
  let anchor: Anchor | null = anchors[0] ?? null;

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

  const sample = (bytes: Uint8Array): void => {
    unsampled += bytes.length;
    if (unsampled < WORTH_A_SAMPLE || bytes.length === 0) return;
    unsampled = 0;
    counts.fill(0);
    sampled = Math.min(bytes.length, SAMPLE);
    for (let at = 0; at < sampled; at += 1) {
      const byte = bytes[at] ?? 0;
      counts[byte] = (counts[byte] ?? 0) + 1;
    }
    let best = Number.POSITIVE_INFINITY;
    anchor = null;
    for (const candidate of anchors) {
      const often = countOf(counts, candidate);
      if (often >= best) continue;
      best = often;
      if (often * RARE <= sampled) anchor = candidate;
    }
  };

  return {
    longest: length,
    zeros: fits(new Uint8Array(length), 0),
    scan(bytes, address, last, report) {
      const lastStart = bytes.length - length;
      sample(bytes);
      const aligned: Report = (index, size) => {
        if (alignment === 1 || (address + index) % alignment === 0) report(index, size);
      };
      if (anchor === null) walk(bytes, lastStart, aligned);
      else if (anchor.a === anchor.b) jump(bytes, anchor, lastStart, aligned);
      else jumpEither(bytes, anchor, lastStart, aligned);
      return last ? bytes.length : Math.max(0, lastStart + 1);
    },
  };

  function jump(bytes: Uint8Array, { at, a }: Anchor, lastStart: number, report: Report): void {
    const end = lastStart + at;
    for (let found = bytes.indexOf(a, at); found !== -1 && found <= end; found = bytes.indexOf(a, found + 1))
      if (fits(bytes, found - at)) report(found - at, length);
  }

  /** As `jump`, for a letter of both cases. */
  function jumpEither(bytes: Uint8Array, { at, a, b }: Anchor, lastStart: number, report: Report): void {
    const end = lastStart + at;
    const next = (byte: number, from: number): number => {
      const found = bytes.indexOf(byte, from);
      return found === -1 ? Number.POSITIVE_INFINITY : found;
    };
    let first = next(a, at);
    let second = next(b, at);
    for (let found = Math.min(first, second); found <= end; found = Math.min(first, second)) {
      if (fits(bytes, found - at)) report(found - at, length);
      if (first === found) first = next(a, found + 1);
      else second = next(b, found + 1);
    }
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

/** Positions that can be jumped to, one for each byte (or pair of cases) that the pattern has. */
function anchorsOf({ mask, value, other }: BytePattern): Anchor[] {
  const anchors = new Map<number, Anchor>();
  for (let at = 0; at < value.length; at += 1) {
    const [a, b] = [value[at] ?? 0, other[at] ?? 0];
    const key = a * 256 + b;
    if (mask[at] === 0xff && !anchors.has(key)) anchors.set(key, { at, a, b });
  }
  return [...anchors.values()];
}

/** Two bytes are looked for by two searches: a letter of both cases has to be twice as rare. */
function countOf(counts: Uint32Array, { a, b }: Anchor): number {
  return a === b ? (counts[a] ?? 0) : 2 * ((counts[a] ?? 0) + (counts[b] ?? 0)) + 1;
}

function equal(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at += 1) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}
