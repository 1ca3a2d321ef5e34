import type { Address, Bytes } from '../../bytes/units';
import { eachDifference } from './bytes';
import { type DifferenceColumns, RangeMaker, UNKNOWN } from './ranges';
import { type Side, SideCursor, type SideRun } from './side';
import { type CompareCounts, kindOf, relate, Tally } from './tally';

/** So much is compared between two steps: well under a millisecond's work where the bytes are equal. */
const STEP: Bytes = 256 * 1024;
/** A run costs time even where it is one byte long. */
const RUN_COST: Bytes = 128;
const ZEROS = new Uint8Array(STEP);

export interface CompareInput {
  /** The dump that is shown, and the other one. null: it has no such memory. */
  readonly here: Side | null;
  readonly there: Side | null;
  /** 0, or where a range begins that an earlier comparison found: all before it is left out. */
  readonly from: Address;
  /** Ranges that cannot be compared are listed too. They are counted always. */
  readonly listUnknown: boolean;
  readonly signal: AbortSignal;
}

/** What was found since the step before, and counts of all so far. */
export interface CompareStep extends DifferenceColumns {
  readonly counts: CompareCounts;
  /** Ranges so far, those of this step included and one that is still open. */
  readonly found: number;
  /** Captured bytes of both memories that were passed, compared or not. */
  readonly passed: Bytes;
  /** All below was compared. */
  readonly at: Address;
}

/** Where the comparison of two memories ends: at the end of the larger one. */
export function compareEnd(here: Side | null, there: Side | null): Address {
  return Math.max(here?.memory.size ?? 0, there?.memory.size ?? 0);
}

/**
 * Compares two memories in address order; who asks for no further step stops it. The work grows with the segments and the
 * captured bytes of both, never with the addresses between them. A captured 0 equals a known zero (format.md, section 4).
 * @throws what the sources throw.
 */
export async function* compareMemories(input: CompareInput): AsyncGenerator<CompareStep, void, undefined> {
  const end = compareEnd(input.here, input.there);
  const here = new SideCursor(input.here, end, input.signal);
  const there = new SideCursor(input.there, end, input.signal);
  const tally = new Tally();
  const ranges = new RangeMaker();
  let passed = 0;
  let work = 0;
  const step = (at: Address): CompareStep => {
    work = 0;
    return { ...ranges.take(), counts: tally.counts(), found: ranges.found, passed, at };
  };
  for (let at = input.from; at < end; ) {
    const one = here.run(at);
    const other = there.run(at);
    let until = Math.min(one.end, other.end);
    const relation = relate(one.state, other.state);
    if (relation === 'bytes') {
      // An await would cost a turn for each of five million runs.
      const found = bytesOf(here, one, at);
      const mine = found instanceof Uint8Array ? found : await found;
      const foundThere = bytesOf(there, other, at);
      const theirs = foundThere instanceof Uint8Array ? foundThere : await foundThere;
      const length = Math.min(until - at, mine.length, theirs.length, STEP);
      const kind = kindOf(one.state, other.state);
      const start = at;
      const different = eachDifference(mine, theirs, length, (from, count) =>
        ranges.add(start + from, count, kind),
      );
      tally.add(kind, different);
      tally.equal += length - different;
      until = at + length;
      work += length;
    } else if (relation === 'equal') tally.equal += until - at;
    else {
      if (relation === UNKNOWN) tally.addUnknown(one.state, other.state, until - at);
      else tally.add(relation, until - at);
      if (relation !== UNKNOWN || input.listUnknown) ranges.add(at, until - at, relation);
      else ranges.close();
    }
    if (one.state === 'captured') passed += until - at;
    if (other.state === 'captured') passed += until - at;
    work += RUN_COST;
    at = until;
    if (work >= STEP) yield step(at);
  }
  ranges.close();
  yield step(end);
}

/** The bytes of a run from `at` on; zeros where it is a known zero. */
function bytesOf(cursor: SideCursor, run: SideRun, at: Address): Uint8Array | Promise<Uint8Array> {
  return run.state === 'captured' ? cursor.bytes(run, at) : ZEROS;
}
