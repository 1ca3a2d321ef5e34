import type { Dump, Frame, Instance, Thread } from '../coredump/model';
import type { Demangle } from './demangler';
import type { FactsByFrame, FrameFacts } from './frame-facts';
import { type FrameLine, type FrameName, NAMELESS } from './frame-name';
import { type FunctionName, type FunctionNameTables, functionNameOf, NO_NAME } from './function-name';

/** What names a part of the dump: a module of it, or null for all of it. */
export interface NameSource {
  readonly module: number | null;
  readonly tables: FunctionNameTables;
  /** Of a debug module, what it knows of the frames that run in it; null: names go by the function index alone. */
  readonly facts: FactsByFrame | null;
  readonly doubtful: boolean;
}

/** Names of everything in a dump; null where none is known. */
export interface DumpNames {
  /** One list a thread, one entry a frame. */
  readonly frames: readonly (readonly FrameName[])[];
  readonly globals: readonly (string | null)[];
  readonly memories: readonly (string | null)[];
  /** The dump's index of the shadow stack's pointer; null when no name says so. */
  readonly stackPointer: number | null;
}

/** The longest run of locals that names are given for: indices in a name section are not bounded by anything. */
const MOST_LOCALS = 50_000;

/** Names the things of a dump. Of several sources for one thing the first that knows it counts. */
export function nameDump(dump: Dump, sources: readonly NameSource[], demangle: Demangle | null): DumpNames {
  const namer = new FrameNamer(dump.instances, sources, demangle);
  const frames = dump.threads.map((thread) => thread.frames.map((frame) => namer.name(frame)));
  const globals = nameIndexSpace(dump.globals.length, dump.instances, sources, 'globals');
  const memories = nameIndexSpace(dump.declarations.length, dump.instances, sources, 'memories');
  const stackPointer = globals.indexOf('__stack_pointer');
  return { frames, globals, memories, stackPointer: stackPointer < 0 ? null : stackPointer };
}

/** The symbol names that a dump's frames would show as they are: whether a demangler is needed. */
export function* rawNames(threads: readonly Thread[], sources: readonly NameSource[]): Generator<string> {
  const functions = new Set<number>();
  for (const { frames } of threads) for (const frame of frames) functions.add(frame.function);
  for (const { facts, tables } of sources) {
    const linkage = new Set<FrameFacts>(facts?.values());
    for (const { function: index, lines } of linkage) {
      if (index !== null) functions.add(index);
      yield lines.at(-1)?.linkageName ?? '';
    }
    for (const index of functions) yield tables.names.functions.get(index) ?? tables.exports.get(index) ?? '';
  }
}

class FrameNamer {
  readonly #instances: readonly Instance[];
  readonly #sources: readonly NameSource[];
  readonly #demangle: Demangle | null;
  /** Frames of one place share one entry: a recursion of 100,000 frames has a handful. */
  readonly #known = new Map<string, FrameName>();
  readonly #ids = new Map<FrameFacts, number>();
  readonly #ofModule = new Map<number | null, readonly NameSource[]>();

  constructor(instances: readonly Instance[], sources: readonly NameSource[], demangle: Demangle | null) {
    this.#instances = instances;
    this.#sources = sources;
    this.#demangle = demangle;
  }

  name(frame: Frame): FrameName {
    const module = frame.instance === null ? null : (this.#instances[frame.instance]?.module ?? null);
    const sources = this.#relevant(module);
    const facts = sources.map((source) => source.facts?.get(frame) ?? null);
    const key = `${module} ${frame.function} ${frame.locals.length} ${facts.map((one) => this.#id(one)).join(' ')}`;
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    const entry = this.#entry(frame, sources, facts);
    this.#known.set(key, entry);
    return entry;
  }

  #relevant(module: number | null): readonly NameSource[] {
    const known = this.#ofModule.get(module);
    if (known !== undefined) return known;
    const relevant = this.#sources.filter(
      (source) => source.module === null || module === null || source.module === module,
    );
    this.#ofModule.set(module, relevant);
    return relevant;
  }

  #id(facts: FrameFacts | null): number {
    if (facts === null) return -1;
    const id = this.#ids.get(facts) ?? this.#ids.size;
    this.#ids.set(facts, id);
    return id;
  }

  #entry(frame: Frame, sources: readonly NameSource[], facts: readonly (FrameFacts | null)[]): FrameName {
    // Where a debug module knows the function that a frame truly runs in, all go by that.
    const told = facts.find((one) => one !== null);
    const index = told === undefined ? frame.function : told.function;
    if (index === null || told === null) return NAMELESS;
    let named: FunctionName = NO_NAME;
    let doubtful = false;
    for (const [at, { doubtful: poor, tables }] of sources.entries()) {
      const debug = facts[at]?.lines.at(-1) ?? null;
      named = functionNameOf(tables, index, debug, this.#demangle);
      doubtful = poor;
      if (named.function !== null) break;
    }
    const lined = facts.findIndex((one) => one !== null && one.lines.length > 0);
    const placed = facts.findIndex((one) => one !== null && one.place !== null);
    const lines = facts[lined]?.lines ?? [];
    const poor = [lined, placed].some((at) => sources[at]?.doubtful ?? false);
    return {
      ...named,
      locals: localNames(sources, index, frame.locals.length),
      doubtful: (named.function !== null && doubtful) || poor,
      lines: lines.map((line, at) => lineOf(line, at === lines.length - 1 ? named.function : null)),
      place: facts[placed]?.place ?? null,
    };
  }
}

/** A source map names no functions: the last line is then the function's own. */
function lineOf({ column, directory, file, function: name, line }: FrameLine, own: string | null): FrameLine {
  return { function: name ?? own, file, directory, line, column };
}

function localNames(sources: readonly NameSource[], func: number, count: number): (string | null)[] {
  const source = sources.find(({ tables }) => tables.names.locals.has(func));
  const names = source?.tables.names.locals.get(func);
  if (names === undefined) return [];
  return Array.from({ length: Math.min(count, MOST_LOCALS) }, (_, index) => names.get(index) ?? null);
}

/** The dump's index space is filled through the instances: the i-th global of an instance is its module's i-th. */
function nameIndexSpace(
  length: number,
  instances: readonly Instance[],
  sources: readonly NameSource[],
  space: 'globals' | 'memories',
): (string | null)[] {
  const names: (string | null)[] = Array.from({ length }, () => null);
  for (const source of sources) {
    for (const instance of instances) {
      if (source.module !== null && instance.module !== null && source.module !== instance.module) continue;
      for (const [index, target] of instance[space].entries()) {
        const name = source.tables.names[space].get(index);
        if (target !== null && name !== undefined) names[target] ??= name;
      }
    }
  }
  return names;
}
