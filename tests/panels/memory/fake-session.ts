import type { Address, Bytes } from '../../../src/bytes/units';
import type { Dump, GapState, RunState, StateRun } from '../../../src/coredump/model';
import type {
  AddressAnswer,
  Folds,
  GapOverride,
  MemorySummary,
  MemoryWindow,
  Session,
  Snapshot,
  Strip,
} from '../../../src/session/types';
import { fakeCompare } from '../../helpers/fake-compare';
import { NO_CODE } from '../../helpers/no-code';
import { NO_KEEP } from '../../helpers/no-keep';

/** A memory in a few words: what is captured, and what the rest is. */
export interface FakeMemory {
  readonly size: Bytes;
  /** Ascending, apart. */
  readonly segments: readonly { readonly at: Address; readonly bytes: Uint8Array }[];
  readonly gaps: GapState;
  readonly evidenceShort: string;
  readonly evidence: string;
  /** From here on nothing is indexed yet. */
  readonly pendingFrom?: Address;
  readonly name?: string;
}

const FOLDED: readonly RunState[] = ['zero-elided', 'missing', 'lost', 'pending'];

/** All of [0, size) as runs: the plain truth that the tests compare with. */
export function runsOf(memory: FakeMemory, override: GapOverride | null): StateRun[] {
  const gap: RunState =
    (override ?? memory.gaps) === 'zero'
      ? 'zero-elided'
      : override === 'missing'
        ? 'missing'
        : memory.gaps === 'zero'
          ? 'zero-elided'
          : memory.gaps;
  const pendingFrom = memory.pendingFrom ?? memory.size;
  const runs: StateRun[] = [];
  const uncovered = (start: Address, end: Address) => {
    const middle = Math.max(start, Math.min(end, pendingFrom));
    if (start < middle) runs.push({ start, end: middle, state: gap });
    if (middle < end) runs.push({ start: middle, end, state: 'pending' });
  };
  let at = 0;
  for (const segment of memory.segments) {
    uncovered(at, segment.at);
    at = segment.at + segment.bytes.length;
    runs.push({ start: segment.at, end: at, state: 'captured' });
  }
  uncovered(at, memory.size);
  return runs;
}

/** The folds of some runs, found row by row over the runs' edges. */
export function foldsOf(
  runs: readonly StateRun[],
  rowBytes: Bytes,
  minimumRows: number,
  version: number,
): Folds {
  const rows: number[] = [];
  const counts: number[] = [];
  const states: number[] = [];
  for (const run of runs) {
    const first = Math.ceil(run.start / rowBytes);
    const isLast = run === runs.at(-1);
    const end = isLast ? Math.ceil(run.end / rowBytes) : Math.floor(run.end / rowBytes);
    const state = FOLDED.indexOf(run.state);
    if (state < 0 || end - first < minimumRows) continue;
    rows.push(first);
    counts.push(end - first);
    states.push(state);
  }
  return {
    rows: Float64Array.from(rows),
    counts: Float64Array.from(counts),
    states: Uint8Array.from(states),
    version,
  };
}

/** A session over synthetic memories, in process: the interface without the decoder. `delay` in milliseconds a call. */
export function fakeSession(
  memories: readonly FakeMemory[],
  onSnapshot: (snapshot: Snapshot) => void,
  options: { readonly delay?: number; readonly dataSection?: boolean } = {},
): Session & { readonly snapshot: () => Snapshot; readonly bump: () => void; readonly reads: Address[] } {
  const overrides: (GapOverride | null)[] = memories.map(() => null);
  const reads: Address[] = [];
  let version = 1;
  const pause = () => new Promise((done) => setTimeout(done, options.delay ?? 0));
  const memoryOf = (index: number) => {
    const memory = memories[index];
    if (memory === undefined) throw new Error(`no memory ${index}`);
    return memory;
  };
  const allRuns = (index: number) => runsOf(memoryOf(index), overrides[index] ?? null);
  const snapshot = (): Snapshot => fakeSnapshot(memories, overrides, version, options.dataSection ?? true);
  const bump = () => {
    version += 1;
    onSnapshot(snapshot());
  };

  return {
    snapshot,
    bump,
    reads,
    open: async () => ({ roles: [] }),
    stop: async () => undefined,
    resume: async () => undefined,
    close: async () => undefined,
    readAhead: async () => undefined,
    read: async (index, address, length): Promise<MemoryWindow> => {
      reads.push(address);
      await pause();
      const memory = memoryOf(index);
      const bytes = new Uint8Array(length);
      for (const segment of memory.segments) {
        const from = Math.max(address, segment.at);
        const to = Math.min(address + length, segment.at + segment.bytes.length);
        if (from < to) bytes.set(segment.bytes.subarray(from - segment.at, to - segment.at), from - address);
      }
      return {
        memory: index,
        address,
        bytes,
        states: cut(allRuns(index), address, address + length),
        version,
      };
    },
    folds: async (index, rowBytes, minimumRows) => {
      await pause();
      return foldsOf(allRuns(index), rowBytes, minimumRows, version);
    },
    runs: async (index, start, end, limit) => cut(allRuns(index), start, end).slice(0, limit),
    strip: async (index, buckets): Promise<Strip> => {
      await pause();
      const runs = allRuns(index);
      if (runs.length <= buckets) return { runs, exact: true, version };
      return { runs: merged(runs, memoryOf(index).size, buckets), exact: false, version };
    },
    classify: async (queries) => {
      await pause();
      return queries.map((query) =>
        answer(memoryOf(query.memory), allRuns(query.memory), query.memory, query.address),
      );
    },
    nextRegion: async (index, address, direction) => {
      const starts = memoryOf(index).segments.map((segment) => segment.at);
      const found = direction > 0 ? starts.find((at) => at > address) : starts.findLast((at) => at < address);
      return found ?? null;
    },
    namedSegments: async () => [],
    layouts: async () => [],
    pointersTo: async () => ({ hits: [], scanned: 0, next: null }),
    segments: async () => [],
    find: async () => undefined,
    stopFind: async () => undefined,
    resumeFind: async () => undefined,
    closeFind: async () => undefined,
    setGaps: async (index, override) => {
      overrides[index] = override;
      bump();
    },
    compare: fakeCompare(),
    keep: NO_KEEP,
    fileBytes: async () => new Uint8Array(0),
    sourceText: async () => null,
    removeModule: async () => undefined,
    code: NO_CODE,
  };
}

