import { visible } from '../../coredump/visible';
import { grouped } from '../../ui/numbers';
import { type GivenFile, givenBlob, type Listing } from './given';

/** Files that are listed of all that was given at once. */
export const ENTRY_LIMIT = 10_000;

/** Deeper than any tree of sources; a link that leads back into its own folder would never end. */
const DEPTH_LIMIT = 64;

/** What version control keeps for itself: thousands of files, none of them a dump, a module or a source text. */
const KEPT_BY_TOOLS = new Set(['.git', '.hg', '.svn', '.jj']);

/** What is needed of the browser's entries (File and Directory Entries API), so that tests can stand in for it. */
export type DroppedEntry =
  | {
      readonly isDirectory: false;
      readonly name: string;
      readonly file: (done: (file: File) => void, failed: (error: Error) => void) => void;
    }
  | {
      readonly isDirectory: true;
      readonly name: string;
      readonly createReader: () => EntryReader;
    };

interface EntryReader {
  readonly readEntries: (
    done: (entries: readonly DroppedEntry[]) => void,
    failed: (error: Error) => void,
  ) => void;
}

/**
 * All files in a dropped folder, by path from its own name on, folder for folder.
 * @param room how many files may still be listed; what is beyond is counted in a problem.
 * @throws the signal's reason when it is aborted.
 */
export async function listFolder(
  root: Extract<DroppedEntry, { isDirectory: true }>,
  room: number,
  signal: AbortSignal,
): Promise<Listing> {
  const files: GivenFile[] = [];
  const problems: string[] = [];
  const waiting: { readonly path: string; readonly depth: number; readonly entry: DroppedEntry }[] = [
    { path: root.name, depth: 0, entry: root },
  ];
  let full = false;
  for (let next = waiting.shift(); next !== undefined && !full; next = waiting.shift()) {
    signal.throwIfAborted();
    const { path, depth, entry } = next;
    try {
      if (!entry.isDirectory) {
        full = files.length >= room;
        if (!full) files.push(givenBlob(path, await fileOf(entry), true));
        continue;
      }
      if (depth > DEPTH_LIMIT) {
        problems.push(`${visible(path, 80)}: deeper than ${DEPTH_LIMIT} folders; not looked into.`);
        continue;
      }
      for (const child of await childrenOf(entry, room + 1))
        if (!(child.isDirectory && KEPT_BY_TOOLS.has(child.name)))
          waiting.push({ path: `${path}/${child.name}`, depth: depth + 1, entry: child });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push(`${visible(path, 80)} cannot be read: ${why}`);
    }
  }
  if (full) problems.push(tooMany(root.name, room));
  return { files, problems };
}

/** The sentence for a folder or an archive that holds more than is listed. */
export function tooMany(name: string, room: number): string {
  return `${visible(name, 80)} holds more than ${grouped(room)} files: the first ${grouped(room)} are looked at.`;
}

const fileOf = (entry: Extract<DroppedEntry, { isDirectory: false }>): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** The entries of a folder come in batches (of 100 in Chromium) until one is empty. */
async function childrenOf(
  entry: Extract<DroppedEntry, { isDirectory: true }>,
  most: number,
): Promise<DroppedEntry[]> {
  const reader = entry.createReader();
  const children: DroppedEntry[] = [];
  while (children.length < most) {
    const batch = await new Promise<readonly DroppedEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) break;
    children.push(...batch);
  }
  return children.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
