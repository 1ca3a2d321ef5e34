import { BlobSource } from '../bytes/blob-source';
import { BlobSpool } from '../bytes/blob-spool';
import { SourceError } from '../bytes/source';
import type { Spool } from '../bytes/spool';
import type { Address, Bytes } from '../bytes/units';
import { foldsOf } from '../memory/folds';
import { type MemoryModel, mergedRuns, stateAt } from '../memory/memory-model';
import { readMemory } from '../memory/read';
import { nextRegion, stripOf } from '../memory/strip';
import { classify } from './classify';
import { type OpenedFile, openContainer, type StoredFile } from './container';
import { explainState } from './explain';
import { ModuleShelf } from './module-shelf';
import { OpenDump } from './open-dump';
import { snapshotOf } from './snapshot';
import type {
  AddressAnswer,
  AddressQuery,
  FileRole,
  Folds,
  GapOverride,
  MemoryWindow,
  NamedFile,
  OpenOutcome,
  SegmentRow,
  Session,
  Snapshot,
  Strip,
  Update,
} from './types';

/** One read hands out at most this much. */
export const READ_LIMIT: Bytes = 64 * 1024 * 1024;

export interface LocalOptions {
  readonly createSpool: () => Promise<Spool>;
}

/** A session in the same thread: for tests and the command line, and what the worker wraps. */
export class LocalSession implements Session {
  readonly #createSpool: () => Promise<Spool>;
  readonly #modules = new ModuleShelf();
  #open: OpenDump | null = null;
  #abort = new AbortController();
  #update: (update: Update) => void = () => undefined;
  #version = 0;
  /** Files that are open for the present dump; their spools are given back with it. */
  #opened: OpenedFile[] = [];

  constructor(options: LocalOptions) {
    this.#createSpool = options.createSpool;
  }

  open(
    files: readonly NamedFile[],
    mode: 'replace' | 'add',
    onUpdate: (update: Update) => void,
  ): Promise<OpenOutcome> {
    const stored = files.map(({ name, blob }) => ({ name, source: new BlobSource(blob, name) }));
    return this.openSources(stored, mode, onUpdate);
  }

