import { SourceError } from '../bytes/source';
import { type ModuleSymbols, readModuleSymbols } from '../symbols/debug-module';
import { framesIn, type Match, matchModule } from '../symbols/match';
import type { NameSource } from '../symbols/names';
import type { OpenedFile } from './container';
import type { OpenDump } from './open-dump';
import type { DebugModule } from './types';

interface Shelved {
  readonly id: number;
  readonly file: OpenedFile;
  readonly symbols: ModuleSymbols;
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
    this.#shelved.push({ id, file, symbols });
    return id;
  }

  remove(id: number): void {
    this.#shelved = this.#shelved.filter((shelved) => shelved.id !== id);
  }

  clear(): void {
    this.#shelved = [];
  }

  /** Holds every module against the dump. Only one that fits gives names. */
  match(open: OpenDump): { readonly modules: DebugModule[]; readonly sources: NameSource[] } {
    const sources: NameSource[] = [];
    const modules = this.#shelved.map((shelved): DebugModule => {
      const { module, match } = best(open, shelved);
      if (match.fits) sources.push({ module, names: shelved.symbols.names });
      return {
        id: shelved.id,
        name: shelved.file.name,
        size: shelved.file.source.size ?? shelved.file.source.arrived,
        functions: shelved.symbols.functions,
        names: shelved.symbols.names.functions.size,
        verdict: match.fits ? 'matches' : match.frames === 0 ? 'unused' : 'no-match',
        evidence: match.evidence,
      };
    });
    return { modules, sources };
  }
}

/** The module of the dump that a file fits best: by its name first, then by the frames. null: the dump lists none. */
function best(
  open: OpenDump,
  { file, symbols }: Shelved,
): { readonly module: number | null; readonly match: Match } {
  const { instances, modules, threads } = open.walked.assembled.dump;
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
    const match = matchModule(symbols, framesIn(threads, instances, module), open.producer);
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
