import type { Address, Bytes } from '../bytes/units';
import type { ByteState, MemoryDeclaration, RunState, StateRun } from '../coredump/model';
import type { Coverage } from './coverage';
import type { GapRule } from './gaps';

/** A segment whose last bytes the file does not hold. */
export interface CutSegment {
  readonly segment: number;
  /** Its bytes from here up to its declared end are lost. */
  readonly from: Address;
  readonly end: Address;
}

/** The user's word against the evidence. */
export type Override = 'zero' | 'missing' | null;

/** A run of states with the segment that supplies it; null in a gap. */
export type RunVisitor = (
  start: Address,
  end: Address,
  state: RunState,
  segment: number | null,
) => boolean | undefined;

/**
 * One memory of the open dump: its declaration, what covers it, and what its gaps are. Immutable but for the coverage,
 * which grows while the data section is indexed.
 */
export interface MemoryModel {
  readonly index: number;
  readonly declaration: MemoryDeclaration;
  readonly coverage: Coverage;
  readonly cut: CutSegment | null;
  readonly size: Bytes;
  /** null: the data section is not indexed to its end, so gaps are pending. */
  readonly rule: GapRule | null;
  readonly override: Override;
}

/** What an address is that no segment covers. */
export function gapState(memory: MemoryModel, address: Address): RunState {
  const { override, rule } = memory;
  if (rule === null) return 'pending';
  if (rule.state === 'lost') return 'lost';
  if (rule.zeroBelow !== null && address >= rule.zeroBelow) return 'lost';
  if (override !== null) return override === 'zero' ? 'zero-elided' : 'missing';
  return rule.state === 'zero' ? 'zero-elided' : 'missing';
}

/**
 * Visits the states of [start, end) in address order, a run for each piece and each gap, out of bounds included.
 * Neighbours may have the same state. Ends early when the visitor answers false.
 */
export function visitRuns(memory: MemoryModel, start: Address, end: Address, visit: RunVisitor): void {
  walkRuns(memory, start, end, (k) => k, visit);
}

/**
 * As `visitRuns`, where only the states are asked for: pieces that touch are visited as one, so that five million
 * segments in one row take as long as one.
 */
function visitStates(
  memory: MemoryModel,
  start: Address,
  end: Address,
  visit: (start: Address, end: Address, state: RunState) => boolean | undefined,
): void {
  const { coverage, cut } = memory;
  // It comes last in the file, so nothing lies over it: the piece at its end is its own.
  const own = cut === null ? -1 : coverage.find(cut.end - 1);
  const through = (k: number): number => {
    const { last } = coverage.regionOf(k);
    if (own < k || own > last) return last;
    return own === k ? k : own - 1;
  };
  walkRuns(memory, start, end, through, visit);
}

/** @param through the piece up to which those from piece k on are visited as one. */
function walkRuns(
  memory: MemoryModel,
  start: Address,
  end: Address,
  through: (k: number) => number,
  visit: RunVisitor,
): void {
  const { coverage, cut, size } = memory;
  const inside = Math.min(end, size);
  let at = start;
  const gap = (from: Address, to: Address): boolean => {
    const border = memory.rule?.zeroBelow ?? null;
    const split = border !== null && from < border && border < to ? border : to;
    if (visit(from, split, gapState(memory, from), null) === false) return false;
    return split === to || visit(split, to, gapState(memory, split), null) !== false;
  };
  for (let k = Math.max(0, coverage.find(start)); at < inside && k < coverage.length; ) {
    const last = through(k);
    const piece = coverage.piece(k);
    const pieceEnd = last === k ? piece.end : coverage.end(last);
    k = last + 1;
    if (pieceEnd <= at) continue;
    if (piece.start >= inside) break;
    if (piece.start > at) {
      if (!gap(at, piece.start)) return;
      at = piece.start;
    }
    const until = Math.min(pieceEnd, inside);
    const held =
      cut !== null && cut.segment === piece.segment ? Math.min(until, Math.max(at, cut.from)) : until;
    if (held > at && visit(at, held, 'captured', piece.segment) === false) return;
    if (until > held && visit(held, until, 'lost', piece.segment) === false) return;
    at = until;
  }
  if (at < inside) {
    if (!gap(at, inside)) return;
    at = inside;
  }
  if (at < end) visit(at, end, 'out-of-bounds', null);
}

/** The state of one byte. */
export function stateAt(
  memory: MemoryModel,
  address: Address,
): { readonly state: RunState; readonly segment: number | null } {
  let found: { state: RunState; segment: number | null } = { state: 'out-of-bounds', segment: null };
  visitRuns(memory, address, address + 1, (_start, _end, state, segment) => {
    found = { state, segment };
    return false;
  });
  return found;
}

/** The states of [start, end), neighbours of one state merged; the first `limit`. */
export function mergedRuns(memory: MemoryModel, start: Address, end: Address, limit: number): StateRun[] {
  const runs: StateRun[] = [];
  visitStates(memory, start, end, (from, to, state) => {
    const last = runs.at(-1);
    if (last !== undefined && last.state === state) runs[runs.length - 1] = { ...last, end: to };
    else if (runs.length === limit) return false;
    else runs.push({ start: from, end: to, state });
    return true;
  });
  return runs;
}

/** Bytes of [0, size) that segments cover and the file holds. */
export function capturedBytes(memory: MemoryModel): Bytes {
  const { coverage, cut } = memory;
  if (cut === null) return coverage.captured;
  // Nothing comes after the segment that the file's end cuts, so nothing lies over it.
  return coverage.captured - Math.max(0, cut.end - cut.from);
}

/** Counts of [0, size) by state; they add up to `size`. */
export function countStates(
  memory: MemoryModel,
): Readonly<Record<Exclude<ByteState, 'out-of-bounds'> | 'pending', Bytes>> {
  const counts = { captured: capturedBytes(memory), 'zero-elided': 0, missing: 0, lost: 0, pending: 0 };
  const border = memory.rule?.zeroBelow ?? null;
  if (border === null) {
    const beyond = memory.cut === null ? 0 : memory.cut.end - memory.cut.from;
    counts.lost += beyond;
    const state = gapState(memory, 0);
    if (state !== 'captured' && state !== 'out-of-bounds')
      counts[state] += memory.size - counts.captured - beyond;
    return counts;
  }
  counts.captured = 0;
  visitStates(memory, 0, memory.size, (start, end, state) => {
    if (state !== 'out-of-bounds') counts[state] += end - start;
    return true;
  });
  return counts;
}
