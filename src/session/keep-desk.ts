import { BlobSource } from '../bytes/blob-source';
import { SourceError, sizeOf } from '../bytes/source';
import type { Bytes } from '../bytes/units';
import { WindowReader } from '../bytes/windows';
import type { OpenedFile, StoredFile } from './container';
import { type CopyStore, FullError } from './copy-store';
import { sentence } from './intake';
import type { KeepOutcome, KeepPlan, KeepRequest, KeptFile } from './keep-types';
import type { ModuleShelf } from './module-shelf';
import { ProgressClock } from './progress';
import type { KeepSession, Progress } from './types';

/** Writes copies of what a session has open. */
export class KeepDesk implements KeepSession {
  readonly #openStore: () => Promise<CopyStore>;
  readonly #open: (modules: readonly number[]) => readonly StoredFile[];
  #abort = new AbortController();

  /** @param open the dump that is open now, if one is, and those of the modules that are on the shelf. */
  constructor(
    openStore: () => Promise<CopyStore>,
    open: (modules: readonly number[]) => readonly StoredFile[],
  ) {
    this.#openStore = openStore;
    this.#open = open;
  }

  async plan(request: KeepRequest): Promise<KeepPlan> {
    const sizes = this.#files(request).map(({ source }) => source.size);
    const bytes = sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
    return { bytes, room: await (await this.#openStore()).room() };
  }

  async keep(
    folder: string,
    request: KeepRequest,
    onProgress: (progress: Progress) => void,
  ): Promise<KeepOutcome> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    let store: CopyStore | null = null;
    const at = { done: 0, total: 0 };
    try {
      store = await this.#openStore();
      const files = await measured(this.#files(request), signal);
      at.total = files.reduce((sum, { size }) => sum + size, 0);
      const room = await store.room();
      if (room !== null && room < at.total) return failed(noRoom(at.total, room));
      const clock = new ProgressClock('copying');
      for (const [index, file] of files.entries())
        await write(file, await store.create(folder, String(index)), signal, (length) => {
          at.done += length;
          const progress = clock.tick(at.done, at.total);
          if (progress !== null) onProgress(progress);
        });
      return { kind: 'kept', files: files.map(({ name, size }) => ({ name, size })) };
    } catch (error) {
      // What is left is removed when the page is opened next (`sweepCopies` of src/app/recent/copies.ts).
      await Promise.allSettled([store?.remove(folder)]);
      if (signal.aborted) return { kind: 'stopped' };
      if (error instanceof FullError) return failed(full(at.done, at.total));
      return failed(`No copy was kept. ${sentence(error)}`);
    }
  }

  async stopKeeping(): Promise<void> {
    this.#abort.abort();
  }

  #files({ modules, texts }: KeepRequest): readonly StoredFile[] {
    const open = this.#open(modules);
    if (open.length === 0) return [];
    return [...open, ...texts.map(({ name, blob }) => ({ name, source: new BlobSource(blob, name) }))];
  }
}

/** The files of the open dump and of debug modules, as they are stored; none where no dump is open. */
export function storedOf(
  main: OpenedFile | null,
  shelf: ModuleShelf,
  modules: readonly number[],
): readonly StoredFile[] {
  if (main === null) return [];
  const shelved = modules.flatMap((id) => shelf.module(id)?.file ?? []);
  return [main, ...shelved].map(({ name, stored }) => ({ name, source: stored }));
}

interface Measured extends StoredFile, KeptFile {}

/** Waits for what is still arriving. @throws when nothing is open. */
async function measured(files: readonly StoredFile[], signal: AbortSignal): Promise<Measured[]> {
  if (files.length === 0) throw new SourceError('No dump is open.');
  const all: Measured[] = [];
  for (const file of files) all.push({ ...file, size: await sizeOf(file.source, signal) });
  return all;
}

/** Copies one file, in windows that are read ahead. */
async function write(
  { name, size, source }: Measured,
  to: Awaited<ReturnType<CopyStore['create']>>,
  signal: AbortSignal,
  onWritten: (length: Bytes) => void,
): Promise<void> {
  const windows = new WindowReader(source, 0, size, signal);
  try {
    for (let at = 0; at < size; ) {
      const bytes = await windows.view(at, 1);
      signal.throwIfAborted();
      if (bytes.length === 0) throw new SourceError(`${name} ends at byte ${count(at)} of ${count(size)}.`);
      to.write(bytes, at);
      at += bytes.length;
      onWritten(bytes.length);
    }
  } finally {
    windows.close();
    to.close();
  }
}

const count = (bytes: Bytes): string => bytes.toLocaleString('en-US');

const failed = (message: string): KeepOutcome => ({ kind: 'failed', message });

const noRoom = (bytes: Bytes, room: Bytes): string =>
  `No copy was kept: it needs ${count(bytes)} bytes, and the browser gives this page ${count(room)} more.`;

const full = (done: Bytes, total: Bytes): string =>
  `No copy was kept: the storage was full after ${count(done)} of ${count(total)} bytes.`;
