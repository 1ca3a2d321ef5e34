import { type CopyFile, type CopyStore, FullError } from './copy-store';

/** Apart from the spools (opfs-spool.ts), which are removed when nobody holds them. */
export const COPIES_FOLDER = 'wasmortem-copies';

/** Copies in the browser's own file system. Only a worker can write so. @throws where the page has none, on file:// for example. */
export async function openCopyStore(): Promise<CopyStore> {
  const root = await navigator.storage.getDirectory();
  return {
    room: async () => {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
    },
    create: async (folder, file) => {
      try {
        const copies = await root.getDirectoryHandle(COPIES_FOLDER, { create: true });
        const within = await copies.getDirectoryHandle(folder, { create: true });
        const handle = await within.getFileHandle(file, { create: true });
        return copyFile(await handle.createSyncAccessHandle());
      } catch (error) {
        throw fullOr(error);
      }
    },
    remove: async (folder) => {
      try {
        const copies = await root.getDirectoryHandle(COPIES_FOLDER);
        await copies.removeEntry(folder, { recursive: true });
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
      }
    },
  };
}

/** A full storage as such; any other error as it is. */
const fullOr = (error: unknown): unknown =>
  error instanceof DOMException && error.name === 'QuotaExceededError'
    ? new FullError(error.message, { cause: error })
    : error;

function copyFile(file: FileSystemSyncAccessHandle): CopyFile {
  return {
    write: (bytes, at) => {
      let written: number;
      try {
        // Bytes of a source are never shared: nothing here uses shared memory.
        written = file.write(bytes as Uint8Array<ArrayBuffer>, { at });
      } catch (error) {
        throw fullOr(error);
      }
      if (written < bytes.length) throw new FullError(`${written} of ${bytes.length} bytes written`);
    },
    close: () => file.close(),
  };
}