  /**
   * As `open`, for bytes that are no Blob: files of Node, tests. Resolves when the roles are known; work goes on.
   * @param main which file is the one to open: the best of them, as on a page, or the first, as on a command line.
   */
  async openSources(
    files: readonly StoredFile[],
    mode: 'replace' | 'add',
    onUpdate: (update: Update) => void,
    main: 'best' | 'first' = 'best',
  ): Promise<OpenOutcome> {
    const replacing = mode === 'replace' || this.#open === null;
    if (replacing) await this.close();
    const { signal } = this.#abort;
    const tell = (update: Update): void => {
      if (!signal.aborted) onUpdate(update);
    };
    this.#update = tell;
    const opened: OpenedFile[] = [];
    const classes: ('coredump' | 'module' | 'memory-image' | 'other')[] = [];
    try {
      for (const file of files) {
        const container = await openContainer(file, {
          createSpool: this.#createSpool,
          onInflate: (gzip, progress) => {
            if (this.#open?.file.gzip === gzip) this.#open.inflating(progress);
          },
        });
        opened.push(container);
        this.#opened.push(container);
        classes.push(await classify(container.source));
      }
    } catch (error) {
      tell({ kind: 'failed', message: sentence(error) });
      return { roles: files.map(({ name }) => ({ name, role: 'not-used', reason: sentence(error) })) };
    }
    if (signal.aborted)
      return {
        roles: files.map(({ name }) => ({ name, role: 'not-used', reason: 'Replaced by another file.' })),
      };
    const chosen = !replacing ? -1 : main === 'first' ? 0 : mainFile(classes);
    const roles: FileRole[] = [];
    for (const [index, file] of opened.entries())
      roles.push(await this.#assign(file, classes[index] ?? 'other', index === chosen));
    const dump = opened[chosen];
    if (dump !== undefined) this.#start(dump, signal);
    else this.#changed();
    return { roles };
  }

  async stop(): Promise<void> {
    this.#open?.pause();
  }

  async resume(): Promise<void> {
    this.#open?.resume();
  }

  async close(): Promise<void> {
    this.#abort.abort(new SourceError('This file was closed.'));
    this.#abort = new AbortController();
    this.#open = null;
    this.#modules.clear();
    const opened = this.#opened;
    this.#opened = [];
    await Promise.all(opened.map(({ gzip }) => gzip?.discard()));
  }

  /** The picture at this moment; null when nothing is open. */
  snapshot(): Snapshot | null {
    if (this.#open === null) return null;
    const { modules, sources } = this.#modules.match(this.#open);
    return snapshotOf(this.#open, this.#version, modules, sources);
  }

  /** The memory models, for what only runs in the same thread. */
  models(): MemoryModel[] {
    return this.#open?.models() ?? [];
  }

  async read(memory: number, address: Address, length: Bytes): Promise<MemoryWindow> {
    const version = this.#version;
    const limited = Math.max(0, Math.min(length, READ_LIMIT));
    const model = this.models()[memory];
    if (this.#open === null || model === undefined) {
      const states =
        limited === 0 ? [] : [{ start: address, end: address + limited, state: 'out-of-bounds' as const }];
      return { memory, address, bytes: new Uint8Array(limited), states, version };
    }
    const { source, index } = this.#open;
    const { bytes, states } = await readMemory(
      source,
      index.table,
      model,
      address,
      limited,
      this.#abort.signal,
    );
    return { memory, address, bytes, states, version };
  }

  async folds(memory: number, rowBytes: Bytes, minimumRows: number): Promise<Folds> {
    const model = this.models()[memory];
    const version = this.#version;
    if (model === undefined)
      return { rows: new Float64Array(0), counts: new Float64Array(0), states: new Uint8Array(0), version };
    return { ...foldsOf(model, rowBytes, minimumRows), version };
  }

  async runs(
    memory: number,
    start: Address,
    end: Address,
    limit: number,
  ): Promise<ReturnType<typeof mergedRuns>> {
    const model = this.models()[memory];
    return model === undefined ? [] : mergedRuns(model, start, end, limit);
  }

  async strip(memory: number, buckets: number): Promise<Strip> {
    const model = this.models()[memory];
    const version = this.#version;
    return model === undefined ? { runs: [], exact: true, version } : { ...stripOf(model, buckets), version };
  }

  async classify(queries: readonly AddressQuery[]): Promise<readonly AddressAnswer[]> {
    const models = this.models();
    const table = this.#open?.index.table;
    return queries.map(({ memory, address }) => {
      const model = models[memory];
      if (model === undefined || table === undefined) {
        return {
          state: 'out-of-bounds',
          segment: null,
          fileOffset: null,
          reason: `out of bounds: there is no memory ${memory}`,
        };
      }
      const { state, segment } = stateAt(model, address);
      const captured = state === 'captured' && segment !== null;
      return {
        state,
        segment,
        fileOffset: captured ? table.fileOffset(segment) + (address - table.address(segment)) : null,
        reason: explainState(model, state, segment),
      };
    });
  }

  async nextRegion(memory: number, address: Address, direction: 1 | -1): Promise<Address | null> {
    const model = this.models()[memory];
    return model === undefined ? null : nextRegion(model, address, direction);
  }

  async segments(first: number, count: number): Promise<readonly SegmentRow[]> {
    const open = this.#open;
    if (open === null) return [];
    const { table } = open.index;
    const last = Math.min(table.length, first + Math.min(count, 10_000));
    const rows: SegmentRow[] = [];
    for (let index = Math.max(0, first); index < last; index += 1) {
      const { address, fileOffset, length, memory, passive } = table.row(index);
      const name = open.walked.assembled.names.segments.get(index) ?? null;
      rows.push({
        index,
        mode: passive ? 'passive' : 'active',
        memory: passive ? null : memory,
        address,
        length,
        fileOffset,
        name,
      });
    }
    return rows;
  }

  async setGaps(memory: number, override: GapOverride | null): Promise<void> {
    this.#open?.overrides.set(memory, override);
    this.#changed();
  }

  async removeModule(id: number): Promise<void> {
    this.#modules.remove(id);
    this.#changed();
  }

  async #assign(
    file: OpenedFile,
    kind: 'coredump' | 'module' | 'memory-image' | 'other',
    main: boolean,
  ): Promise<FileRole> {
    const { name } = file;
    if (main) return { name, role: 'dump' };
    if (kind === 'coredump' || kind === 'memory-image') return { name, role: 'other-dump' };
    if (kind === 'other') return { name, role: 'not-used', reason: `${name} is not Wasm.` };
    try {
      return { name, role: 'module', id: await this.#modules.add(file, this.#abort.signal) };
    } catch (error) {
      return { name, role: 'not-used', reason: sentence(error) };
    }
  }

  #start(file: OpenedFile, signal: AbortSignal): void {
    const open = new OpenDump(file, {
      changed: () => this.#changed(),
      progress: (progress) => this.#update({ kind: 'progress', progress }),
    });
    this.#open = open;
    open.run(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#update({ kind: 'failed', message: sentence(error) });
    });
  }

  #changed(): void {
    this.#version += 1;
    const snapshot = this.snapshot();
    if (snapshot !== null) this.#update({ kind: 'snapshot', snapshot });
  }
}

/** Which of the files is the one to open: the first dump, else the first image, else the first module, else the first. */
function mainFile(classes: readonly string[]): number {
  for (const kind of ['coredump', 'memory-image', 'module']) {
    const index = classes.indexOf(kind);
    if (index >= 0) return index;
  }
  return classes.length === 0 ? -1 : 0;
}

function sentence(error: unknown): string {
  if (error instanceof SourceError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** A session in this thread that puts inflated bytes into Blobs, or where `options` says. */
export function createLocalSession(
  options: LocalOptions = { createSpool: async () => new BlobSpool() },
): LocalSession {
  return new LocalSession(options);
}
