import type { Bytes } from '../../bytes/units';
import type { RunState } from '../../coredump/model';
import { hasValue } from '../words';
import { CHANGED, ONLY_HERE, ONLY_THERE, UNKNOWN, ZERO_HERE, ZERO_THERE } from './ranges';

/** A state in which a byte of a memory has no value. */
export type UnknownState = 'missing' | 'lost' | 'pending';

/** Bytes that cannot be compared, by why; null: there the byte has a value. */
export interface UnknownCount {
  readonly here: UnknownState | null;
  readonly there: UnknownState | null;
  readonly bytes: Bytes;
}

/** Counts of bytes. All but the last add up to the size of the larger memory. */
export interface CompareCounts {
  readonly equal: Bytes;
  /** Captured on both sides, and not the same. */
  readonly changed: Bytes;
  /** Known zeros on one side, captured and not 0 on the other. */
  readonly zeroHere: Bytes;
  readonly zeroThere: Bytes;
  /** Past the end of the other memory. */
  readonly onlyHere: Bytes;
  readonly onlyThere: Bytes;
  /** Never counted as equal and never as different. */
  readonly unknown: Bytes;
  readonly reasons: readonly UnknownCount[];
}

/** How a byte of one state compares with one of another: `bytes` says that only the bytes can tell. */
export type Relation = 'equal' | 'bytes' | typeof ONLY_HERE | typeof ONLY_THERE | typeof UNKNOWN;

/** How the states of one address in two memories compare. At least one memory reaches there. */
export function relate(here: RunState, there: RunState): Relation {
  if (there === 'out-of-bounds') return ONLY_HERE;
  if (here === 'out-of-bounds') return ONLY_THERE;
  if (!hasValue(here) || !hasValue(there)) return UNKNOWN;
  return here === 'captured' || there === 'captured' ? 'bytes' : 'equal';
}

/** What a byte is that differs, by its states: one of them is captured. */
export function kindOf(here: RunState, there: RunState): number {
  if (here !== 'captured') return ZERO_HERE;
  return there === 'captured' ? CHANGED : ZERO_THERE;
}

/** Counts bytes by how they compare. */
export class Tally {
  equal: Bytes = 0;
  readonly #kinds = new Map<number, Bytes>();
  /** By the state here, then by the one there. */
  readonly #unknown = new Map<RunState, Map<RunState, Bytes>>();

  add(kind: number, bytes: Bytes): void {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + bytes);
  }

  /** At least one of the states is one without a value. */
  addUnknown(here: RunState, there: RunState, bytes: Bytes): void {
    this.add(UNKNOWN, bytes);
    let row = this.#unknown.get(here);
    if (row === undefined) {
      row = new Map();
      this.#unknown.set(here, row);
    }
    row.set(there, (row.get(there) ?? 0) + bytes);
  }

  counts(): CompareCounts {
    const of = (kind: number): Bytes => this.#kinds.get(kind) ?? 0;
    return {
      equal: this.equal,
      changed: of(CHANGED),
      zeroHere: of(ZERO_HERE),
      zeroThere: of(ZERO_THERE),
      onlyHere: of(ONLY_HERE),
      onlyThere: of(ONLY_THERE),
      unknown: of(UNKNOWN),
      reasons: this.#reasons(),
    };
  }

  /** A missing byte cannot be compared with a captured one for the reason for which it cannot with a known zero. */
  #reasons(): UnknownCount[] {
    const merged = new Map<string, UnknownCount>();
    for (const [stateHere, row] of this.#unknown)
      for (const [stateThere, bytes] of row) {
        const [here, there] = [unknownState(stateHere), unknownState(stateThere)];
        const key = `${here} ${there}`;
        merged.set(key, { here, there, bytes: bytes + (merged.get(key)?.bytes ?? 0) });
      }
    return [...merged.values()].sort((a, b) => b.bytes - a.bytes);
  }
}

function unknownState(state: RunState): UnknownState | null {
  return state === 'missing' || state === 'lost' || state === 'pending' ? state : null;
}
