import type { Frame, GlobalValue, Producer, RunState, StateRun, Value } from '../../src/coredump/model';
import type {
  AddressQuery,
  FileRole,
  MemorySummary,
  NamedFile,
  Session,
  Snapshot,
  StateCounts,
  Update,
} from '../../src/session/types';
import { NAMELESS } from '../../src/symbols/frame-name';
import { fakeCompare } from '../helpers/fake-compare';
import { NO_CODE } from '../helpers/no-code';
import { NO_KEEP } from '../helpers/no-keep';

/** What the tests read of a fixture's `expected.json` (docs: the command line's JSON). */
export interface Expected {
  readonly file: Snapshot['dump']['file'];
  readonly producer: Omit<Producer, 'generation'>;
  readonly process: { readonly name: string | null };
  readonly threads: readonly {
    readonly name: string;
    readonly layout: Snapshot['dump']['threads'][number]['layout'];
    readonly frames: readonly {
      readonly instance: number | null;
      readonly function: number;
      readonly codeOffset: number | null;
      readonly locals: readonly JsonValue[];
      readonly stack: readonly JsonValue[];
    }[];
    readonly complete: boolean;
  }[];
  readonly modules: readonly { readonly name: string }[];
  readonly instances: Snapshot['dump']['instances'];
  readonly memories: readonly {
    readonly size: number;
    readonly pageSize: number;
    readonly memory64: boolean;
    readonly shared: boolean;
    readonly maximum: number | null;
    readonly gaps: MemorySummary['gaps'];
    readonly segments: number;
    readonly captured: number;
    readonly coverage: readonly (readonly [number, number, RunState])[];
  }[];
  readonly globals: readonly {
    readonly type: string;
    readonly mutable: boolean;
    readonly value: string | null;
    readonly bits?: string;
  }[];
  readonly sections: Snapshot['dump']['sections'];
  readonly problems: Snapshot['problems'];
}

interface JsonValue {
  readonly type: string;
  readonly value?: string;
  readonly bits?: string;
}

function fromJson({ type, value, bits }: JsonValue): Value {
  if (type === 'i32') return { type, value: Number(value) };
  if (type === 'i64') return { type, value: BigInt(value ?? 0) };
  if (type === 'f32') return { type, bits: Number(bits) };
  if (type === 'f64') return { type, bits: BigInt(bits ?? 0) };
  return { type: 'missing' };
}

function globalFromJson(global: Expected['globals'][number]): GlobalValue {
  if (global.value === null) return { type: 'missing' };
  if (global.type === 'v128') return { type: 'v128', bits: global.value };
  if (global.value === 'null') return { type: 'null' };
  const { type, value, bits } = global;
  return fromJson(bits === undefined ? { type, value } : { type, value, bits });
}

function countsOf(coverage: Expected['memories'][number]['coverage']): StateCounts {
  const sum = (wanted: RunState) =>
    coverage.reduce((all, [start, end, state]) => (state === wanted ? all + end - start : all), 0);
  return {
    captured: sum('captured'),
    zero: sum('zero-elided'),
    missing: sum('missing'),
    lost: sum('lost'),
    pending: 0,
  };
}

/** The snapshot that a fixture's `expected.json` describes, as if a session had opened it. Names none unless given. */
export function snapshotOfExpected(
  expected: Expected,
  name: string,
  changes: Partial<Snapshot> = {},
): Snapshot {
  const coresections = expected.sections.filter((section) => section.name === 'corestack');
  const threads = expected.threads.map((thread, index) => {
    const offset = coresections[index]?.offset ?? 0;
    const frames = thread.frames.map(
      (frame, at): Frame => ({
        ...frame,
        locals: frame.locals.map(fromJson),
        stack: frame.stack.map(fromJson),
        offset: offset + 16 + 5 * at,
      }),
    );
    return { ...thread, frames, offset };
  });
  const memories = expected.memories.map(
    (memory): MemorySummary => ({
      declaration: {
        minimumPages: memory.size / memory.pageSize,
        minimum: memory.size,
        maximum: memory.maximum,
        pageSize: memory.pageSize,
        customPageSize: memory.pageSize !== 65536,
        memory64: memory.memory64,
        shared: memory.shared,
        imported: false,
        tooLarge: false,
      },
      size: memory.size,
      segments: memory.segments,
      captured: memory.captured,
      gaps: memory.gaps,
      evidence: 'As expected.json says.',
      evidenceShort: 'as expected',
      override: null,
      counts: countsOf(memory.coverage),
    }),
  );
  const segments = expected.memories.reduce((all, memory) => all + memory.segments, 0);
  return {
    version: 1,
    name,
    id: 1,
    sectionsKnown: true,
    dump: {
      file: expected.file,
      process: expected.process,
      threads,
      modules: expected.modules,
      instances: expected.instances,
      declarations: memories.map((memory) => memory.declaration),
      globals: expected.globals.map((global) => ({
        type: global.type,
        mutable: global.mutable,
        value: globalFromJson(global),
        imported: false,
      })),
      sections: expected.sections,
    },
    producer: { ...expected.producer, generation: 'unknown' },
    memories,
    segmentCount: segments,
    problems: expected.problems,
    notes: [],
    names: {
      frames: threads.map((thread) => thread.frames.map(() => NAMELESS)),
      globals: expected.globals.map(() => null),
      memories: memories.map(() => null),
      stackPointer: null,
    },
    modules: [],
    symbolicating: false,
    causes: [],
    indexing: {
      task: 'indexing',
      done: expected.file.size,
      total: expected.file.size,
      rate: 0,
      state: 'done',
      message: null,
    },
    ...changes,
  };
}

