import type { Bytes } from '../bytes/units';

/** What goes into a copy beside the dump. */
export interface KeepRequest {
  /** Ids of debug modules. */
  readonly modules: readonly number[];
  /** Source texts, which the page has and not the session. */
  readonly texts: readonly { readonly name: string; readonly blob: Blob }[];
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
