import { SourceError } from '../bytes/source';
import { classify, type FileClass } from './classify';
import {
  type ContainerOptions,
  discardFiles,
  type OpenedFile,
  openContainer,
  type StoredFile,
} from './container';

/** A file that was looked at: what it is, or why it cannot be read. */
export type TakenFile =
  | { readonly kind: FileClass; readonly name: string; readonly file: OpenedFile }
  | { readonly kind: 'unreadable'; readonly name: string; readonly reason: string };

/**
 * Opens files and finds out what each is. One that cannot be read does not keep the others from being opened.
 * @throws the signal's reason when it is aborted; nothing is left open then.
 */
export async function takeIn(
  files: readonly StoredFile[],
  options: ContainerOptions,
  signal: AbortSignal,
): Promise<TakenFile[]> {
  const taken: TakenFile[] = [];
  const opened: OpenedFile[] = [];
  for (const stored of files) {
    const { name } = stored;
    try {
      const file = await openContainer(stored, options, signal);
      opened.push(file);
      taken.push({ kind: await classify(file.source, signal), name, file });
      signal.throwIfAborted();
    } catch (error) {
      if (signal.aborted) await discardFiles(opened);
      signal.throwIfAborted();
      taken.push({ kind: 'unreadable', name, reason: sentence(error) });
    }
  }
  return taken;
}

/**
 * Which of the files is the one to open: the first dump, else the first image, else the first module, else the first
 * that can be read. -1: none.
 */
export function mainFile(taken: readonly TakenFile[]): number {
  for (const wanted of ['coredump', 'memory-image', 'module', 'other']) {
    const index = taken.findIndex(({ kind }) => kind === wanted);
    if (index >= 0) return index;
  }
  return -1;
}

/** An error as a sentence for the user. */
export function sentence(error: unknown): string {
  if (error instanceof SourceError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Why nothing opens. */
export function reasonOf(taken: TakenFile | undefined): string {
  if (taken?.kind === 'unreadable') return taken.reason;
  if (taken?.kind === 'split-dwarf' || taken?.kind === 'source-map')
    return `${taken.name} is debug information: it is kept for the dump that you open next.`;
  return 'There is no file to open.';
}
