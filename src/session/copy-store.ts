import type { Bytes, FileOffset } from '../bytes/units';

/** Where copies are kept: folders of files. */
export interface CopyStore {
  /** Bytes that may still be written; null: not known. */
  readonly room: () => Promise<Bytes | null>;
  /** A new, empty file in a folder, which is made where it is not there. */
  readonly create: (folder: string, file: string) => Promise<CopyFile>;
  /** Takes a folder away with all that is in it, if it is there. */
  readonly remove: (folder: string) => Promise<void>;
}

/** A file that is being written. */
export interface CopyFile {
  /** @throws FullError when there is no room for all of it. */
  readonly write: (bytes: Uint8Array, at: FileOffset) => void;
  readonly close: () => void;
}

/** The disk, or what the browser gives the page of it, is full. */
export class FullError extends Error {
  override readonly name = 'FullError';
}

/** Where there is no storage of the page's own: on the command line, in tests. */
export async function noCopyStore(): Promise<CopyStore> {
  throw new Error('There is no storage for copies here.');
}
