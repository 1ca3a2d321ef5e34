import { BlobSpool } from '../bytes/blob-spool';
import { joined } from '../bytes/joined';
import type { Spool } from '../bytes/spool';
import type { Bytes, FileOffset } from '../bytes/units';

const FOLDER = 'wasmortem-spool';
const MIB: Bytes = 1024 * 1024;
/** Writes of 8 MiB into a file that grows by 64 take two thirds of the time of 1 MiB writes that each extend it (Chromium). */
const BATCH: Bytes = 8 * MIB;
const ALLOCATION: Bytes = 64 * MIB;

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
  #written: Bytes = 0;
  #allocated: Bytes = 0;
  /** Gathered for the next write. Read from here until then. */
  readonly #batch = new Uint8Array(BATCH);
  #gathered: Bytes = 0;
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
    return this.#written + this.#gathered + (this.#overflow?.size ?? 0);
  }

  async append(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    while (chunk.length > 0 && this.#overflow === null) {
      const taken = chunk.subarray(0, BATCH - this.#gathered);
      this.#batch.set(taken, this.#gathered);
      this.#gathered += taken.length;
      chunk = chunk.subarray(taken.length);
      if (this.#gathered === BATCH) await this.#writeBatch();
    }
    await this.#overflow?.append(chunk);
  }

  async read(offset: FileOffset, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    const inFile = new Uint8Array(Math.max(0, Math.min(length, this.#written - offset)));
    const count = inFile.length === 0 ? 0 : this.#file.read(inFile, { at: offset });
    if (count < inFile.length)
      throw new Error(`the spool gave ${count} of ${inFile.length} bytes at ${offset}`);
    if (inFile.length === length) return inFile;
    const from = Math.max(0, offset - this.#written);
    const rest = await this.#readBehind(from, length - inFile.length);
    return inFile.length === 0 ? rest : joined(inFile, rest);
  }

  async discard(): Promise<void> {
    this.#file.close();
    await this.#overflow?.discard();
    await this.#folder.removeEntry(this.#name);
    this.#release();
  }

  /** What stands behind the file's end: in the overflow, or gathered for the next write. */
  async #readBehind(offset: FileOffset, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#overflow !== null) return this.#overflow.read(offset, length);
    return this.#batch.slice(Math.min(offset, this.#gathered), Math.min(offset + length, this.#gathered));
  }

  async #writeBatch(): Promise<void> {
    const written = this.#write(this.#batch);
    this.#written += written;
    this.#gathered = 0;
    if (written === BATCH) return;
    const overflow = new BlobSpool();
    await overflow.append(this.#batch.slice(written));
    this.#overflow = overflow;
  }

  /** How much of it was written: less where the disk or the origin's quota is full. */
  #write(batch: Uint8Array<ArrayBuffer>): Bytes {
    try {
      if (this.#written + batch.length > this.#allocated) {
        this.#file.truncate(this.#allocated + ALLOCATION);
        this.#allocated += ALLOCATION;
      }
      return this.#file.write(batch, { at: this.#written });
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
