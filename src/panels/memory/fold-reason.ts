import type { RunState } from '../../coredump/model';
import type { MemorySummary } from '../../session/types';

/** Why the bytes of a fold are what they are, as short as a row allows; empty where the state says it all. */
export function foldReason(state: RunState, summary: MemorySummary): string {
  // Where nothing at all was captured, the sentence stands above the grid already.
  if (state === 'lost') return summary.segments === 0 ? '' : summary.evidence;
  if (state !== 'missing' && state !== 'zero-elided') return '';
  if (summary.override !== null) return 'set by you';
  return state === 'missing'
    ? 'no segment covers it, and the dump does not say that it is zero'
    : summary.evidenceShort;
}
