import type { Bytes } from '../../bytes/units';
import type { KeptFile } from '../../session/keep-types';

/** A dump that was opened, as the start page lists it. Of what is in the dump it says only why it died. */
export interface RecentEntry {
  readonly id: string;
  readonly name: string;
  /** Of the dump, after decompression. */
  readonly size: Bytes;
  /** Milliseconds since 1970. */
  readonly opened: number;
  readonly headline: string;
  /** Debug modules that were used with it. */
  readonly modules: number;
  readonly from: RecentSource;
  readonly copy: KeptCopy | null;
}

/** Where the dump came from, and how it is opened again. */
export type RecentSource =
  /** The browser keeps the way to the files. `dump`: its path in what was given, where that holds several. */
  | {
      readonly kind: 'handles';
      readonly dump: string;
      readonly items: readonly GivenHandle[];
      readonly stamp: Stamp | null;
    }
  /** As the addresses stand in the link. */
  | { readonly kind: 'link'; readonly dump: string; readonly modules: readonly string[] }
  /** Only the user can give it again. */
  | { readonly kind: 'user'; readonly gave: 'file' | 'paste' | 'link'; readonly stamp: Stamp | null };

/** What was given: a file (a zip too), or a folder. */
export type GivenHandle =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly nested: boolean;
      readonly handle: FileSystemFileHandle;
      readonly stamp: Stamp;
    }
  | { readonly kind: 'folder'; readonly handle: FileSystemDirectoryHandle };

/** Tells whether a file is as it was. */
export interface Stamp {
  readonly size: Bytes;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** The dump's files in the browser's private storage for the page. */
export interface KeptCopy {
  readonly folder: string;
  /** The dump first. */
  readonly files: readonly KeptFile[];
}

/** More than anybody looks through; the oldest go first. */
export const ENTRY_LIMIT = 20;

/** Handles that are kept of one dump: a folder is one. */
export const ITEM_LIMIT = 64;

/** Bytes that a copy takes. */
export const copySize = ({ copy }: RecentEntry): Bytes =>
  copy?.files.reduce((sum, { size }) => sum + size, 0) ?? 0;

/** Whether a click opens it, without the file being given again. */
export const canReopen = ({ copy, from }: RecentEntry): boolean => copy !== null || from.kind !== 'user';

/**
 * The list with an entry first, in place of the one of its id. The oldest goes where there are too many, but none of which
 * the user keeps a copy: with twenty copies, the new entry is the one that is not listed.
 */
export function withEntry(entries: readonly RecentEntry[], entry: RecentEntry): readonly RecentEntry[] {
  const all = [entry, ...entries.filter(({ id }) => id !== entry.id)];
  while (all.length > ENTRY_LIMIT) {
    const oldest = all.findLastIndex(({ copy }) => copy === null);
    all.splice(oldest === -1 ? all.length - 1 : oldest, 1);
  }
  return all;
}

/** Whether two entries are of the same dump, as far as that can be told without the handles. */
export function isSame(one: RecentEntry, other: RecentEntry): boolean {
  const [a, b] = [one.from, other.from];
  if (a.kind === 'link') return b.kind === 'link' && a.dump === b.dump;
  if (b.kind === 'link') return false;
  // Without a date two files of one name and size may be two dumps: two that were pasted, for example.
  if (a.stamp === null || b.stamp === null || one.name !== other.name) return false;
  return a.stamp.size === b.stamp.size && a.stamp.modified === b.stamp.modified;
}
