import { type GzipProgress, GzipSource } from '../bytes/gzip-source';
import type { ByteSource } from '../bytes/source';
import type { Spool } from '../bytes/spool';
import type { Bytes } from '../bytes/units';

/** A file to open: its name and its bytes as they are stored. */
export interface StoredFile {
  readonly name: string;
  readonly source: ByteSource;
}

/** A file behind its compression, if it has one. */
export interface OpenedFile {
  readonly name: string;
  /** After decompression. */
  readonly source: ByteSource;
  /** null: the file is not compressed. */
  readonly gzip: GzipSource | null;
}

/** Where the session puts inflated bytes, and who listens. */
export interface ContainerOptions {
  readonly createSpool: () => Promise<Spool>;
  /** Inflating stops after so many bytes, and again after as many more. */
  readonly inflateLimit: Bytes;
  readonly onInflate: (gzip: GzipSource, progress: GzipProgress) => void;
}

/**
 * Looks at a file's first bytes and puts an inflating source around gzip (RFC 1952: 1f 8b).
 * @throws the signal's reason when it is aborted; nothing is left open then.
 */
export async function openContainer(
  file: StoredFile,
  options: ContainerOptions,
  signal: AbortSignal,
): Promise<OpenedFile> {
  const magic = await file.source.read(0, 2, signal);
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return { name: file.name, source: file.source, gzip: null };
  const spool = await options.createSpool();
  if (signal.aborted) await spool.discard();
  signal.throwIfAborted();
  const gzip = new GzipSource(file.source, spool, {
    limit: options.inflateLimit,
    onProgress: (progress) => options.onInflate(gzip, progress),
  });
  gzip.resume();
  return { name: file.name, source: gzip, gzip };
}

/** Gives back what an opened file holds. That it cannot be given back is nobody's concern any more. */
export async function discardFiles(files: readonly OpenedFile[]): Promise<void> {
  await Promise.allSettled(files.map(({ gzip }) => gzip?.discard()));
}
