import type { Address, Bytes } from '../bytes/units';
import type { MemoryModel } from '../memory/memory-model';
import { type PointersFound, pointersTo } from '../memory/pointers-to';
import { readMemory } from '../memory/read';
import type { OpenDump } from './open-dump';

/** One call goes through at most this much, and takes no longer than this: other questions wait behind it. */
const CALL_BYTES: Bytes = 32 * 1024 * 1024;
const CALL_MILLISECONDS = 100;
/** More hits than a person reads. */
const CALL_HITS = 200;

/** One call of the search for words that point into a range. */
export function findPointers(
  { background, index }: OpenDump,
  model: MemoryModel,
  range: { readonly first: Address; readonly last: Address; readonly from: Address },
  signal: AbortSignal,
): Promise<PointersFound> {
  const until = performance.now() + CALL_MILLISECONDS;
  return pointersTo({
    ...range,
    model,
    read: (address, length) => readMemory(background, index.table, model, address, length, signal),
    limit: CALL_HITS,
    enough: (scanned) => scanned >= CALL_BYTES || performance.now() >= until,
  });
}
