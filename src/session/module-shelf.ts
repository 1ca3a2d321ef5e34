import { SourceError } from '../bytes/source';
import { type ModuleSymbols, NO_SYMBOLS, readModuleSymbols } from '../symbols/debug-module';
import { discardFiles, type OpenedFile } from './container';

/** What a file on the shelf gives: a module its names, code and debug information, the others what a module lacks. */
export type ShelfKind = 'module' | 'split-dwarf' | 'source-map';

/** A file that the user added. */
export interface Shelved {
  readonly id: number;
  readonly kind: ShelfKind;
  readonly file: OpenedFile;
  /** Of a source map, those of an empty module. */
  readonly symbols: ModuleSymbols;
}

/**
 * The debug modules that the user added. They stay for the session: the next dump may be of the same build, and a module
 * may come before its dump.
 */
export class ModuleShelf {
  #shelved: readonly Shelved[] = [];
  #nextId = 1;

  /** The same list as long as nothing was added or removed. */
  get all(): readonly Shelved[] {
    return this.#shelved;
  }

  /**
   * A file of the same name and size takes the place of the one before: "Open again" gives the modules once more.
   * @throws SourceError when its bytes cannot be had.
   */
  async add(file: OpenedFile, kind: ShelfKind, signal: AbortSignal): Promise<number> {
    const symbols = kind === 'source-map' ? NO_SYMBOLS : await readModuleSymbols(file.source, signal);
    if (signal.aborted) throw new SourceError('This file was closed.');
    const size = sizeNow(file);
    const same = this.#shelved.find((other) => other.file.name === file.name && sizeNow(other.file) === size);
    const id = this.#nextId;
    this.#nextId += 1;
    this.#shelved = [...this.#shelved.filter((other) => other !== same), { id, kind, file, symbols }];
    if (same !== undefined && same.file !== file) await discardFiles([same.file]);
    return id;
  }

  /** Takes a file away and gives back what it holds. */
  async remove(id: number): Promise<void> {
    const removed = this.module(id);
    this.#shelved = this.#shelved.filter((shelved) => shelved !== removed);
    if (removed !== null) await discardFiles([removed.file]);
  }

  /** The file and the tables of a debug module, by its id; null where there is none. */
  module(id: number): Shelved | null {
    return this.#shelved.find((shelved) => shelved.id === id) ?? null;
  }

  async clear(): Promise<void> {
    const files = this.#shelved.map(({ file }) => file);
    this.#shelved = [];
    await discardFiles(files);
  }
}

/** Bytes after decompression, as far as they have arrived. */
export const sizeNow = ({ source }: OpenedFile): number => source.size ?? source.arrived;

/** Keeps a module that was opened for itself; one that cannot be read is let go. */
export async function shelve(shelf: ModuleShelf, file: OpenedFile): Promise<void> {
  try {
    await shelf.add(file, 'module', new AbortController().signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    await discardFiles([file]);
  }
}
