import type { Dropped } from '../../app/intake/expand';
import { type FolderEntry, givenFiles } from './transfer';

/** What public/early.js keeps of a drop. */
type EarlyItem =
  | { readonly kind: 'file'; readonly file: File | null }
  | { readonly kind: 'folder'; readonly entry: FolderEntry };

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
    if (item.kind === 'folder') return [{ kind: 'folder', entry: item.entry }];
    return item.file === null ? [] : givenFiles([item.file]);
  });
}
