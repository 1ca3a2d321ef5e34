import type { MemoryIndex } from '../memory/memory-index';
import { type MemoryModel, stateAt } from '../memory/memory-model';
import { explainState } from './explain';
import type { AddressAnswer, AddressQuery, SegmentRow } from './types';

/** A page of the segments table holds at most this many rows. */
const ROWS_LIMIT = 10_000;

/** What an address is, and where its byte stands in the file. `model` null: there is no such memory. */
export function answerAddress(
  { memory, address }: AddressQuery,
  model: MemoryModel | null,
  index: MemoryIndex | null,
): AddressAnswer {
  if (model === null || index === null) {
    const reason = `out of bounds: there is no memory ${memory}`;
    return { state: 'out-of-bounds', segment: null, fileOffset: null, reason };
  }
  const { state, segment } = stateAt(model, address);
  const { table } = index;
  const captured = state === 'captured' && segment !== null;
  return {
    state,
    segment,
    fileOffset: captured ? table.fileOffset(segment) + (address - table.address(segment)) : null,
    reason: explainState(model, state, segment),
  };
}

/** Rows of the segments table, in file order. */
export function segmentRows(
  { table }: MemoryIndex,
  names: ReadonlyMap<number, string>,
  first: number,
  count: number,
): SegmentRow[] {
  const rows: SegmentRow[] = [];
  const last = Math.min(table.length, first + Math.min(count, ROWS_LIMIT));
  for (let index = Math.max(0, first); index < last; index += 1) {
    const { address, fileOffset, length, memory, passive } = table.row(index);
    rows.push({
      index,
      mode: passive ? 'passive' : 'active',
      memory: passive ? null : memory,
      address,
      length,
      fileOffset,
      name: names.get(index) ?? null,
    });
  }
  return rows;
}
