import type { Address } from '../bytes/units';
import type { SegmentTable } from './segment-table';

/** A memory whose segments overlap or stand in no order. */
export interface Tangled {
  readonly memory: number;
  /** Takes the winners of its pieces in address order. */
  readonly take: (winners: Uint32Array) => void;
}

/**
 * Works out for all tangled memories of a dump together which segment wins where, so that it takes one pass over the
 * segments however many memories there are: with a pass for each, a file of 200,000 memories of two segments each
 * would need 8 * 10^10 steps (held by "takes one pass for many tangled memories" in tests/memory/overlay.test.ts).
 */
export class Overlays {
  readonly #table: SegmentTable;
  readonly #tangled = new Map<number, Tangled>();
  /** How many segments there were when the winners were worked out. */
  #settledAt = 0;
  #stale = false;

  constructor(table: SegmentTable) {
    this.#table = table;
  }

  add(tangled: Tangled): void {
    this.#tangled.set(tangled.memory, tangled);
    this.#stale = true;
  }

  /**
   * To be called before winners are asked for. While the table grows they are not worked out again at every question:
   * only when a quarter has been added, so that all the times together cost a constant number of passes.
   */
  settle(): void {
    if (this.#stale || this.#table.length >= this.#settledAt * 1.25) this.complete();
  }

  /** Works out the winners of all segments that there are. */
  complete(): void {
    if (this.#tangled.size === 0) return;
    if (!this.#stale && this.#settledAt === this.#table.length) return;
    this.#stale = false;
    this.#settledAt = this.#table.length;
    const order = byMemoryAndAddress(this.#table, (memory) => this.#tangled.has(memory));
    const idle = new Set(this.#tangled.keys());
    for (let from = 0; from < order.length; ) {
      const memory = this.#table.memory(order[from] ?? 0);
      let to = from + 1;
      while (to < order.length && this.#table.memory(order[to] ?? 0) === memory) to += 1;
      this.#tangled.get(memory)?.take(winnersOf(this.#table, order.subarray(from, to)));
      idle.delete(memory);
      from = to;
    }
    for (const memory of idle) this.#tangled.get(memory)?.take(new Uint32Array(0));
  }
}

/**
 * Lays the segments of one memory over each other: the answer names, in address order, the segment that wins each
 * piece. A later segment wins over an earlier one. Neighbouring pieces have different winners, and two neighbours tell
 * by their indices where one ends and the other starts (see Coverage): so a piece costs 4 bytes, and there are less
 * than twice as many as segments.
 * @param order the segments with bytes, by address, then by index.
 */
function winnersOf(table: SegmentTable, order: Uint32Array): Uint32Array {
  const winners = new Uint32Array(Math.max(0, order.length * 2 - 1));
  let count = 0;
  const active = new LatestFirst();
  let next = 0;
  let at: Address = 0;
  while (next < order.length || active.size > 0) {
    if (active.size === 0) at = Math.max(at, table.address(order[next] ?? 0));
    while (next < order.length && table.address(order[next] ?? 0) <= at) {
      active.push(order[next] ?? 0);
      next += 1;
    }
    const winner = active.top;
    if (table.end(winner) <= at) {
      active.pop();
      continue;
    }
    if (winners[count - 1] !== winner || count === 0) winners[count++] = winner;
    // The winner holds up to its end, or to the start of the next segment, which may be a later one.
    const coming = next < order.length ? table.address(order[next] ?? 0) : Number.POSITIVE_INFINITY;
    at = Math.min(table.end(winner), coming);
  }
  return winners.slice(0, count);
}

/** The segments that have bytes, of the memories that are wanted: by memory, by address, by index. */
function byMemoryAndAddress(table: SegmentTable, wanted: (memory: number) => boolean): Uint32Array {
  let count = 0;
  const indices = new Uint32Array(table.length);
  for (let index = 0; index < table.length; index += 1) {
    if (!table.placed(index) || table.lengthOf(index) === 0 || !wanted(table.memory(index))) continue;
    indices[count++] = index;
  }
  return indices
    .subarray(0, count)
    .sort((a, b) => table.memory(a) - table.memory(b) || table.address(a) - table.address(b) || a - b);
}

/** A binary heap of segment indices, the highest on top. */
class LatestFirst {
  readonly #heap: number[] = [];

  get size(): number {
    return this.#heap.length;
  }

  get top(): number {
    return this.#heap[0] ?? -1;
  }

  push(value: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] ?? 0) >= value) break;
      heap[at] = heap[parent] ?? 0;
      at = parent;
    }
    heap[at] = value;
  }

  pop(): void {
    const heap = this.#heap;
    const value = heap.pop();
    if (value === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) > (heap[child] ?? 0)) child += 1;
      if ((heap[child] ?? 0) <= value) break;
      heap[at] = heap[child] ?? 0;
      at = child;
    }
    heap[at] = value;
  }
}
