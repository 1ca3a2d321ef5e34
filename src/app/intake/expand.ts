import { SourceError } from '../../bytes/source';
import { classifyFile, type GivenClass, HEAD_LENGTH, isGzip, isSourcePath, isZip } from './classify-file';
import { type DroppedEntry, ENTRY_LIMIT, listFolder } from './folder';
import { type GivenFile, givenBlob } from './given';

/** What a drop, a file dialog or a paste hands over. */
export type Dropped =
  | { readonly kind: 'file'; readonly path: string; readonly blob: Blob; readonly nested: boolean }
  | { readonly kind: 'folder'; readonly entry: Extract<DroppedEntry, { isDirectory: true }> };

export interface Sorted {
  readonly file: GivenFile;
  /** What it was given in: itself, an archive or a folder. */
  readonly from: Dropped;
  readonly is: GivenClass;
}

/** Everything that was given, one file each, and what each is. */
export interface Expanded {
  readonly files: readonly Sorted[];
  /** Names of the folders and archives that were looked into. */
  readonly containers: readonly string[];
  /** Sentences about what could not be looked into. */
  readonly problems: readonly string[];
}

export interface ExpandOptions {
  readonly signal: AbortSignal;
  /** Whether the debug information that is open names a file of this last component. */
  readonly isNamed: (name: string) => boolean;
  readonly onProgress: (container: string, done: number, total: number) => void;
}

/**
 * Opens folders and archives and finds out what each file is. An archive in another archive or in a folder stays closed.
 * What cannot be read does not keep the others from being used.
 * @throws the signal's reason when it is aborted.
 */
export async function expand(dropped: readonly Dropped[], options: ExpandOptions): Promise<Expanded> {
  const files: Sorted[] = [];
  const containers: string[] = [];
  const problems: string[] = [];
  const takeAll = async (name: string, listed: readonly GivenFile[], from: Dropped) => {
    containers.push(name);
    for (const [at, file] of listed.entries()) {
      if (at % 64 === 0) options.onProgress(name, at, listed.length);
      files.push({ ...(await sort(file, options, problems)), from });
    }
  };
  for (const item of dropped) {
    const room = Math.max(0, ENTRY_LIMIT - files.length);
    if (item.kind === 'folder') {
      const listing = await listFolder(item.entry, room, options.signal);
      problems.push(...listing.problems);
      await takeAll(item.entry.name, listing.files, item);
      continue;
    }
    const file = givenBlob(item.path, item.blob, item.nested);
    const sorted = { ...(await sort(file, options, problems)), from: item };
    if (item.nested || sorted.is.kind !== 'zip') {
      files.push(sorted);
      continue;
    }
    try {
      const { listZip } = await import('./zip');
      const listing = await listZip(item.path, item.blob, room, options.signal);
      problems.push(...listing.problems);
      await takeAll(item.path, listing.files, item);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      containers.push(item.path);
      problems.push(error.message);
    }
  }
  return { files, containers, problems };
}

/** Finds out what a file is: of sources in folders by the name alone, of all others by their first bytes. */
async function sort(
  file: GivenFile,
  options: ExpandOptions,
  problems: string[],
): Promise<Omit<Sorted, 'from'>> {
  const { signal, isNamed } = options;
  if (file.nested && isSourcePath(file.path)) return { file, is: { kind: 'source' } };
  if (file.nested && KNOWN_OTHER.test(file.path)) return { file, is: { kind: 'other' } };
  try {
    const head = await file.head(HEAD_LENGTH, signal);
    const gzip = isGzip(head);
    // An archive in a folder or an archive is not opened: it could hold another, and so on.
    if (file.nested && isZip(head)) return { file, is: { kind: 'other' } };
    return { file, is: classifyFile(file.path, gzip ? await inflatedHead(head) : head, gzip, isNamed) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SourceError)) throw error;
    if (file.nested) problems.push(error.message);
    return { file, is: { kind: 'other' } };
  }
}

/** Pictures, sounds and documents, by the thousand in some folders: their bytes are not looked at. */
const KNOWN_OTHER =
  /\.(png|jpe?g|gif|webp|avif|ico|bmp|svg|woff2?|[ot]tf|eot|mp[34]|ogg|wav|webm|pdf|lock|md|css)$/i;

/** The first bytes of what the first bytes of a gzip file inflate to, as far as they go. */
export async function inflatedHead(head: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const inflated = new Uint8Array(HEAD_LENGTH);
  let filled = 0;
  try {
    const stream = new Blob([head]).stream().pipeThrough(new DecompressionStream('gzip'));
    for await (const chunk of stream) {
      inflated.set(chunk.subarray(0, HEAD_LENGTH - filled), filled);
      filled = Math.min(HEAD_LENGTH, filled + chunk.length);
      if (filled === HEAD_LENGTH) break;
    }
  } catch {
    // The head is cut, or damaged: what inflated before that is enough, or the session says what is wrong.
    return inflated.slice(0, filled);
  }
  return inflated.slice(0, filled);
}
