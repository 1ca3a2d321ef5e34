import type { Dropped } from '../../app/intake/expand';
import type { DroppedEntry } from '../../app/intake/folder';
import { markHandle } from '../../app/recent/marks';

/** The files of an input or of the clipboard; those of a chosen folder under their path in it. */
export function givenFiles(files: Iterable<File> | null): Dropped[] {
  return Array.from(files ?? [], (file) => {
    const within = file.webkitRelativePath ?? '';
    return { kind: 'file', path: within === '' ? file.name : within, blob: file, nested: within !== '' };
  });
}

/** What a drop carries, folders as such. Only askable during the event: afterwards the browser has forgotten it. */
export function droppedItems(transfer: DataTransfer): Dropped[] {
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file');
  // A drop that a script made may carry files only.
  if (items.length === 0) return givenFiles(transfer.files);
  return items.flatMap((item): Dropped[] => {
    const entry = item.webkitGetAsEntry?.() ?? null;
    const handle = item.getAsFileSystemHandle?.();
    const folder = entry?.isDirectory === true;
    const file = folder ? null : item.getAsFile();
    const given = folder ? entry : file;
    if (given !== null && handle !== undefined) markHandle(given, handle);
    if (folder) return [{ kind: 'folder', entry: entry as unknown as FolderEntry }];
    return file === null ? [] : givenFiles([file]);
  });
}

/** `FileSystemDirectoryEntry` with its two kinds told apart by `isDirectory`, which the DOM's types do not do. */
export type FolderEntry = Extract<DroppedEntry, { isDirectory: true }>;

/** Whether a drag carries files: text and links are dragged too, within the page and from others. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}
