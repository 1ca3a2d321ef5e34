import type { Address } from '../bytes/units';
import type { RunState, StateRun } from '../coredump/model';
import { type MemoryModel, mergedRuns, visitRuns } from './memory-model';

/** What wins where a piece of the strip holds several states: what was captured must stay visible. */
const RANK: Readonly<Record<RunState, number>> = {
  captured: 5,
  lost: 4,
  missing: 3,
  'zero-elided': 2,
  pending: 1,
  'out-of-bounds': 0,
};

/**
 * The states of a whole memory in at most `buckets` runs. `exact`: each is a true run; else the address space was cut
 * in `buckets` equal pieces, each with its strongest state, and neighbours of one state were merged.
 */
export function stripOf(
  memory: MemoryModel,
  buckets: number,
): { readonly runs: StateRun[]; readonly exact: boolean } {
  if (memory.size === 0) return { runs: [], exact: true };
  // Each region is a run of its own, so that with more of them than buckets there is no need to look.
  const many = memory.coverage.regions > buckets;
  const runs = many ? [] : mergedRuns(memory, 0, memory.size, buckets + 1);
  if (!many && runs.length <= buckets) return { runs, exact: true };
  const edge = (bucket: number): Address => Math.floor((memory.size / buckets) * bucket);
  const merged: StateRun[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const start = edge(bucket);
    const end = bucket === buckets - 1 ? memory.size : edge(bucket + 1);
    if (end <= start) continue;
    const state = strongest(memory, start, end);
    const last = merged.at(-1);
    if (last !== undefined && last.state === state) merged[merged.length - 1] = { ...last, end };
    else merged.push({ start, end, state });
  }
  return { runs: merged, exact: false };
}

function strongest(memory: MemoryModel, start: Address, end: Address): RunState {
  let best: RunState = 'out-of-bounds';
  visitRuns(memory, start, end, (_from, _to, state) => {
    if (RANK[state] > RANK[best]) best = state;
    return best !== 'captured';
  });
  return best;
}

/**
 * Where the next (or previous) region of captured bytes begins, seen from `address`; touching pieces are one region.
 * null when there is none.
 */
export function nextRegion(memory: MemoryModel, address: Address, direction: 1 | -1): Address | null {
  const { coverage } = memory;
  const begins = (k: number): boolean => k === 0 || coverage.end(k - 1) < coverage.start(k);
  if (direction === 1) {
    const here = coverage.find(address);
    const next = here < 0 ? 0 : coverage.regionOf(here).last + 1;
    for (let k = next; k < coverage.length; k += 1) if (begins(k)) return coverage.start(k);
    return null;
  }
  const before = coverage.find(address - 1);
  const first = before < 0 ? before : coverage.regionOf(before).first;
  for (let k = first; k >= 0; k -= 1) if (begins(k)) return coverage.start(k);
  return null;
}
