import type { Dropped } from '../intake/expand';

/** What is known of something given beside its bytes. */
export type Mark =
  /** Null: the browser gave none. */
  | { readonly kind: 'handle'; readonly handle: Promise<FileSystemHandle | null> }
  /** Comes with the page: nothing to remember. */
  | { readonly kind: 'sample' }
  /** A kept copy, of the entry of this id. */
  | { readonly kind: 'copy'; readonly id: string };

const marks = new WeakMap<object, Mark>();

/** Notes what is known of a file (its Blob) or a folder (its entry), before it is given to the page. */
export function mark(given: object, what: Mark): void {
  marks.set(given, what);
}

export function markHandle(given: object, handle: Promise<FileSystemHandle | null>): void {
  // It is asked for much later, if at all: a failure is then the same as none.
  mark(given, { kind: 'handle', handle: handle.catch(() => null) });
}

export function markOf(item: Dropped): Mark | null {
  return marks.get(item.kind === 'file' ? item.blob : item.entry) ?? null;
}

/** From which of the given things a file for the session came, and under which path. */
export interface Origin {
  readonly item: Dropped;
  readonly path: string;
}

const origins = new WeakMap<Blob, Origin>();

export function noteOrigin(blob: Blob, origin: Origin): void {
  origins.set(blob, origin);
}

/** Null: it was not given as a file: a paste of text, a dump out of a link. */
export function originOf(blob: Blob): Origin | null {
  return origins.get(blob) ?? null;
}
