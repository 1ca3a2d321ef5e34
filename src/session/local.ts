import { BlobSpool } from '../bytes/blob-spool';
import type { GzipProgress, GzipSource } from '../bytes/gzip-source';
import type { HttpSource } from '../bytes/http-source';
import { SourceError } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';
import type { MemoryModel } from '../memory/memory-model';
import { CauseFinder } from './causes';
import { CodeViews } from './code-views';
import { CompareDesk } from './compare-desk';
import { discardFiles, type OpenedFile, type StoredFile } from './container';
import { noCopyStore } from './copy-store';
import { FindSlots } from './find-slots';
import type { FindRequest, FindUpdate } from './find-types';
import { mainFile, reasonOf, sentence, type TakenFile, takeIn } from './intake';
import { KeepDesk, storedOf } from './keep-desk';
import { createInlineLineRunner } from './line-runner';
import { MemoryViews } from './memory-views';
import { ModuleShelf, shelve } from './module-shelf';
import { NameCache } from './name-cache';
import { OpenDump } from './open-dump';
import type { LocalOptions } from './options';
import { inflatingProgress } from './progress';
import { ReadAhead } from './read-ahead';
import { readFile } from './read-window';
import { mainOf, storedFiles } from './remote';
import { replaced, roleBeside } from './roles';
import { snapshotOf } from './snapshot';
import { Symbolizer } from './symbolizer';
import type {
  FileRole,
  GapOverride,
  NamedFile,
  OpenOutcome,
  Progress,
  Session,
  Snapshot,
  Update,
} from './types';

/** A small file may inflate to a thousand times its size. */
export const INFLATE_LIMIT: Bytes = 4 * 2 ** 30;

