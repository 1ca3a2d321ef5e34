import type { Bytes } from '../bytes/units';
import type { LocalFile, Progress } from './types';

/** Copies of the open files in the browser's private storage for the page: the only place where contents are kept. */
export interface KeepSession {
  /** What a copy would take, and what there is. */
  plan(request: KeepRequest): Promise<KeepPlan>;
  /**
   * Writes the dump and the modules, as they are stored (gzip stays gzip), into a new folder. What is not whole is
   * removed again. One at a time: a second one ends the first.
   */
  keep(folder: string, request: KeepRequest, onProgress: (progress: Progress) => void): Promise<KeepOutcome>;
  /** Ends what is being written. */
  stopKeeping(): Promise<void>;
}

/** What goes into a copy beside the dump. */
export interface KeepRequest {
  /** Ids of debug modules. */
  readonly modules: readonly number[];
  /** Source texts, which the page has and not the session. */
  readonly texts: readonly LocalFile[];
}

export interface KeepPlan {
  /** Null: a file is still arriving, so its size is not known. */
  readonly bytes: Bytes | null;
  /** What the browser still gives the page; null: it does not say. */
  readonly room: Bytes | null;
}

export type KeepOutcome =
  /** The files by their names, the dump first; they are called 0, 1, 2 in the folder. */
  | { readonly kind: 'kept'; readonly files: readonly KeptFile[] }
  | { readonly kind: 'stopped' }
  /** Nothing was kept; a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

export interface KeptFile {
  readonly name: string;
  readonly size: Bytes;
}
