import { COPIES_FOLDER } from '../../session/opfs-copies';
import type { KeptCopy } from './entry';

/** The folder of the copies; null: there is none, or the page has no storage of its own (on file://, in some private windows). */
async function folderOfCopies(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(COPIES_FOLDER);
  } catch (error) {
    // TypeError: an insecure page has no `navigator.storage`.
    if (error instanceof DOMException || error instanceof TypeError) return null;
    throw error;
  }
}

/** The files of a copy, under their names. @throws a sentence when it is not whole. */
export async function copiedFiles(copy: KeptCopy): Promise<{ readonly name: string; readonly blob: File }[]> {
  const copies = await folderOfCopies();
  const files: { name: string; blob: File }[] = [];
  for (const [at, { name, size }] of copy.files.entries()) {
    const blob = copies === null ? null : await copiedFile(copies, copy.folder, at);
    if (blob === null) throw new Error(`${name} is not in the browser's storage any more`);
    if (blob.size !== size)
      throw new Error(
        `the copy of ${name} has ${blob.size.toLocaleString('en-US')} of ${size.toLocaleString('en-US')} bytes`,
      );
    files.push({ name, blob });
  }
  return files;
}

async function copiedFile(
  copies: FileSystemDirectoryHandle,
  folder: string,
  at: number,
): Promise<File | null> {
  try {
    const within = await copies.getDirectoryHandle(folder);
    return await (await within.getFileHandle(String(at))).getFile();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/**
 * The lock of a folder that is being written. It is held until its entry names it: until then another tab would take the
 * folder for one that a crash left behind.
 */
export const lockOf = (folder: string): string => `${COPIES_FOLDER}/${folder}`;

export async function removeCopy(folder: string): Promise<void> {
  const copies = await folderOfCopies();
  if (copies === null) return;
  try {
    await copies.removeEntry(folder, { recursive: true });
  } catch (error) {
    // Gone already, or being read in another tab: then it goes when the page is opened next.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** All at once: the folder changes while they are gone through. */
async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

/** Removes every copy; one that another tab is writing goes when that tab finds its entry gone. */
export async function removeAllCopies(): Promise<void> {
  const copies = await folderOfCopies();
  if (copies === null) return;
  for (const folder of await namesIn(copies)) await removeCopy(folder);
  try {
    await (await navigator.storage.getDirectory()).removeEntry(COPIES_FOLDER);
  } catch (error) {
    // Not empty: another tab is writing into it.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Removes folders that no entry has and nobody is writing: a crash left them behind. */
export async function sweepCopies(named: () => Promise<readonly string[]>): Promise<void> {
  const copies = await folderOfCopies();
  if (copies === null) return;
  for (const folder of await namesIn(copies))
    await navigator.locks.request(lockOf(folder), { ifAvailable: true }, async (lock) => {
      // Asked under the lock: it may have got its entry a moment ago.
      if (lock !== null && !(await named()).includes(folder)) await removeCopy(folder);
    });
}
