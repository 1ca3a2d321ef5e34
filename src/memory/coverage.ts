import type { Address, Bytes } from '../bytes/units';
import type { Overlays } from './overlay';
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
  /** Winners by address, once the plain way no longer holds. */
  #winners: Uint32Array = new Uint32Array(0);

  constructor(table: SegmentTable, overlays: Overlays, memory: number) {
    this.#table = table;
    this.#overlays = overlays;
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

  #settle(): void {
    if (!this.#plain) this.#overlays.settle();
  }

  #take(winners: Uint32Array): void {
    this.#winners = winners;
    let captured = 0;
    for (let k = 0; k < winners.length; k += 1) captured += this.end(k) - this.start(k);
    this.#captured = captured;
  }
}
