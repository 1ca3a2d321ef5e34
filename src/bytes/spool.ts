import type { Bytes, FileOffset } from './units';

/**
 * Where the bytes of a growing source are put aside, outside of the heap: pieces of Blob, a file of the browser's
 * own file system, a temporary file. Written at its end only, read anywhere.
 */
export interface Spool {
  readonly size: Bytes;
  /** Takes `chunk` over: the caller does not write to it any more. Resolved when it can be read back. */
  append(chunk: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Reads [offset, offset + length), shorter where the spool ends. The answer is the caller's own. */
  read(offset: FileOffset, length: Bytes): Promise<Uint8Array<ArrayBuffer>>;
  /** Gives the space back. Nothing is read or written afterwards. */
  discard(): Promise<void>;
}
