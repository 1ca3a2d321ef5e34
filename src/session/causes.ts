import { SourceError } from '../bytes/source';
import type { Address, Bytes } from '../bytes/units';
import { readMemory } from '../memory/read';
import { stackBounds } from '../memory/region';
import { type Cause, type CauseFrame, type CodeFacts, causeOf, type DumpFacts } from '../symbols/cause/cause';
import {
  type CauseSource,
  causeFrames,
  codeFacts,
  dumpFacts,
  zeroMeansUnknown,
} from '../symbols/cause-facts';
import type { ModuleSymbols } from '../symbols/debug-module';
import { readTablesOf } from '../symbols/tables';
import { codeTypesOf } from './code-types-cache';
import type { OpenedFile } from './container';
import type { ModuleShelf } from './module-shelf';
import type { OpenDump } from './open-dump';
import type { Symbolizer } from './symbolizer';
import type { Names, Snapshot } from './types';

/** A thread that did not trap has no cause, and a dump can have as many threads as it has bytes. */
const MOST_THREADS = 64;

/** What the frames of a thread are worked out from. */
export interface ThreadFrames {
  readonly frames: readonly CauseFrame[];
  readonly dump: DumpFacts;
}

/** Finds out why each thread died, once for all that this rests on. */
export class CauseFinder {
  #causes: Snapshot['causes'] = [];
  #key: readonly unknown[] = [];
  #working = false;
  readonly #code = new WeakMap<ModuleSymbols, Promise<CodeFacts>>();
  readonly #modules: ModuleShelf;
  readonly #symbols: Symbolizer;

  constructor(modules: ModuleShelf, symbols: Symbolizer) {
    this.#modules = modules;
    this.#symbols = symbols;
  }

  /**
   * The snapshot with the causes as far as they are known. Where anything that they rest on has changed (another dump,
   * names, what gaps are, the end of the indexing) they are worked out anew, after the names.
   * @param onChange called when they are known, unless something has changed again by then.
   */
  added(snapshot: Snapshot, open: OpenDump, onChange: () => void, signal: AbortSignal): Snapshot {
    if (!snapshot.symbolicating) this.#look(snapshot, open, onChange, signal);
    const same = this.#key[0] === open;
    const symbolicating = snapshot.symbolicating || this.#working;
    return { ...snapshot, symbolicating, causes: same ? this.#causes : [] };
  }

  /** The frames of a thread, to be asked for the operands of their instructions; null: it has none. */
  async threadFrames(
    snapshot: Snapshot | null,
    open: OpenDump | null,
    thread: number,
    signal: AbortSignal,
  ): Promise<ThreadFrames | null> {
    const found = open?.walked.assembled.dump.threads[thread];
    const youngest = found?.frames[0];
    if (snapshot === null || open === null || found === undefined || youngest === undefined) return null;
    const { names } = snapshot;
    const source = this.#source(names, open, signal);
    const frames = await causeFrames(source, found, names.frames[thread] ?? []);
    return { frames, dump: dumpFacts(source, youngest) };
  }

  #look({ names }: Snapshot, open: OpenDump, onChange: () => void, signal: AbortSignal): void {
    const symbols = this.#symbols;
    const { threads } = open.walked.assembled.dump;
    const rules = open.models().map(({ override, rule }) => override ?? rule?.state ?? null);
    const done = open.indexing.state === 'done';
    const key = [open, threads, symbols.sources, symbols.demangle, done, ...rules];
    if (key.length === this.#key.length && key.every((part, index) => part === this.#key[index])) return;
    this.#key = key;
    this.#working = true;
    const settle = (causes: Snapshot['causes']): void => {
      if (this.#key !== key || signal.aborted) return;
      this.#causes = causes;
      this.#working = false;
      onChange();
    };
    this.#find(names, open, signal).then(settle, (error: unknown) => {
      // The file cannot be read any more: what says so is said where it is read for the page.
      settle([]);
      if (!(error instanceof SourceError) && !signal.aborted) throw error;
    });
  }

  async #find(names: Names, open: OpenDump, signal: AbortSignal): Promise<Snapshot['causes']> {
    const { threads } = open.walked.assembled.dump;
    const source = this.#source(names, open, signal);
    const causes: (Cause | null)[] = [];
    for (const [index, thread] of threads.slice(0, MOST_THREADS).entries()) {
      const youngest = thread.frames[0];
      if (youngest === undefined) {
        causes.push(null);
        continue;
      }
      const frames = await causeFrames(source, thread, names.frames[index] ?? []);
      causes.push(await causeOf(frames, dumpFacts(source, youngest), zeroMeansUnknown(open.producer)));
    }
    return causes;
  }

  #source(names: Names, open: OpenDump, signal: AbortSignal): CauseSource {
    const models = open.models();
    const read = async (memory: number, address: Address, length: Bytes) => {
      const model = models[memory];
      return model === undefined
        ? null
        : readMemory(open.source, open.index.table, model, address, length, signal);
    };
    return {
      dump: open.walked.assembled.dump,
      producer: open.producer,
      stackPointer: names.stackPointer,
      memorySize: (memory) => models[memory]?.size ?? null,
      read: async (memory, address, length) => {
        const window = await read(memory, address, length);
        const known =
          window?.states.every(({ state }) => state === 'captured' || state === 'zero-elided') ?? false;
        return known ? (window?.bytes ?? null) : null;
      },
      peek: async (memory, address, length) =>
        (await read(memory, address, length))?.bytes ?? new Uint8Array(length),
      stackBounds: (memory) => stackBounds({ layouts: this.#symbols.layouts(open, memory), names: [] }),
      body: async (place) => {
        const file = this.#modules.module(place.module)?.file ?? null;
        return file === null ? new Uint8Array(0) : file.source.read(place.start, place.size, signal);
      },
      code: async (id) => {
        const held = this.#modules.module(id);
        return held === null ? null : this.#codeOf(held.file, held.symbols, signal);
      },
    };
  }

  async #codeOf(file: OpenedFile, symbols: ModuleSymbols, signal: AbortSignal): Promise<CodeFacts> {
    const known = this.#code.get(symbols);
    if (known !== undefined) return known;
    const reading = (async () => {
      const types = await codeTypesOf({ file, symbols }, signal);
      const tables = await readTablesOf(file.source, symbols.sections, signal);
      return codeFacts(
        types,
        tables,
        symbols.importedFunctions,
        (index) => symbols.names.functions.get(index) ?? null,
      );
    })();
    // What was cut short is read anew.
    reading.catch(() => this.#code.delete(symbols));
    this.#code.set(symbols, reading);
    return reading;
  }
}
