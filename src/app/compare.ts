import { create } from 'zustand';
import type { Address } from '../bytes/units';
import type { CompareRequest, CompareUpdate } from '../session/compare-types';
import type { MemorySummary, NamedFile, Progress, Snapshot, Update } from '../session/types';
import { counted, grouped } from '../ui/numbers';
import { hitToStepTo } from './search';
import { session } from './session';
import { snapshotOf, useStore } from './store';

/** Ranges that are listed before the list stops and asks; the counting goes on to the end. */
export const RANGE_LIMIT = 10_000;
/** Memories compared without being shown: a dump can have very many. */
const AT_ONCE = 64;

/** The second dump. `dump` is the id of the one beside which it was opened. */
export type Other =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'opening';
      readonly dump: number;
      readonly name: string;
      readonly progress: Progress | null;
    }
  | { readonly kind: 'open'; readonly dump: number; readonly snapshot: Snapshot }
  /** Nothing of it can be compared; `message` is a sentence. */
  | { readonly kind: 'failed'; readonly dump: number; readonly name: string; readonly message: string };

/** The ranges listed so far, in columns (session/compare-types). */
export interface Ranges {
  readonly starts: readonly Address[];
  readonly lengths: readonly number[];
  readonly differing: readonly number[];
  readonly kinds: readonly number[];
}

/** The comparison of one memory. */
export interface CompareRun {
  readonly request: CompareRequest;
  /** What both memories were when it began: as soon as that changes it is begun anew. */
  readonly basis: string;
  readonly update: CompareUpdate | null;
  readonly ranges: Ranges;
}

interface CompareState {
  readonly other: Other;
  readonly runs: ReadonlyMap<number, CompareRun>;
  readonly listUnknown: boolean;
}

const NO_RANGES: Ranges = { starts: [], lengths: [], differing: [], kinds: [] };
const NO_RUNS: ReadonlyMap<number, CompareRun> = new Map();

export const useCompare = create<CompareState>()(() => ({
  other: { kind: 'none' },
  runs: NO_RUNS,
  listUnknown: false,
}));

/** Grows with every second dump that is asked for: what an earlier one still reports is dropped. */
let generation = 0;

const NONE: Other = { kind: 'none' };

/** The second dump beside the dump of this id; that of another dump is none. */
export function otherOf(state: CompareState, dump: number | null): Other {
  return state.other.kind !== 'none' && state.other.dump === dump ? state.other : NONE;
}

/** The snapshot of the second dump, or null. */
export function otherSnapshot(state: CompareState, dump: number | null): Snapshot | null {
  const other = otherOf(state, dump);
  return other.kind === 'open' ? other.snapshot : null;
}

/** The comparison of a memory of the dump of this id, or null. */
export function runOf(state: CompareState, dump: number | null, memory: number): CompareRun | null {
  return otherOf(state, dump).kind === 'open' ? (state.runs.get(memory) ?? null) : null;
}

/** Opens the second dump beside the open one, and shows the comparison. */
export async function openOther(files: readonly NamedFile[]): Promise<void> {
  const here = snapshotOf(useStore.getState());
  const [first] = files;
  if (here === null || first === undefined) return;
  const mine = ++generation;
  const dump = here.id;
  const current = () => mine === generation;
  useStore.getState().showDrawer('compare');
  useStore.getState().showPane('mid');
  useCompare.setState({ other: { kind: 'opening', dump, name: first.name, progress: null }, runs: NO_RUNS });
  const fail = (message: string) =>
    useCompare.setState({ other: { kind: 'failed', dump, name: first.name, message }, runs: NO_RUNS });
  try {
    const outcome = await session().compare.open(files, (update) => {
      if (current()) take(update, dump);
    });
    if (current() && outcome.kind === 'refused') fail(outcome.message);
  } catch (error) {
    if (current()) fail(error instanceof Error ? error.message : String(error));
  }
}

/** Ends the comparison. */
export function closeOther(): void {
  generation++;
  useCompare.setState({ other: NONE, runs: NO_RUNS });
  void session().compare.close();
}

function take(update: Update, dump: number): void {
  const { other } = useCompare.getState();
  switch (update.kind) {
    case 'snapshot':
      useCompare.setState({ other: { kind: 'open', dump, snapshot: update.snapshot } });
      return;
    case 'progress':
      if (other.kind === 'opening') useCompare.setState({ other: { ...other, progress: update.progress } });
      else if (other.kind === 'open')
        useCompare.setState({
          other: { ...other, snapshot: { ...other.snapshot, indexing: update.progress } },
        });
      return;
    case 'failed':
      if (other.kind === 'open') useStore.getState().notify(update.message);
      else if (other.kind === 'opening')
        useCompare.setState({ other: { kind: 'failed', dump, name: other.name, message: update.message } });
      return;
  }
}

/** Ranges that differ in all memories compared so far; null where nothing is compared. */
export function differenceCount(state: CompareState, dump: number): number | null {
  if (otherOf(state, dump).kind !== 'open') return null;
  return [...state.runs.values()].reduce((sum, { update }) => sum + (update?.found ?? 0), 0);
}

/** Keeps comparing whatever there is to compare, until the answer is called. */
export function followCompare(): () => void {
  const ends = [useStore.subscribe(keepComparing), useCompare.subscribe(keepComparing)];
  keepComparing();
  return () => {
    for (const end of ends) end();
  };
}

