import type { DroppedEntry } from '../intake/folder';
import { markHandle } from './marks';

/** A folder whose handle was kept, as a dropped one is read. */
export function folderOf(handle: FileSystemDirectoryHandle): Extract<DroppedEntry, { isDirectory: true }> {
  const entry = {
    isDirectory: true,
    name: handle.name,
    createReader: () => {
      let children: AsyncIterator<FileSystemHandle> | null = null;
      return {
        readEntries: (
          done: (entries: readonly DroppedEntry[]) => void,
          failed: (error: Error) => void,
        ): void => {
          children ??= handle.values();
          nextOf(children).then(done, failed);
        },
      };
    },
  } as const;
  markHandle(entry, Promise.resolve(handle));
  return entry;
}

/** As many as browsers hand out of a dropped folder at once. */
const BATCH = 100;

async function nextOf(children: AsyncIterator<FileSystemHandle>): Promise<readonly DroppedEntry[]> {
  const batch: DroppedEntry[] = [];
  while (batch.length < BATCH) {
    const next = await children.next();
    if (next.done === true) break;
    batch.push(entryOf(next.value));
  }
  return batch;
}

function entryOf(handle: FileSystemHandle): DroppedEntry {
  if (handle instanceof FileSystemDirectoryHandle) return folderOf(handle);
  const file = handle as FileSystemFileHandle;
  return {
    isDirectory: false,
    name: file.name,
    file: (done, failed) => void file.getFile().then(done, failed),
  };
}
