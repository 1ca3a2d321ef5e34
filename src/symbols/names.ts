import type { Dump, Frame, Instance } from '../coredump/model';
import type { NameSection } from '../wasm/name-section';
import { type FrameName, NAMELESS } from './frame-name';
import type { FunctionsByFrame } from './wasmedge-frames';

/** A name section and the part of the dump it speaks of: a module of the dump, or null for all of it. */
export interface NameSource {
  readonly module: number | null;
  readonly names: NameSection;
  /** Where frames run, if they do not say so themselves. */
  readonly functions: FunctionsByFrame;
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
export function nameDump(dump: Dump, sources: readonly NameSource[]): DumpNames {
  const of = (module: number | null): readonly NameSource[] =>
    sources.filter((source) => source.module === null || module === null || source.module === module);
  // Frames of one function share one entry: a recursion of 100,000 frames has a handful.
  const known = new Map<string, FrameName>();
  const nameFrame = (frame: Frame): FrameName => {
    const module = frame.instance === null ? null : (dump.instances[frame.instance]?.module ?? null);
    const relevant = of(module);
    const told = relevant.find(({ functions }) => functions.has(frame));
    const index = told === undefined ? frame.function : (told.functions.get(frame) ?? null);
    const key = `${module} ${index} ${frame.locals.length}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const entry = index === null ? NAMELESS : nameOf(relevant, index, frame.locals.length);
    known.set(key, entry);
    return entry;
  };
  const frames = dump.threads.map((thread) => thread.frames.map(nameFrame));
  const globals = nameIndexSpace(dump.globals.length, dump.instances, sources, 'globals');
  const memories = nameIndexSpace(dump.declarations.length, dump.instances, sources, 'memories');
  const stackPointer = globals.indexOf('__stack_pointer');
  return { frames, globals, memories, stackPointer: stackPointer < 0 ? null : stackPointer };
}

function nameOf(sources: readonly NameSource[], index: number, locals: number): FrameName {
  const named = sources.find(({ names }) => names.functions.has(index));
  return {
    ...NAMELESS,
    function: named?.names.functions.get(index) ?? null,
    from: named === undefined ? null : 'names',
    locals: localNames(sources, index, locals),
  };
}

function localNames(sources: readonly NameSource[], func: number, count: number): (string | null)[] {
  const names = sources.find((source) => source.names.locals.has(func))?.names.locals.get(func);
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
        const name = source.names[space].get(index);
        if (target !== null && name !== undefined) names[target] ??= name;
      }
    }
  }
  return names;
}