/** A session in the same thread: for tests and the command line, and what the worker wraps. */
export class LocalSession implements Session {
  readonly #options: LocalOptions;
  readonly #modules = new ModuleShelf();
  readonly #symbols = new Symbolizer(this.#modules, () => this.#changed());
  readonly #naming = new NameCache();
  readonly #causes = new CauseFinder(this.#modules, this.#symbols);
  readonly code = new CodeViews(this.#modules, this.#symbols, () => ({
    open: this.#open,
    signal: this.#abort.signal,
    frames: (thread) => this.#causes.threadFrames(this.snapshot(), this.#open, thread, this.#abort.signal),
  }));
  readonly #views = new MemoryViews(this.#symbols, () => ({
    open: this.#open,
    signal: this.#abort.signal,
    version: this.#version,
  }));
  readonly #finds: FindSlots;
  readonly compare: CompareDesk;
  readonly keep: KeepDesk;
  readonly #ahead = new ReadAhead();
  #open: OpenDump | null = null;
  /** Aborted when what is open now is closed. */
  #abort = new AbortController();
  #update: (update: Update) => void = () => undefined;
  #version = 0;
  /** How many dumps were opened: tells one from the next. */
  #dumps = 0;
  /** The file that is open; its spool is given back when it is closed. */
  #main: OpenedFile | null = null;
  /** Settles when the files that were given last have their roles. */
  #taking: Promise<unknown> = Promise.resolve();
  /** Stands at its limit, and what the file is will only be known when it goes on. */
  #atLimit: GzipSource | null = null;

  constructor(options: LocalOptions, copyStore = noCopyStore) {
    this.#options = options;
    this.#finds = new FindSlots(options.lineRunner);
    this.compare = new CompareDesk(options, () => this.#open);
    this.keep = new KeepDesk(copyStore, (modules) => storedOf(this.#main, this.#modules, modules));
  }

  open(
    files: readonly NamedFile[],
    mode: 'replace' | 'add',
    onUpdate: (update: Update) => void,
  ): Promise<OpenOutcome> {
    const onDownload = (source: HttpSource, progress: Progress): void => this.#downloaded(source, progress);
    const stored = storedFiles(files, this.#options.createSpool, onDownload);
    return this.openSources(stored, mode, onUpdate, mainOf(files));
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
    // What is added to a dump that is still being opened waits for it.
    if (mode === 'add') await this.#taking;
    const adding = mode === 'add' && this.#open !== null;
    const closing = adding ? null : this.#leave();
    // Taken before anything is waited for: another `open` may come meanwhile, and must abort this one.
    const { signal } = this.#abort;
    this.#listen(onUpdate, signal);
    const opening = this.#takeAndStart(files, adding, main, onUpdate, signal, closing);
    this.#taking = Promise.allSettled([opening]);
    return opening;
  }

  async stop(): Promise<void> {
    this.#open?.pause();
  }

  async resume(): Promise<void> {
    this.#open?.resume();
    this.#atLimit?.resume();
    this.#atLimit = null;
  }

  async close(): Promise<void> {
    await this.#leave();
    await this.#modules.clear();
  }

  /** Closes what is open. Debug modules stay for the next dump, and so does a module that was opened before it. */
  async #leave(): Promise<void> {
    const main = this.#main;
    const keep = this.#open?.kind === 'module';
    this.#abort.abort(new SourceError('This file was closed.'));
    this.#abort = new AbortController();
    this.#open = null;
    this.#main = null;
    this.#finds.closeAll();
    this.#ahead.leave();
    this.#symbols.stop();
    this.#atLimit = null;
    this.code.clear();
    const given = main === null ? null : keep ? shelve(this.#modules, main) : discardFiles([main]);
    await Promise.all([given, this.compare.close()]);
  }

  /** The picture at this moment; null when nothing is open. */
  snapshot(): Snapshot | null {
    if (this.#open === null) return null;
    const open = this.#open;
    const snapshot = snapshotOf(open, {
      id: this.#dumps,
      version: this.#version,
      symbolizer: this.#symbols,
      naming: this.#naming,
    });
    return this.#causes.added(snapshot, open, () => this.#changed(), this.#abort.signal);
  }

  /** The memory models, for what only runs in the same thread. */
  models(): MemoryModel[] {
    return this.#open?.models() ?? [];
  }

  read: Session['read'] = (...asked) => this.#views.read(...asked);
  readAhead: Session['readAhead'] = async (...place) => this.#ahead.to(this.#open, ...place);
  folds: Session['folds'] = (...asked) => this.#views.folds(...asked);
  runs: Session['runs'] = (...asked) => this.#views.runs(...asked);
  strip: Session['strip'] = (...asked) => this.#views.strip(...asked);
  classify: Session['classify'] = (...asked) => this.#views.classify(...asked);
  nextRegion: Session['nextRegion'] = (...asked) => this.#views.nextRegion(...asked);
  namedSegments: Session['namedSegments'] = (...asked) => this.#views.namedSegments(...asked);
  layouts: Session['layouts'] = (...asked) => this.#views.layouts(...asked);
  pointersTo: Session['pointersTo'] = (...asked) => this.#views.pointersTo(...asked);
  segments: Session['segments'] = (...asked) => this.#views.segments(...asked);

  async find(slot: string, request: FindRequest, onUpdate: (update: FindUpdate) => void): Promise<void> {
    const model = this.#open?.model(request.memory) ?? null;
    if (this.#open !== null && model !== null) this.#finds.start(slot, this.#open, model, request, onUpdate);
  }

  async stopFind(slot: string): Promise<void> {
    this.#finds.stop(slot);
  }

  async resumeFind(slot: string): Promise<void> {
    this.#finds.resume(slot);
  }

  async closeFind(slot: string): Promise<void> {
    this.#finds.close(slot);
  }

  async setGaps(memory: number, override: GapOverride | null): Promise<void> {
    this.#open?.overrides.set(memory, override);
    this.#changed();
  }

  async fileBytes(offset: FileOffset, length: Bytes): Promise<Uint8Array> {
    return readFile(this.#open, offset, length, this.#abort.signal);
  }

  async sourceText(module: number, path: string): Promise<string | null> {
    return this.#symbols.sourceText(module, path);
  }

  async removeModule(id: number): Promise<void> {
    const removed = this.#modules.remove(id);
    this.#changed();
    await removed;
  }

  #listen(onUpdate: (update: Update) => void, signal: AbortSignal): void {
    this.#update = (update) => {
      if (!signal.aborted) onUpdate(update);
    };
  }

  /** Finds out what the files are, opens the one to open, and shelves the modules. */
  async #takeAndStart(
    files: readonly StoredFile[],
    adding: boolean,
    main: 'best' | 'first',
    onUpdate: (update: Update) => void,
    signal: AbortSignal,
    before: Promise<void> | null,
  ): Promise<OpenOutcome> {
    let taken: TakenFile[];
    try {
      const onInflate = (gzip: GzipSource, progress: GzipProgress): void => this.#inflated(gzip, progress);
      // A module that was open goes on the shelf: the next dump may be its own.
      await before;
      taken = await takeIn(files, { ...this.#options, onInflate }, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return { roles: files.map(({ name }) => replaced(name)) };
    }
    const brings = taken.some(({ kind }) => kind === 'coredump' || kind === 'memory-image');
    if (adding && brings) {
      const closing = this.#leave();
      signal = this.#abort.signal;
      this.#listen(onUpdate, signal);
      await closing;
    }
    const chosen = adding && !brings ? -1 : main === 'first' ? 0 : mainFile(taken);
    const roles: FileRole[] = [];
    for (const [index, one] of taken.entries()) {
      const opened = index === chosen && one.kind !== 'unreadable' && !signal.aborted;
      if (opened) this.#main = one.file;
      roles.push(opened ? { name: one.name, role: 'dump' } : await roleBeside(one, this.#modules, signal));
    }
    if (signal.aborted) return { roles };
    const dump = taken[chosen];
    if (dump !== undefined && dump.kind !== 'unreadable') this.#start(dump.file, signal);
    else if (adding && !brings) this.#changed();
    else this.#update({ kind: 'failed', message: reasonOf(dump ?? taken[0]) });
    return { roles };
  }

  #start(file: OpenedFile, signal: AbortSignal): void {
    const open = new OpenDump(file, {
      changed: () => {
        if (!signal.aborted) this.#changed();
      },
      progress: (progress) => this.#update({ kind: 'progress', progress }),
    });
    this.#open = open;
    this.#dumps += 1;
    open.run(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#update({ kind: 'failed', message: sentence(error) });
    });
  }

  /** How far a compressed file is: of the dump, or while it is not known which file that is. */
  #inflated(gzip: GzipSource, progress: GzipProgress): void {
    if (progress.state === 'limit' && this.#options.atLimit === 'end') {
      void gzip.endHere();
      return;
    }
    if (this.#open !== null) {
      if (this.#open.file.gzip === gzip) this.#open.inflated(progress);
      return;
    }
    if (progress.state === 'limit') this.#atLimit = gzip;
    this.#update({ kind: 'progress', progress: inflatingProgress(progress) });
  }

  /** How far a download is: of the dump, or while it is not known which file that is. */
  #downloaded(source: HttpSource, progress: Progress): void {
    if (this.#open === null) this.#update({ kind: 'progress', progress });
    else if (this.#open.file.remote === source) this.#open.downloaded(progress);
  }

  #changed(): void {
    this.#version += 1;
    if (this.#open !== null) this.#symbols.refresh(this.#open);
    const snapshot = this.snapshot();
    if (snapshot !== null) this.#update({ kind: 'snapshot', snapshot });
  }
}

/** A session in this thread that puts inflated bytes into Blobs, or where `options` says. */
export function createLocalSession(
  options: LocalOptions = {
    createSpool: async () => new BlobSpool(),
    atLimit: 'wait',
    inflateLimit: INFLATE_LIMIT,
    lineRunner: createInlineLineRunner,
  },
  copyStore = noCopyStore,
): LocalSession {
  return new LocalSession(options, copyStore);
}