/** Lists ranges that cannot be compared too, or does not. */
export function setListUnknown(listUnknown: boolean): void {
  useCompare.setState({ listUnknown, runs: NO_RUNS });
}

/**
 * Begins what is to be compared now: the shown memory, and when that is done the next one. Nothing is begun while either
 * dump is being indexed, and what was compared before something changed is begun anew.
 */
export function keepComparing(): void {
  const state = useStore.getState();
  const compare = useCompare.getState();
  const here = snapshotOf(state);
  const there = otherSnapshot(compare, here?.id ?? null);
  if (here === null || there === null) return;
  if (here.indexing.state === 'running' || there.indexing.state === 'running') return;
  const next = nextToCompare(here, there, state.memory, compare);
  if (next !== null) start(next, basisOf(here, there, next), compare.listUnknown);
}

/** The memory to compare next; null: all are compared, or one is being compared. */
export function nextToCompare(
  here: Snapshot,
  there: Snapshot,
  shown: number,
  { runs, listUnknown }: CompareState,
): number | null {
  const count = Math.min(AT_ONCE, Math.max(here.memories.length, there.memories.length));
  const order = [shown, ...Array.from({ length: count }, (_, memory) => memory)];
  for (const memory of order) {
    const run = runs.get(memory);
    const fresh = run?.basis === basisOf(here, there, memory) && run.request.listUnknown === listUnknown;
    if (!fresh)
      return here.memories[memory] === undefined && there.memories[memory] === undefined ? null : memory;
    if (run.update === null || run.update.state === 'running') return null;
  }
  return null;
}

/** What a comparison of a memory depends on: which dumps, how much of them is indexed, what their gaps are. */
function basisOf(here: Snapshot, there: Snapshot, memory: number): string {
  const facts = (summary: MemorySummary | undefined) => [summary?.size, summary?.counts];
  return JSON.stringify([here.id, there.id, facts(here.memories[memory]), facts(there.memories[memory])]);
}

function start(memory: number, basis: string, listUnknown: boolean): void {
  const request: CompareRequest = { memory, listUnknown, limit: RANGE_LIMIT };
  const run: CompareRun = { request, basis, update: null, ranges: NO_RANGES };
  useCompare.setState(({ runs }) => ({ runs: new Map(runs).set(memory, run) }));
  session()
    .compare.start(request, (update) => takeRun(request, update))
    // The worker died: the page as a whole says so.
    .catch(() => useCompare.setState({ runs: NO_RUNS }));
}

function takeRun(request: CompareRequest, update: CompareUpdate): void {
  const { runs } = useCompare.getState();
  const run = runs.get(request.memory);
  // Another comparison of that memory was begun, or another dump was opened, while this was on its way.
  if (run === undefined || run.request !== request) return;
  const { ranges } = run;
  const grown: Ranges =
    update.starts.length === 0
      ? ranges
      : {
          starts: ranges.starts.concat([...update.starts]),
          lengths: ranges.lengths.concat([...update.lengths]),
          differing: ranges.differing.concat([...update.differing]),
          kinds: ranges.kinds.concat([...update.kinds]),
        };
  useCompare.setState({ runs: new Map(runs).set(request.memory, { ...run, update, ranges: grown }) });
}

export function stopCompare(memory: number): void {
  void session().compare.stop(memory);
}

/** Goes on comparing, or lists more. */
export function resumeCompare(memory: number): void {
  void session().compare.resume(memory);
}

/** Jumps to the next or previous difference of the shown memory, seen from the selected byte. */
export function stepDifference(direction: 1 | -1): boolean {
  const { bytes, memory, setLive, phase } = useStore.getState();
  const compare = useCompare.getState();
  if (phase.kind !== 'open' || otherSnapshot(compare, phase.snapshot.id) === null) return false;
  const run = compare.runs.get(memory);
  const starts = run?.ranges.starts ?? [];
  const at = bytes === null || bytes.memory !== memory ? null : Math.min(bytes.anchor, bytes.focus);
  const index = hitToStepTo(starts, at, direction);
  if (index === -1) {
    setLive(`No difference is known in memory ${memory}.`);
    return true;
  }
  const unlisted = (run?.update?.found ?? 0) - starts.length;
  if (direction === 1 && index === 0 && at !== null && unlisted > 0 && run?.update?.state === 'done') {
    // Around the end would pass over what is not listed.
    setLive(`${counted(unlisted, 'difference')} more: they are being listed.`);
    resumeCompare(memory);
    return true;
  }
  jumpToDifference(memory, index);
  return true;
}

export function jumpToDifference(memory: number, index: number): void {
  const run = useCompare.getState().runs.get(memory);
  const start = run?.ranges.starts[index];
  const here = snapshotOf(useStore.getState());
  if (start === undefined || here === null) return;
  const size = here.memories[memory]?.size ?? 0;
  if (start >= size) {
    useStore
      .getState()
      .setLive(`Memory ${memory} ends here at ${grouped(size)}; the rest is in the other dump only.`);
    return;
  }
  // What only the other dump has cannot be selected here.
  const length = Math.min(run?.ranges.lengths[index] ?? 1, size - start);
  useStore.getState().jump(memory, start, length);
}
