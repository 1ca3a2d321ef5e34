import type { GzipProgress, GzipSource } from '../bytes/gzip-source';
import { SourceError } from '../bytes/source';
import type { Address, Bytes } from '../bytes/units';
import type { FileKind } from '../coredump/model';
import { visible } from '../coredump/visible';
import type { Side } from '../memory/compare/side';
import { CompareTask } from './compare-task';
import type { CompareRequest, CompareUpdate, OtherOutcome } from './compare-types';
import { type ContainerOptions, discardFiles, type OpenedFile, type StoredFile } from './container';
import { sentence, type TakenFile, takeIn } from './intake';
import { ModuleShelf } from './module-shelf';
import { NameCache } from './name-cache';
import { OpenDump } from './open-dump';
import { inflatingProgress } from './progress';
import { readWindow } from './read-window';
import { storedFiles } from './remote';
import { snapshotOf } from './snapshot';
import { Symbolizer } from './symbolizer';
import type { CompareSession, MemoryWindow, NamedFile, Update } from './types';

interface Options extends Omit<ContainerOptions, 'onInflate'> {
  readonly atLimit: 'wait' | 'end';
}

/** The second dump is shown beside the first by its own names only. */
const NO_MODULES = new Symbolizer(new ModuleShelf(), () => undefined);

/** The second dump beside the open one, and the comparisons under way: one a memory. */
export class CompareDesk implements CompareSession {
  readonly #options: Options;
  readonly #here: () => OpenDump | null;
  readonly #tasks = new Map<number, CompareTask>();
  #naming = new NameCache();
  #other: OpenDump | null = null;
  #file: OpenedFile | null = null;
  /** Aborted when the second dump is closed. */
  #abort = new AbortController();
  #version = 0;
  #dumps = 0;
  /** Stands at its limit, before it is known what it holds. */
  #atLimit: GzipSource | null = null;

  constructor(options: Options, here: () => OpenDump | null) {
    this.#options = options;
    this.#here = here;
  }

  open(files: readonly NamedFile[], onUpdate: (update: Update) => void): Promise<OtherOutcome> {
    const stored = storedFiles(files, this.#options.createSpool, (source, progress) => {
      if (this.#other === null) onUpdate({ kind: 'progress', progress });
      else if (this.#other.file.remote === source) this.#other.downloaded(progress);
    });
    return this.openSources(stored, onUpdate);
  }

  /** As `open`, for bytes that are no Blob. Resolves when it is known what the files are; work goes on. */
  async openSources(files: readonly StoredFile[], onUpdate: (update: Update) => void): Promise<OtherOutcome> {
    const closing = this.close();
    // Taken before anything is waited for: another `open` may come meanwhile, and must abort this one.
    const { signal } = this.#abort;
    const tell = (update: Update): void => {
      if (!signal.aborted) onUpdate(update);
    };
    await closing;
    let taken: TakenFile[];
    try {
      const onInflate = (gzip: GzipSource, progress: GzipProgress): void =>
        this.#inflated(gzip, progress, tell);
      taken = await takeIn(files, { ...this.#options, onInflate }, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return { kind: 'refused', message: 'Replaced by another file.' };
    }
    const here = this.#here()?.kind ?? 'coredump';
    const chosen = taken.find((one) => refusal(one, here) === null);
    const others = taken.flatMap((one) => (one.kind === 'unreadable' || one === chosen ? [] : [one.file]));
    await discardFiles(others);
    if (chosen === undefined || chosen.kind === 'unreadable')
      return { kind: 'refused', message: taken.flatMap((one) => refusal(one, here) ?? []).join(' ') };
    if (signal.aborted) {
      await discardFiles([chosen.file]);
      return { kind: 'refused', message: 'Replaced by another file.' };
    }
    this.#start(chosen.file, tell, signal);
    return { kind: 'opened', name: chosen.name };
  }

  async close(): Promise<void> {
    this.#abort.abort(new SourceError('This file was closed.'));
    this.#abort = new AbortController();
    for (const task of this.#tasks.values()) task.close();
    this.#tasks.clear();
    const file = this.#file;
    this.#file = null;
    this.#other = null;
    this.#atLimit = null;
    this.#naming = new NameCache();
    if (file !== null) await discardFiles([file]);
  }

  async stopOpening(): Promise<void> {
    this.#other?.pause();
  }

  async resumeOpening(): Promise<void> {
    this.#other?.resume();
    this.#atLimit?.resume();
    this.#atLimit = null;
  }

  read(memory: number, address: Address, length: Bytes, signal?: AbortSignal): Promise<MemoryWindow> {
    return readWindow(this.#other, memory, address, length, this.#version, this.#abort.signal, signal);
  }

  async start(request: CompareRequest, onUpdate: (update: CompareUpdate) => void): Promise<void> {
    const { memory } = request;
    this.#tasks.get(memory)?.close();
    this.#tasks.delete(memory);
    const here = sideOf(this.#here(), memory);
    const there = sideOf(this.#other, memory);
    if (this.#other === null || (here === null && there === null)) return;
    const task = new CompareTask({ here, there, onUpdate }, request);
    this.#tasks.set(memory, task);
    void task.run();
  }

  async stop(memory: number): Promise<void> {
    this.#tasks.get(memory)?.stop();
  }

  async resume(memory: number): Promise<void> {
    this.#tasks.get(memory)?.resume();
  }

  #start(file: OpenedFile, tell: (update: Update) => void, signal: AbortSignal): void {
    this.#dumps += 1;
    const id = this.#dumps;
    const open = new OpenDump(file, {
      changed: () => {
        if (signal.aborted) return;
        this.#version += 1;
        const surroundings = { id, version: this.#version, symbolizer: NO_MODULES, naming: this.#naming };
        tell({ kind: 'snapshot', snapshot: snapshotOf(open, surroundings) });
      },
      progress: (progress) => tell({ kind: 'progress', progress }),
    });
    this.#file = file;
    this.#other = open;
    open.run(signal).catch((error: unknown) => tell({ kind: 'failed', message: sentence(error) }));
  }

  #inflated(gzip: GzipSource, progress: GzipProgress, tell: (update: Update) => void): void {
    if (progress.state === 'limit' && this.#options.atLimit === 'end') {
      void gzip.endHere();
      return;
    }
    if (this.#other !== null) {
      if (this.#other.file.gzip === gzip) this.#other.inflated(progress);
      return;
    }
    if (progress.state === 'limit') this.#atLimit = gzip;
    tell({ kind: 'progress', progress: inflatingProgress(progress) });
  }
}

function sideOf(open: OpenDump | null, memory: number): Side | null {
  const model = open?.model(memory) ?? null;
  return open === null || model === null
    ? null
    : { source: open.background, table: open.index.table, memory: model };
}

/** Why a file is not to be compared with one of kind `here`; null: it is. A snapshot by Wizer is a module to `takeIn`. */
function refusal(taken: TakenFile, here: FileKind): string | null {
  const name = visible(taken.name, 60);
  switch (taken.kind) {
    case 'unreadable':
      return `${name}: ${taken.reason}`;
    case 'coredump':
    case 'memory-image':
      return null;
    case 'module':
      return here === 'module' || here === 'snapshot' ? null : `${name} is a module, not a dump.`;
    default:
      return `${name} is not a dump.`;
  }
}
