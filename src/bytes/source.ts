import type { Bytes, FileOffset } from './units';

/**
 * The only way to bytes. A source may still be growing (a download, gzip that is being inflated): then `size` is null
 * until its end has arrived, and a read waits for its bytes.
 */
export interface ByteSource {
  /** All bytes of the source, or null while it is still growing. */
  readonly size: Bytes | null;

  /** Bytes that have arrived: equal to `size` once that is known. */
  readonly arrived: Bytes;

  /**
   * Reads [offset, offset + length). The answer is shorter only where the source ends, and then `size` is known.
   * It is the caller's own: nothing else writes to it.
   * @throws the signal's reason when it is aborted; a SourceError when the bytes cannot be had.
   */
  read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array>;
}

/** The bytes behind a source cannot be had (the file was moved, the disk failed). The message is a sentence for the user. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** Waits until the source's end has arrived, by asking for a byte beyond any. */
export async function sizeOf(source: ByteSource, signal?: AbortSignal): Promise<Bytes> {
  if (source.size === null) await source.read(Number.MAX_SAFE_INTEGER - 1, 1, signal);
  return source.size ?? source.arrived;
}
