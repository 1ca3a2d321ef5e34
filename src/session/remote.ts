import { BlobSource } from '../bytes/blob-source';
import { HttpSource } from '../bytes/http-source';
import type { Spool } from '../bytes/spool';
import type { Bytes } from '../bytes/units';
import type { Note } from '../coredump/model';
import type { StoredFile } from './container';
import { ProgressClock } from './progress';
import type { NamedFile, Progress } from './types';

/**
 * Of a dump on a server, the indexing fetches so much unasked: small segments stand in every block, so that it would
 * fetch the whole dump. Then it stands still, and goes on to the end when it is told to.
 */
export const UNASKED: Bytes = 64 * 2 ** 20;

/** How far a download is, of the file whose bytes `source` has. */
export type OnDownload = (source: HttpSource, progress: Progress) => void;

/**
 * Files as the session reads them. What is named by an address is fetched from here and nowhere else, when it is first
 * read.
 */
export function storedFiles(
  files: readonly NamedFile[],
  createSpool: () => Promise<Spool>,
  onDownload: OnDownload,
): StoredFile[] {
  return files.map((file) => {
    const { name } = file;
    if ('blob' in file) return { name, source: new BlobSource(file.blob, name) };
    const clock = new ProgressClock('downloading');
    const source: HttpSource = new HttpSource(file.url, {
      fetch: (url, init) => fetch(url, init),
      origin: typeof location === 'undefined' ? null : location.origin,
      redirects: file.redirects,
      createSpool,
      onProgress: ({ done, message, state, total }) => {
        const shown = state === 'failed' ? 'stopped' : state;
        onDownload(source, { ...clock.state(done, total, shown), message });
      },
    });
    return { name, source };
  });
}

/** A link says which of its files is the dump: where that cannot be had, a module beside it is not what to open. */
export function mainOf([first]: readonly NamedFile[]): 'best' | 'first' {
  return first !== undefined && 'url' in first ? 'first' : 'best';
}

/** Whether a file is being downloaded whole at this moment. */
export const isDownloading = (remote: HttpSource | null): boolean =>
  remote?.download?.progress.state === 'running';

/** What is to be known of where a file came from. */
export function remoteNotes(remote: HttpSource | null): Note[] {
  return (remote?.notes ?? []).map((message) => ({ offset: null, message }));
}
