import { type GzipProgress, GzipSource } from '../bytes/gzip-source';
import { HttpSource } from '../bytes/http-source';
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
  /** As it came, compressed if it is. */
  readonly stored: ByteSource;
  /** After decompression. */
  readonly source: ByteSource;
  /** null: the file is not compressed. */
  readonly gzip: GzipSource | null;
  /** null: the bytes do not come from a server. */
  readonly remote: HttpSource | null;
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
  const { name, source } = file;
  const remote = source instanceof HttpSource ? source : null;
  let spool: Spool;
  try {
    const magic = await source.read(0, 2, signal);
    if (magic[0] !== 0x1f || magic[1] !== 0x8b) return { name, stored: source, source, gzip: null, remote };
    spool = await options.createSpool();
    if (signal.aborted) await spool.discard();
    signal.throwIfAborted();
  } catch (error) {
    await remote?.discard();
    throw error;
  }
  const gzip = new GzipSource(source, spool, {
    limit: options.inflateLimit,
    onProgress: (progress) => options.onInflate(gzip, progress),
  });
  gzip.resume();
  return { name, stored: source, source: gzip, gzip, remote };
}

/** Gives back what an opened file holds. That it cannot be given back is nobody's concern any more. */
export async function discardFiles(files: readonly OpenedFile[]): Promise<void> {
  await Promise.allSettled(files.flatMap(({ gzip, remote }) => [gzip?.discard(), remote?.discard()]));
}
