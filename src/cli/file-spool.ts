import { rmSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spool } from '../bytes/spool';
import type { Bytes, FileOffset } from '../bytes/units';

/**
 * A spool in a temporary file. The file has no name from the start where the system allows it, so that nothing is left
 * however the process ends: Ctrl+C during `gzip -dc | wasmortem -` runs no handler (held by "leaves nothing behind when
 * the process is killed" in file-spool.test.ts). Elsewhere (Windows) it is removed with `discard`, or when Node exits.
 */
export class FileSpool implements Spool {
  readonly #handle: FileHandle;
  readonly #folder: string;
  readonly #onExit: () => void;
  #size: Bytes = 0;

  private constructor(handle: FileHandle, folder: string) {
    this.#handle = handle;
    this.#folder = folder;
    this.#onExit = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', this.#onExit);
  }

  static async create(): Promise<FileSpool> {
    const folder = await mkdtemp(join(tmpdir(), 'wasmortem-'));
    const handle = await open(join(folder, 'spool'), 'wx+', 0o600);
    if (process.platform !== 'win32') await rm(folder, { recursive: true, force: true });
    return new FileSpool(handle, folder);
  }

  get size(): Bytes {
    return this.#size;
  }

  async append(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    let done = 0;
    while (done < chunk.length)
      done += (await this.#handle.write(chunk, done, chunk.length - done, this.#size + done)).bytesWritten;
    this.#size += chunk.length;
  }

  async read(offset: FileOffset, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, done, bytes.length - done, offset + done);
      if (bytesRead === 0) throw new Error(`the temporary file ends at ${offset + done} of ${this.#size}`);
      done += bytesRead;
    }
    return bytes;
  }

  async discard(): Promise<void> {
    process.off('exit', this.#onExit);
    await this.#handle.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
