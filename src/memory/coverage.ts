import type { Address, Bytes } from '../bytes/units';
import { Uint32Column } from './columns';
import type { Overlays } from './overlay';
import type { SegmentTable } from './segment-table';

/** Where regions begin is noted for so many: a strip with more has fewer pixels than they are. */
const MOST_REGIONS = 8192;

/** A part of memory that one segment supplies: the segment that wins there. */
export interface Piece {
  readonly segment: number;
  readonly start: Address;
  readonly end: Address;
}

/**
 * Which segment supplies which addresses of one memory. While segments come in ascending order and apart (every
 * producer but composed files), nothing is kept beyond the table: piece k is segment `first + k`. Else the pieces are
 * worked out when they are asked for: later segments win over earlier ones (core specification, 4.5.4: segments are
 * written in order).
 */
export class Coverage {
  readonly #table: SegmentTable;
  readonly #overlays: Overlays;
  readonly #memory: number;
  /** Segments of this memory, those without bytes apart, as long as they stand in one row in the table. */
  #first = 0;
  #plainCount = 0;
  #plain = true;
  #ascending = true;
  #count = 0;
  /** Where the segment before begins. */
  #before: Address = 0;
  #highest: Address = 0;
  #captured: Bytes = 0;
  /** How many regions there are: pieces that touch are one. And the pieces at which the first of them begin. */
  #regions = 0;
  #regionStarts = new Uint32Column();
  /** Winners by address, once the plain way no longer holds. */
  #winners: Uint32Array = new Uint32Array(0);

  constructor(table: SegmentTable, overlays: Overlays, memory: number) {
    this.#table = table;
    this.#overlays = overlays;
    this.#memory = memory;
  }

  /** Memory held beyond the table for segments, in bytes; at most 32 KiB for regions come on top. */
  get byteLength(): Bytes {
    return this.#winners.byteLength;
  }

  /** The end of the highest segment; 0 without any. */
  get highest(): Address {
    return this.#highest;
  }

  /** Whether no segment begins below the one before it: then a cut of the file takes only what is above. */
  get ascending(): boolean {
    return this.#ascending;
  }

  /** Segments that were added. */
  get segments(): number {
    return this.#count;
  }

  /** Takes note of the table's last segment, which is placed and belongs to this memory. */
  add(index: number): void {
    this.#count += 1;
    const start = this.#table.address(index);
    const end = this.#table.end(index);
    if (start < this.#before) this.#ascending = false;
    this.#before = start;
    const behind =
      this.#plainCount === 0 || (index === this.#first + this.#plainCount && start >= this.#highest);
    if (this.#plain && behind && end > start) {
      if (this.#plainCount === 0) this.#first = index;
      if (this.#plainCount === 0 || start > this.#highest) this.#beginRegion(this.#plainCount);
      this.#plainCount += 1;
      this.#captured += end - start;
    } else if (this.#plain) {
      this.#plain = false;
      this.#overlays.add({ memory: this.#memory, take: (winners) => this.#take(winners) });
    }
    this.#highest = Math.max(this.#highest, end);
  }

  /** Bytes covered, each counted once. */
  get captured(): Bytes {
    this.#settle();
    return this.#captured;
  }

  /** How many pieces there are. */
  get length(): number {
    this.#settle();
    return this.#plain ? this.#plainCount : this.#winners.length;
  }

  /** How many regions there are: pieces that touch are one. */
  get regions(): number {
    this.#settle();
    return this.#regions;
  }

  /** The first and the last of the pieces around piece k that touch; k itself where there are very many regions. */
  regionOf(k: number): { readonly first: number; readonly last: number } {
    this.#settle();
    if (this.#regions > MOST_REGIONS) return { first: k, last: k };
    let low = 0;
    let high = this.#regions;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#regionStarts.at(middle) <= k) low = middle + 1;
      else high = middle;
    }
    const next = low < this.#regions ? this.#regionStarts.at(low) : this.length;
    return { first: low > 0 ? this.#regionStarts.at(low - 1) : k, last: next - 1 };
  }

  /** Piece k in address order. Pieces do not overlap; neighbours may touch. */
  piece(k: number): Piece {
    const segment = this.#winner(k);
    return { segment, start: this.start(k), end: this.end(k) };
  }

  start(k: number): Address {
    const segment = this.#winner(k);
    const start = this.#table.address(segment);
    if (this.#plain || k === 0) return start;
    const before = this.#winner(k - 1);
    // An earlier segment that goes on after a later one that lies over its middle starts where that one ends.
    return before > segment ? Math.max(start, this.#table.end(before)) : start;
  }

  end(k: number): Address {
    const segment = this.#winner(k);
    const end = this.#table.end(segment);
    if (this.#plain || k === this.#winners.length - 1) return end;
    const after = this.#winner(k + 1);
    return after > segment ? Math.min(end, this.#table.address(after)) : end;
  }

  /** The last piece that starts at or before `address`; -1 when there is none. */
  find(address: Address): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.start(middle) <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #beginRegion(k: number): void {
    this.#regions += 1;
    if (this.#regions <= MOST_REGIONS) this.#regionStarts.push(k);
  }

  #winner(k: number): number {
    return this.#plain ? this.#first + k : (this.#winners[k] ?? 0);
  }

  #settle(): void {
    if (!this.#plain) this.#overlays.settle();
  }

  #take(winners: Uint32Array): void {
    this.#winners = winners;
    let captured = 0;
    this.#regions = 0;
    this.#regionStarts = new Uint32Column();
    for (let k = 0, before = -1; k < winners.length; k += 1) {
      const [start, end] = [this.start(k), this.end(k)];
      captured += end - start;
      if (start > before) this.#beginRegion(k);
      before = end;
    }
    this.#captured = captured;
  }
}
