import type { NamedFile } from '../../session/types';

/** The files of an input or a drop, by name. */
export function namedFiles(files: Iterable<File> | null): NamedFile[] {
  return Array.from(files ?? [], (file) => ({ name: file.name, blob: file }));
}

/** The names of the folders in a drop: a folder comes as a file that cannot be read. Only askable during the event. */
export function droppedFolders(transfer: DataTransfer): string[] {
  return Array.from(transfer.items).flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry?.() : null;
    return entry?.isDirectory ? [entry.name] : [];
  });
}

/** Whether a drag carries files: text and links are dragged too, within the page and from others. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}
