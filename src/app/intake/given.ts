import { SourceError } from '../../bytes/source';
import type { Bytes } from '../../bytes/units';

/** A file as it was given: one of the disk, or a member of an archive, which is unpacked when it is asked for. */
export interface GivenFile {
  /** With the folders it came in, separated by `/`: `artifacts/build/app.wasm`. */
  readonly path: string;
  readonly size: Bytes;
  /** It came in a folder or an archive: nobody chose it by itself. */
  readonly nested: boolean;
  /** The first bytes, at most `length`. @throws SourceError with a sentence, or the signal's reason. */
  readonly head: (length: Bytes, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;
  /** All of it, unpacked here: for texts. @throws SourceError with a sentence, or the signal's reason. */
  readonly blob: (signal: AbortSignal) => Promise<Blob>;
  /** As the session takes it, of any size: a deflated member as gzip. @throws as `blob` does. */
  readonly forSession: (signal: AbortSignal) => Promise<Blob>;
}

/** What was found in what was given, and what is to be said about the rest. */
export interface Listing {
  readonly files: readonly GivenFile[];
  /** Sentences: what could not be listed, and why. */
  readonly problems: readonly string[];
}

/** A file of the disk (or of the clipboard) under a path. */
export function givenBlob(path: string, blob: Blob, nested: boolean): GivenFile {
  return {
    path,
    size: blob.size,
    nested,
    head: async (length, signal) => {
      try {
        const bytes = await blob.slice(0, length).arrayBuffer();
        signal.throwIfAborted();
        return new Uint8Array(bytes);
      } catch (error) {
        signal.throwIfAborted();
        const why = error instanceof Error ? error.message : String(error);
        throw new SourceError(`${lastName(path)} cannot be read: ${why}`);
      }
    },
    blob: async () => blob,
    forSession: async () => blob,
  };
}

/** The last component of a path: `app.wasm`. */
export function lastName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
