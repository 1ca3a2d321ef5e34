import type { Address } from '../bytes/units';
import type { SegmentVisit } from '../wasm/data-section';
import type { Coverage } from './coverage';
import type { SegmentTable } from './segment-table';

/** The unit in which Wasmtime looks for non-zero bytes (Wasmtime 14 to 50; newer WasmEdge). */
export const CHUNK = 4096;

/** Wizer merges runs, with the zeros between them, only so as to stay at this many segments. */
const WIZER_LIMIT = 10_000;

/** The first segment that speaks against a trimmed dump, and why. */
export type ShapeBreak =
  | { readonly kind: 'empty'; readonly segment: number; readonly start: Address }
  | { readonly kind: 'spans'; readonly segment: number; readonly start: Address; readonly end: Address }
  | { readonly kind: 'zero-edge'; readonly segment: number; readonly at: Address }
  | {
      readonly kind: 'shared-chunk';
      readonly segment: number;
      readonly start: Address;
      readonly end: Address;
    }
  | { readonly kind: 'unplaced'; readonly segment: number };

/**
 * Watches segments as they are indexed for the two shapes that say what a gap is (format.md section 4): a *trimmed*
 * dump, in which every segment of every memory lies inside one 4096-byte chunk, starts and ends in a non-zero byte, and
 * no chunk has two; and a *snapshot*, as Wizer writes it (json.md, "kind").
 */
export class ShapeWatch {
  /** Active segments that are whole. */
  active = 0;
  broken: ShapeBreak | null = null;
  #snapshot = true;
  #zeroRun = false;
  readonly #lastEnd = new Map<number, Address>();
  readonly #lastChunk = new Map<number, number>();

  /** @param address null where the segment cannot be placed. */
  visit(segment: SegmentVisit, address: Address | null): void {
    if (segment.passive || segment.available < segment.length) return;
    this.active += 1;
    this.#watchTrim(segment, address);
    this.#watchSnapshot(segment, address);
  }

  /** Whether all is as Wizer would have written it; `startSection`: the module has one. */
  isSnapshot(startSection: boolean): boolean {
    const zeros = !this.#zeroRun || this.active >= WIZER_LIMIT;
    return !startSection && this.#snapshot && this.active >= 2 && zeros;
  }

  /**
   * The first break of the trimmed shape, chunks with two segments included. In ascending memories those were seen on
   * the way; in others the pieces are looked at in address order.
   */
  firstBreak(table: SegmentTable, coverages: readonly Coverage[]): ShapeBreak | null {
    if (this.broken !== null) return this.broken;
    for (const [memory, coverage] of coverages.entries()) {
      if (coverage.ascending) continue;
      const shared = sharedChunk(coverage) ?? hiddenSegment(table, memory, coverage);
      if (shared !== null) return shared;
    }
    return null;
  }

  #watchTrim(segment: SegmentVisit, address: Address | null): void {
    if (this.broken !== null) return;
    const { index, length, memory } = segment;
    if (address === null) {
      this.broken = { kind: 'unplaced', segment: index };
    } else if (length === 0) {
      this.broken = { kind: 'empty', segment: index, start: address };
    } else if (chunkOf(address) !== chunkOf(address + length - 1)) {
      this.broken = { kind: 'spans', segment: index, start: address, end: address + length };
    } else if (segment.first === 0 || segment.last === 0) {
      this.broken = {
        kind: 'zero-edge',
        segment: index,
        at: segment.first === 0 ? address : address + length - 1,
      };
    } else if (this.#lastChunk.get(memory) === chunkOf(address)) {
      this.broken = { kind: 'shared-chunk', segment: index, start: address, end: address + length };
    }
    if (address !== null) this.#lastChunk.set(memory, chunkOf(address));
  }

  #watchSnapshot(segment: SegmentVisit, address: Address | null): void {
    if (!this.#snapshot) return;
    const { first, last, length, memory } = segment;
    const before = this.#lastEnd.get(memory);
    const apart = address !== null && (before === undefined || address - before > 4);
    if (!apart || length === 0 || first === 0 || last === 0) this.#snapshot = false;
    else this.#lastEnd.set(memory, address + length);
    if (segment.zeroRun) this.#zeroRun = true;
  }
}

function sharedChunk(coverage: Coverage): ShapeBreak | null {
  for (let k = 1; k < coverage.length; k += 1) {
    const { segment, start, end } = coverage.piece(k);
    if (chunkOf(start) === chunkOf(coverage.start(k - 1)))
      return { kind: 'shared-chunk', segment, start, end };
  }
  return null;
}

/**
 * A segment that a later one covers whole shares its chunk and is no piece: of three segments at 0x1000, 0x5000 and
 * again 0x1000, of one length, only two show. Held by "finds a segment under another" in tests/memory/shape.test.ts.
 */
function hiddenSegment(table: SegmentTable, memory: number, coverage: Coverage): ShapeBreak | null {
  if (coverage.length >= coverage.segments) return null;
  for (let index = 0; index < table.length; index += 1) {
    if (table.memory(index) !== memory || !table.placed(index)) continue;
    const start = table.address(index);
    if (coverage.piece(coverage.find(start)).segment !== index)
      return { kind: 'shared-chunk', segment: index, start, end: table.end(index) };
  }
  return null;
}

const chunkOf = (address: Address): number => Math.floor(address / CHUNK);
