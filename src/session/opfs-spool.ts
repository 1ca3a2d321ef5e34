import { BlobSpool } from '../bytes/blob-spool';
import { joined } from '../bytes/joined';
import type { Spool } from '../bytes/spool';
import type { Bytes, FileOffset } from '../bytes/units';

const FOLDER = 'wasmortem-spool';

/**
 * A spool in the browser's own file system where there is one, else of Blobs (on file://, in private windows of some
 * browsers, and outside of a dedicated worker).
 */
export async function createSpool(): Promise<Spool> {
  try {
    return await OpfsSpool.create();
  } catch {
    // Nothing is lost: Blobs do the same, only slower when they are many.
    return new BlobSpool();
  }
}

/**
 * A file in the origin's private file system. Its name is also the name of a lock that is held as long as the file is
 * in use, by whatever tab: so a file without a holder was left behind (a crash, a closed tab) and is removed.
 */
class OpfsSpool implements Spool {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #name: string;
  readonly #file: FileSystemSyncAccessHandle;
  readonly #release: () => void;
  #size: Bytes = 0;
  /** Takes what the disk has no room for. */
  #overflow: BlobSpool | null = null;

  private constructor(
    folder: FileSystemDirectoryHandle,
    name: string,
    file: FileSystemSyncAccessHandle,
    release: () => void,
  ) {
    this.#folder = folder;
    this.#name = name;
    this.#file = file;
    this.#release = release;
  }

  static async create(): Promise<OpfsSpool> {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    await removeStale(folder);
    const name = crypto.randomUUID();
    const release = await hold(name);
    try {
      const handle = await folder.getFileHandle(name, { create: true });
      return new OpfsSpool(folder, name, await handle.createSyncAccessHandle(), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  get size(): Bytes {
    return this.#size + (this.#overflow?.size ?? 0);
  }

  async append(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#overflow === null) {
      const written = this.#write(chunk);
      this.#size += written;
      if (written === chunk.length) return;
      this.#overflow = new BlobSpool();
      chunk = chunk.subarray(written);
    }
    await this.#overflow.append(chunk);
  }

  async read(offset: FileOffset, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    const here = new Uint8Array(Math.max(0, Math.min(length, this.#size - offset)));
    const count = here.length === 0 ? 0 : this.#file.read(here, { at: offset });
    if (count < here.length) throw new Error(`the spool gave ${count} of ${here.length} bytes at ${offset}`);
    if (this.#overflow === null || here.length === length) return here;
    const rest = await this.#overflow.read(Math.max(0, offset - this.#size), length - here.length);
    return here.length === 0 ? rest : joined(here, rest);
  }

  async discard(): Promise<void> {
    this.#file.close();
    await this.#overflow?.discard();
    await this.#folder.removeEntry(this.#name);
    this.#release();
  }

  /** How much of it was written: less where the disk or the origin's quota is full. */
  #write(chunk: Uint8Array<ArrayBuffer>): Bytes {
    try {
      return this.#file.write(chunk, { at: this.#size });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return 0;
      throw error;
    }
  }
}

/** Resolved when the lock is held; the answer gives it back. The browser does so too when the worker ends. */
function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`${FOLDER}/${name}`, () => new Promise<void>((release) => resolve(release)))
      .catch(reject);
  });
}

async function removeStale(folder: FileSystemDirectoryHandle): Promise<void> {
  for await (const name of folder.keys()) {
    await navigator.locks.request(`${FOLDER}/${name}`, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await folder.removeEntry(name);
    });
  }
}
