import type { Address } from '../bytes/units';
import type { SegmentTable } from './segment-table';

/**
 * Lays the segments of one memory over each other: the answer names, in address order, the segment that wins each
 * piece. A later segment wins over an earlier one. Neighbouring pieces have different winners, and two neighbours tell
 * by their indices where one ends and the other starts (see Coverage): so a piece costs 4 bytes, and there are less
 * than twice as many as segments.
 */
export function overlay(table: SegmentTable, memory: number): Uint32Array {
  const order = byAddress(table, memory);
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

/** The memory's segments that have bytes, by address, then by index. */
function byAddress(table: SegmentTable, memory: number): Uint32Array {
  let count = 0;
  const indices = new Uint32Array(table.length);
  for (let index = 0; index < table.length; index += 1) {
    if (table.memory(index) !== memory || !table.placed(index) || table.lengthOf(index) === 0) continue;
    indices[count++] = index;
  }
  return indices.subarray(0, count).sort((a, b) => table.address(a) - table.address(b) || a - b);
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
