import { SourceError } from '../bytes/source';
import type { Instance, Thread } from '../coredump/model';
import type { MemoryLayout } from '../memory/region';
import { type ModuleSymbols, readModuleSymbols } from '../symbols/debug-module';
import { type FramesByModule, framesByModule, isCallersOffset, type Match, Matcher } from '../symbols/match';
import type { NameSource } from '../symbols/names';
import { AS_WRITTEN, type FunctionsByFrame, wasmedgeFunctions } from '../symbols/wasmedge-frames';
import type { OpenedFile } from './container';
import type { OpenDump } from './open-dump';
import type { DebugModule } from './types';

interface Shelved {
  readonly id: number;
  readonly file: OpenedFile;
  readonly symbols: ModuleSymbols;
  /** By the threads that they were worked out for: the same list as long as nothing changes. */
  readonly functions: WeakMap<readonly Thread[], FunctionsByFrame>;
}

/** The debug modules that the user added, and which of them fit the open dump. */
export class ModuleShelf {
  #shelved: Shelved[] = [];
  #nextId = 1;

  /** @throws SourceError when its bytes cannot be had. */
  async add(file: OpenedFile, signal: AbortSignal): Promise<number> {
    const symbols = await readModuleSymbols(file.source, signal);
    if (signal.aborted) throw new SourceError('This file was closed.');
    const id = this.#nextId;
    this.#nextId += 1;
    this.#shelved.push({ id, file, symbols, functions: new WeakMap() });
    return id;
  }

  /** Answers with the file that is no longer used; null where there is none. */
  remove(id: number): OpenedFile | null {
    const removed = this.#shelved.find((shelved) => shelved.id === id);
    this.#shelved = this.#shelved.filter((shelved) => shelved !== removed);
    return removed?.file ?? null;
  }

  /** The file and the tables of a debug module, by its id; null where there is none. */
  module(id: number): { readonly file: OpenedFile; readonly symbols: ModuleSymbols } | null {
    return this.#shelved.find((shelved) => shelved.id === id) ?? null;
  }

  clear(): void {
    this.#shelved = [];
  }

  /** How the modules that fit laid out a memory of the dump. */
  layouts(open: OpenDump, memory: number): MemoryLayout[] {
    if (this.#shelved.length === 0) return [];
    const { instances, threads } = open.walked.assembled.dump;
    const groups = framesByModule(threads, instances);
    return this.#shelved.flatMap((shelved) => {
      const { module, match } = best(open, shelved, groups);
      const { layout } = shelved.symbols;
      const owned = (own: number) => instances.some((instance) => belongsTo(instance, module, own, memory));
      if (!match.fits || !owned(0)) return [];
      const segments = layout.segments.filter((segment) => owned(segment.memory));
      return [{ module: shelved.file.name, segments, names: layout.names, stackTop: layout.stackTop }];
    });
  }

  /** Holds every module against the dump. Only one that fits gives names. */
  match(open: OpenDump): { readonly modules: DebugModule[]; readonly sources: NameSource[] } {
    const sources: NameSource[] = [];
    if (this.#shelved.length === 0) return { modules: [], sources };
    const { instances, threads } = open.walked.assembled.dump;
    const groups = framesByModule(threads, instances);
    const modules = this.#shelved.map((shelved): DebugModule => {
      const { module, match } = best(open, shelved, groups);
      if (match.fits) {
        const { names } = shelved.symbols;
        const functions = isCallersOffset(open.producer) ? trueFunctions(shelved, threads) : AS_WRITTEN;
        sources.push({ module, names, functions });
      }
      return {
        id: shelved.id,
        name: shelved.file.name,
        size: shelved.file.source.size ?? shelved.file.source.arrived,
        functions: shelved.symbols.functions,
        names: shelved.symbols.names.functions.size,
        verdict: match.fits ? 'matches' : match.frames === 0 ? 'unused' : 'no-match',
        evidence: match.evidence,
        base: null,
        debug: shelved.symbols.names.functions.size > 0 ? 'names only' : 'no names, no debug information',
        problems: [],
      };
    });
    return { modules, sources };
  }
}

function trueFunctions({ functions, symbols }: Shelved, threads: readonly Thread[]): FunctionsByFrame {
  const known = functions.get(threads) ?? wasmedgeFunctions(symbols, threads);
  functions.set(threads, known);
  return known;
}

/** A module's memory is the dump's memory of that place in each instance of the module. */
function belongsTo(instance: Instance, module: number | null, own: number, memory: number): boolean {
  return (
    (module === null || instance.module === null || instance.module === module) &&
    instance.memories[own] === memory
  );
}

/** The module of the dump that a file fits best: by its name first, then by the frames. null: the dump lists none. */
function best(
  open: OpenDump,
  { file, symbols }: Shelved,
  groups: FramesByModule,
): { readonly module: number | null; readonly match: Match } {
  const { modules } = open.walked.assembled.dump;
  const matcher = new Matcher(symbols, groups, open.producer);
  const candidates: (number | null)[] = modules.length === 0 ? [null] : modules.map((_, index) => index);
  const named = (module: number | null): boolean => {
    const name = module === null ? null : (modules[module]?.name ?? null);
    return (
      name !== null &&
      name !== '' &&
      (name === symbols.names.module || name === file.name.replace(/\.gz$/, ''))
    );
  };
  const order = [...candidates.filter(named), ...candidates.filter((module) => !named(module))];
  let found: { module: number | null; match: Match } | null = null;
  for (const module of order) {
    const match = matcher.match(module);
    if (match.fits) return { module, match };
    if (found === null || (match.frames > 0 && found.match.frames === 0)) found = { module, match };
  }
  return (
    found ?? {
      module: null,
      match: { fits: false, inside: 0, frames: 0, evidence: 'the dump has no frames' },
    }
  );
}
