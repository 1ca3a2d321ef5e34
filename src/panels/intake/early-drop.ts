import type { Dropped } from '../../app/intake/expand';
import { markHandle } from '../../app/recent/marks';
import { type FolderEntry, givenFiles } from './transfer';

/** What public/early.js keeps of a drop. */
type EarlyItem = (
  | { readonly kind: 'file'; readonly file: File | null }
  | { readonly kind: 'folder'; readonly entry: FolderEntry }
) & {
  /** Null where the browser keeps no handles. */
  readonly handle: Promise<FileSystemHandle | null> | null;
};

declare global {
  interface Window {
    /** Hands over what was dropped so far, and stops listening. Absent where public/early.js is not: in unit tests. */
    readonly takeEarlyDrop?: () => readonly EarlyItem[];
  }
}

/** What was dropped before the page could take it. From now on the page takes what is dropped. */
export function earlyDrop(): Dropped[] {
  const items = window.takeEarlyDrop?.() ?? [];
  return items.flatMap((item): Dropped[] => {
    const given = item.kind === 'folder' ? item.entry : item.file;
    if (given !== null && item.handle !== null) markHandle(given, item.handle);
    if (item.kind === 'folder') return [{ kind: 'folder', entry: item.entry }];
    return item.file === null ? [] : givenFiles([item.file]);
  });
}
