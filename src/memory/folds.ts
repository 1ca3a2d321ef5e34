import type { Bytes } from '../bytes/units';
import type { RunState } from '../coredump/model';
import { Float64Column, Uint32Column } from './columns';
import { type MemoryModel, visitRuns } from './memory-model';

/** Runs of whole rows without a captured byte, of one state each, ascending. Columns of one length. */
export interface FoldColumns {
  /** The first row of each. */
  readonly rows: Float64Array<ArrayBuffer>;
  /** How many rows. */
  readonly counts: Float64Array<ArrayBuffer>;
  /** 0 zero-elided, 1 missing, 2 lost, 3 pending. */
  readonly states: Uint8Array<ArrayBuffer>;
}

const CODES: Partial<Record<RunState, number>> = { 'zero-elided': 0, missing: 1, lost: 2, pending: 3 };

/**
 * The places of a memory that are long enough to fold: at least `minimumRows` whole rows of `rowBytes` in one state
 * that is not `captured`. The memory's last row counts as whole.
 */
export function foldsOf(memory: MemoryModel, rowBytes: Bytes, minimumRows: number): FoldColumns {
  const rows = new Float64Column();
  const counts = new Float64Column();
  const states = new Uint32Column();
  let start = 0;
  let end = 0;
  let state: RunState = 'captured';
  const close = (): void => {
    const code = CODES[state];
    if (code === undefined) return;
    const first = Math.ceil(start / rowBytes);
    const last = end === memory.size ? Math.ceil(end / rowBytes) : Math.floor(end / rowBytes);
    if (last - first < minimumRows) return;
    rows.push(first);
    counts.push(last - first);
    states.push(code);
  };
  visitRuns(memory, 0, memory.size, (from, to, next) => {
    if (next === state && from === end) {
      end = to;
      return true;
    }
    close();
    start = from;
    end = to;
    state = next;
    return true;
  });
  close();
  const length = rows.length;
  return {
    rows: Float64Array.from({ length }, (_, index) => rows.at(index)),
    counts: Float64Array.from({ length }, (_, index) => counts.at(index)),
    states: Uint8Array.from({ length }, (_, index) => states.at(index)),
  };
}