/** A session over a fixture's description: states are true, captured bytes are the low byte of their address. */
export class FakeSession implements Session {
  readonly calls: string[] = [];
  readonly compare = fakeCompare(this.calls);
  keep = NO_KEEP;
  onUpdate: ((update: Update) => void) | null = null;
  readonly expected: Expected;
  readonly snapshot: Snapshot;
  roles: readonly FileRole[] | null = null;

  constructor(expected: Expected, snapshot: Snapshot) {
    this.expected = expected;
    this.snapshot = snapshot;
  }

  async open(files: readonly NamedFile[], mode: 'replace' | 'add', onUpdate: (update: Update) => void) {
    this.calls.push(`open ${mode} ${files.map((file) => file.name).join(' ')}`);
    this.onUpdate = onUpdate;
    onUpdate({ kind: 'snapshot', snapshot: this.snapshot });
    return { roles: this.roles ?? files.map(({ name }): FileRole => ({ name, role: 'dump' })) };
  }

  async stop() {
    this.calls.push('stop');
  }
  async resume() {
    this.calls.push('resume');
  }
  async close() {
    this.calls.push('close');
  }
  async find() {
    this.calls.push('find');
  }
  async stopFind() {
    this.calls.push('stopFind');
  }
  async resumeFind() {
    this.calls.push('resumeFind');
  }
  async closeFind() {
    this.calls.push('closeFind');
  }
  async setGaps() {
    this.calls.push('setGaps');
  }
  async fileBytes(offset: number, length: number) {
    return new Uint8Array(Math.max(0, Math.min(length, this.expected.file.size - offset)));
  }
  readonly code = NO_CODE;

  async sourceText() {
    return null;
  }
  async removeModule(id: number) {
    this.calls.push(`removeModule ${id}`);
  }

  async read(memory: number, address: number, length: number) {
    const states = this.clip(memory, address, address + length);
    const bytes = new Uint8Array(length);
    for (const run of states) {
      if (run.state !== 'captured') continue;
      for (let at = run.start; at < run.end; at++) bytes[at - address] = at & 0xff;
    }
    return { memory, address, bytes, states, version: this.snapshot.version };
  }

  async readAhead() {
    return undefined;
  }

  async folds() {
    return {
      rows: new Float64Array(),
      counts: new Float64Array(),
      states: new Uint8Array(),
      version: this.snapshot.version,
    };
  }

  async runs(memory: number, start: number, end: number, limit: number) {
    return this.clip(memory, start, end).slice(0, limit);
  }

  async strip(memory: number, buckets: number) {
    const size = this.expected.memories[memory]?.size ?? 0;
    return {
      runs: this.clip(memory, 0, size).slice(0, buckets),
      exact: true,
      version: this.snapshot.version,
    };
  }

  async classify(queries: readonly AddressQuery[]) {
    this.calls.push(`classify ${queries.length}`);
    return queries.map(({ memory, address }) => {
      const [run] = this.clip(memory, address, address + 1);
      const state = run?.state ?? 'out-of-bounds';
      const captured = state === 'captured';
      const reason = `${state}: as expected.json says`;
      return { state, segment: captured ? 0 : null, fileOffset: captured ? 64 : null, reason };
    });
  }

  async nextRegion() {
    return null;
  }

  async namedSegments() {
    return [];
  }

  async layouts() {
    return [];
  }

  async pointersTo() {
    return { hits: [], scanned: 0, next: null };
  }

  async segments(first: number, count: number) {
    const all = this.expected.memories.flatMap((memory, index) =>
      memory.coverage
        .filter(([, , state]) => state === 'captured')
        .map(([start, end]) => ({ memory: index, address: start, length: end - start })),
    );
    return all.slice(first, first + count).map((segment, index) => ({
      ...segment,
      index: first + index,
      mode: 'active' as const,
      fileOffset: 64 + 4096 * (first + index),
      name: null,
    }));
  }

  private clip(memory: number, start: number, end: number): StateRun[] {
    const coverage = this.expected.memories[memory]?.coverage ?? [];
    const size = this.expected.memories[memory]?.size ?? 0;
    const inside = coverage.flatMap(([from, to, state]) => {
      const run = { start: Math.max(from, start), end: Math.min(to, end), state };
      return run.start < run.end ? [run] : [];
    });
    const past = { start: Math.max(size, start), end, state: 'out-of-bounds' as const };
    return past.start < past.end ? [...inside, past] : inside;
  }
}
