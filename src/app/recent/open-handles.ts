import type { Dropped } from '../intake/expand';
import { type GivenMode, openGiven } from '../intake/open-given';
import { useStore } from '../store';
import { markHandle } from './marks';

/** The file of a handle, by which it can be opened again another day. */
export async function fileOf(handle: FileSystemFileHandle): Promise<File> {
  const file = await handle.getFile();
  markHandle(file, Promise.resolve(handle));
  return file;
}

/** Opens files for which the browser or the system gave handles. One that is gone does not keep the others from being opened. */
export async function openHandles(handles: readonly FileSystemFileHandle[], mode: GivenMode): Promise<void> {
  const files: Dropped[] = [];
  for (const result of await Promise.allSettled(handles.map(fileOf))) {
    if (result.status === 'fulfilled') {
      const { value: blob } = result;
      files.push({ kind: 'file', path: blob.name, blob, nested: false });
      continue;
    }
    const why: unknown = result.reason;
    const text = why instanceof Error ? why.message : String(why);
    useStore.getState().notify(`A file could not be opened: ${text}`);
  }
  await openGiven(files, mode);
}
