import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSource, SourceError } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';

/** A file on disk, read at random; sizes beyond 4 GiB are fine. Close it when done. */
export class FileSource implements ByteSource {
  readonly size: Bytes;
  readonly #handle: FileHandle;
  readonly #path: string;

  private constructor(handle: FileHandle, path: string, size: Bytes) {
    this.#handle = handle;
    this.#path = path;
    this.size = size;
  }

  /** @throws a SourceError with a sentence when the path is no file that can be read. */
  static async open(path: string): Promise<FileSource> {
    try {
      const handle = await open(path, 'r');
      const stat = await handle.stat();
      if (stat.isFile()) return new FileSource(handle, path, stat.size);
      await handle.close();
    } catch (error) {
      throw new SourceError(fileFailure(path, error), { cause: error });
    }
    throw new SourceError(`${path} is not a file.`);
  }

  get arrived(): Bytes {
    return this.size;
  }

  async read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const count = await this.#readSome(bytes, done, offset + done);
      signal?.throwIfAborted();
      if (count === 0)
        throw new SourceError(
          `${this.#path} has become shorter while it was read: ${this.size} bytes at first, now ${offset + done}.`,
        );
      done += count;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #readSome(into: Uint8Array, at: number, position: FileOffset): Promise<number> {
    try {
      return (await this.#handle.read(into, at, into.length - at, position)).bytesRead;
    } catch (error) {
      throw new SourceError(fileFailure(this.#path, error), { cause: error });
    }
  }
}

/** Why a path cannot be read, as a sentence. */
export function fileFailure(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `${path}: no such file.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path}: reading it is not allowed.`;
  if (code === 'EISDIR') return `${path} is not a file.`;
  return `${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`;
}
