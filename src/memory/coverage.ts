import type { Address, Bytes } from '../bytes/units';
import { overlay } from './overlay';
import type { SegmentTable } from './segment-table';

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
  readonly #memory: number;
  /** Segments of this memory, those without bytes apart, as long as they stand in one row in the table. */
  #first = 0;
  #plainCount = 0;
  #plain = true;
  #count = 0;
  #highest: Address = 0;
  #captured: Bytes = 0;
  /** Winners by address, once the plain way no longer holds. */
  #winners: Uint32Array = new Uint32Array(0);
  /** How many segments the winners were worked out from. */
  #overlaid = 0;

  constructor(table: SegmentTable, memory: number) {
    this.#table = table;
    this.#memory = memory;
  }

  /** Memory held beyond the table, in bytes. */
  get byteLength(): Bytes {
    return this.#winners.byteLength;
  }

  /** The end of the highest segment; 0 without any. */
  get highest(): Address {
    return this.#highest;
  }

  /** Whether segments ascend and neither overlap nor stand apart in the table: then a cut takes only what is above. */
  get ascending(): boolean {
    return this.#plain;
  }

  /** Takes note of the table's last segment, which is placed and belongs to this memory. */
  add(index: number): void {
    this.#count += 1;
    const start = this.#table.address(index);
    const end = this.#table.end(index);
    const behind =
      this.#plainCount === 0 || (index === this.#first + this.#plainCount && start >= this.#highest);
    if (this.#plain && behind && end > start) {
      if (this.#plainCount === 0) this.#first = index;
      this.#plainCount += 1;
      this.#captured += end - start;
    } else {
      this.#plain = false;
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

  #winner(k: number): number {
    return this.#plain ? this.#first + k : (this.#winners[k] ?? 0);
  }

  /**
   * Works the pieces out again, but not at every question while the table grows: only when a quarter has been added,
   * so that all the times together cost a constant number of passes. `complete` forces the last one.
   */
  #settle(): void {
    if (this.#plain || this.#count < this.#overlaid * 1.25) return;
    this.complete();
  }

  /** To be called when the last segment was added, so that every one counts. */
  complete(): void {
    if (this.#plain || this.#overlaid === this.#count) return;
    this.#overlaid = this.#count;
    this.#winners = overlay(this.#table, this.#memory);
    let captured = 0;
    for (let k = 0; k < this.#winners.length; k += 1) captured += this.end(k) - this.start(k);
    this.#captured = captured;
  }
}