function cut(runs: readonly StateRun[], start: Address, end: Address): StateRun[] {
  return runs
    .map((run) => ({ ...run, start: Math.max(start, run.start), end: Math.min(end, run.end) }))
    .filter((run) => run.start < run.end);
}

/** One run a piece of equal length, captured over lost, missing, zero, pending; equal neighbours are one. */
function merged(runs: readonly StateRun[], size: Bytes, buckets: number): StateRun[] {
  const order: readonly RunState[] = ['captured', 'lost', 'missing', 'zero-elided', 'pending'];
  const pieces: StateRun[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const start = Math.floor((size * bucket) / buckets);
    const end = Math.floor((size * (bucket + 1)) / buckets);
    const inside = cut(runs, start, end).map((run) => run.state);
    const state = order.find((candidate) => inside.includes(candidate)) ?? 'pending';
    const before = pieces.at(-1);
    if (before?.state === state) pieces[pieces.length - 1] = { ...before, end };
    else pieces.push({ start, end, state });
  }
  return pieces;
}

function answer(
  memory: FakeMemory,
  runs: readonly StateRun[],
  index: number,
  address: Address,
): AddressAnswer {
  const state = runs.find((run) => run.start <= address && address < run.end)?.state ?? 'out-of-bounds';
  const segment = memory.segments.findIndex(
    (one) => one.at <= address && address < one.at + one.bytes.length,
  );
  const reasons: Readonly<Record<RunState, string>> = {
    captured: 'captured',
    'zero-elided': 'elided zero: every segment is trimmed, so gaps are zero',
    missing: 'missing: no segment covers it',
    lost: 'lost: the dump was written over 0x0 to 0x1a3f',
    'out-of-bounds': `out of bounds: memory ${index} ends at ${memory.size.toLocaleString('en-US')}`,
    pending: 'not indexed yet',
  };
  return {
    state,
    segment: segment < 0 ? null : segment,
    fileOffset: segment < 0 ? null : 0x1000 + address - (memory.segments[segment]?.at ?? 0),
    reason: reasons[state],
  };
}

function fakeSnapshot(
  memories: readonly FakeMemory[],
  overrides: readonly (GapOverride | null)[],
  version: number,
  dataSection: boolean,
): Snapshot {
  const done = { task: 'indexing', done: 1, total: 1, rate: 0, state: 'done', message: null } as const;
  return {
    version,
    name: 'fake.coredump',
    id: 1,
    sectionsKnown: true,
    dump: fakeDump(memories, dataSection),
    producer: { name: 'unknown', generation: 'unknown', versions: '', evidence: 'made for a test' },
    memories: memories.map((memory, index) => summaryOf(memory, overrides[index] ?? null)),
    segmentCount: memories.reduce((sum, memory) => sum + memory.segments.length, 0),
    problems: [],
    notes: [],
    names: {
      frames: [],
      globals: ['__stack_pointer', 'g_counter'],
      memories: memories.map((memory) => memory.name ?? null),
      stackPointer: 0,
    },
    modules: [],
    symbolicating: false,
    causes: [],
    indexing: done,
  };
}

function summaryOf(memory: FakeMemory, override: GapOverride | null): MemorySummary {
  const sum = (state: RunState) =>
    runsOf(memory, override)
      .filter((run) => run.state === state)
      .reduce((total, run) => total + run.end - run.start, 0);
  return {
    declaration: {
      minimumPages: memory.size / 65536,
      minimum: memory.size,
      maximum: null,
      pageSize: 65536,
      customPageSize: false,
      memory64: false,
      shared: false,
      imported: false,
      tooLarge: false,
    },
    size: memory.size,
    segments: memory.segments.length,
    captured: sum('captured'),
    gaps: memory.gaps,
    evidence: memory.evidence,
    evidenceShort: memory.evidenceShort,
    override,
    counts: {
      captured: sum('captured'),
      zero: sum('zero-elided'),
      missing: sum('missing'),
      lost: sum('lost'),
      pending: sum('pending'),
    },
  };
}

function fakeDump(memories: readonly FakeMemory[], dataSection: boolean): Dump {
  return {
    file: { size: 4985, kind: 'coredump', compression: null, truncatedAt: null, claimedEnd: null },
    process: { name: 'fake' },
    threads: [],
    modules: [],
    instances: [],
    declarations: memories.map((memory) => summaryOf(memory, null).declaration),
    globals: [
      { type: 'i32', mutable: true, value: { type: 'i32', value: 0xffa0 }, imported: false },
      { type: 'i32', mutable: true, value: { type: 'i32', value: 0x11130 }, imported: false },
    ],
    sections: dataSection ? [{ id: 11, name: null, offset: 20, size: 4000 }] : [],
  };
}
