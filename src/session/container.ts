import { type GzipProgress, GzipSource } from '../bytes/gzip-source';
import type { ByteSource } from '../bytes/source';
import type { Spool } from '../bytes/spool';

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
  readonly onInflate: (source: GzipSource, progress: GzipProgress) => void;
}

/** Looks at a file's first bytes and puts an inflating source around gzip (RFC 1952: 1f 8b). */
export async function openContainer(file: StoredFile, options: ContainerOptions): Promise<OpenedFile> {
  const magic = await file.source.read(0, 2);
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return { name: file.name, source: file.source, gzip: null };
  const gzip: GzipSource = new GzipSource(file.source, await options.createSpool(), {
    // Nothing is reported before `resume`, so the source is there when it is named here.
    onProgress: (progress) => options.onInflate(gzip, progress),
  });
  gzip.resume();
  return { name: file.name, source: gzip, gzip };
}
