import type { Address, Bytes } from '../bytes/units';
import type { StateRun } from '../coredump/model';
import { type MemoryModel, visitRuns } from './memory-model';
import { FIRST_POINTER, type ReadBytes, unreadBytes, type WordBytes } from './words';

/** Captured stretches closer together than this are read and scanned at once. */
const NEAR: Bytes = 4096;
/** One read takes at most this much. */
const WINDOW: Bytes = 1 << 20;
/**
 * And of at most this many segments: 65,536 of one byte, one every 16, are 1 MiB, and took 150 ms in one go. Held by
 * "one read takes a bounded number of segments" in tests/memory/pointers-to.test.ts.
 */
const WINDOW_SEGMENTS = 2048;

export interface PointerScan {
  readonly model: MemoryModel;
  readonly read: (address: Address, length: Bytes) => Promise<ReadBytes>;
  /** Words that hold an address of first to last, both included. */
  readonly first: Address;
  readonly last: Address;
  /** Where the scan begins: 0, or `next` of the answer before. */
  readonly from: Address;
  /** The scan stops after this many hits, at the end of what was read. */
  readonly limit: number;
  /** And when asked, before each read but the first. */
  readonly enough: (scanned: Bytes) => boolean;
}

/** A word that points into the range. */
export interface PointerHit {
  readonly address: Address;
  readonly target: Address;
}

/** What one call of the scan found. */
export interface PointersFound {
  readonly hits: readonly PointerHit[];
  /** Captured bytes that this call went through. */
  readonly scanned: Bytes;
  /** Where to go on; null when the memory's end was reached. */
  readonly next: Address | null;
}

/**
 * Looks for aligned words that hold an address of a range, in address order over what is captured. A word may begin or
 * end in known zeros (Wasmtime leaves them out at a chunk's ends: 0x00011130 is then three captured bytes), never in a
 * missing byte. Held by pointers-to.test.ts.
 */
export async function pointersTo(scan: PointerScan): Promise<PointersFound> {
  const { model, limit, enough } = scan;
  const first = Math.max(scan.first, FIRST_POINTER);
  const width: WordBytes = model.declaration.memory64 ? 8 : 4;
  const hits: PointerHit[] = [];
  let scanned: Bytes = 0;
  if (first > scan.last) return { hits, scanned, next: null };
  let at = scan.from - (scan.from % width);
  for (let reads = 0; ; reads += 1) {
    const window = nextWindow(model, at, width);
    if (window === null) return { hits, scanned, next: null };
    if (hits.length >= limit || (reads > 0 && enough(scanned))) return { hits, scanned, next: window.start };
    const { bytes, states } = await scan.read(window.start, window.end - window.start);
    for (const hit of wordsIn(bytes, window.start, width, first, scan.last)) {
      if (unreadBytes(states, hit.address, hit.address + width).size > 0) continue;
      if (hits.length >= limit)
        return { hits, scanned: scanned + capturedBelow(states, hit.address), next: hit.address };
      hits.push(hit);
    }
    scanned += capturedBelow(states, window.end);
    at = window.end;
  }
}

function capturedBelow(states: readonly StateRun[], end: Address): Bytes {
  let bytes = 0;
  for (const run of states)
    if (run.state === 'captured') bytes += Math.max(0, Math.min(run.end, end) - run.start);
  return bytes;
}

/** The next captured stretch at or after `from`, in whole words; null when there is none. */
function nextWindow(
  model: MemoryModel,
  from: Address,
  width: WordBytes,
): { readonly start: Address; readonly end: Address } | null {
  let start: Address = -1;
  let end: Address = -1;
  let segments = 0;
  visitRuns(model, from, model.size, (runStart, runEnd, state) => {
    if (state !== 'captured') return true;
    if (start < 0) start = runStart;
    else if (runStart - end >= NEAR) return false;
    end = runEnd;
    segments += 1;
    return end - start < WINDOW && segments < WINDOW_SEGMENTS;
  });
  if (start < 0) return null;
  const aligned = start - (start % width);
  const whole = Math.ceil(Math.min(end, aligned + WINDOW) / width) * width;
  // A memory of pages of one byte may end inside a word; such a word is out of bounds.
  const limit = model.size - (model.size % width);
  return aligned < limit ? { start: aligned, end: Math.min(whole, limit) } : null;
}

function* wordsIn(
  bytes: Uint8Array,
  base: Address,
  width: WordBytes,
  first: Address,
  last: Address,
): Generator<PointerHit> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + width <= bytes.length; at += width) {
    const low = view.getUint32(at, true);
    const target = width === 4 ? low : low + view.getUint32(at + 4, true) * 2 ** 32;
    if (target >= first && target <= last) yield { address: base + at, target };
  }
}
