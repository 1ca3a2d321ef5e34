import type { Flow } from './flow';
import type { Bytes } from './units';

type Reader = ReadableStreamBYOBReader;

/**
 * A flow over all of a blob, by the platform's byte stream. null: this platform's streams of blobs take no buffers.
 * @param failure the error to throw for one of the platform's.
 */
export function blobFlow(blob: Blob, failure: (error: unknown) => Error, signal?: AbortSignal): Flow | null {
  let reader: Reader;
  try {
    reader = blob.stream().getReader({ mode: 'byob' });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  return new BlobFlow(reader, failure, signal);
}

/**
 * Flows with a read under way. Situation: only the promise of its own read leads to a stream, as where an async function
 * waits for it. Example: in Chromium 156 a search of 256 MiB, one in about twenty, stood still for ever, because the
 * stream was collected with that promise. Needs: something that lives leads to it. Held by the searches of `npm run bench`.
 */
const reading = new Set<BlobFlow>();

class BlobFlow implements Flow {
  readonly #reader: Reader;
  readonly #failure: (error: unknown) => Error;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = (): void => this.close();
  /** The read that was asked for last. */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(reader: Reader, failure: (error: unknown) => Error, signal: AbortSignal | undefined) {
    this.#reader = reader;
    this.#failure = failure;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
  }

  read(buffer: ArrayBuffer, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    reading.add(this);
    const next = this.#last.then(() => this.#fill(buffer, length));
    // Who asked for it meets its failure; the read behind it fails by itself.
    const last = next.then(
      () => undefined,
      () => undefined,
    );
    this.#last = last;
    void last.then(() => {
      if (this.#last === last) reading.delete(this);
    });
    return next;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#signal?.removeEventListener('abort', this.#abort);
    // What could fail here is told by the read under way.
    this.#reader.cancel().catch(() => undefined);
  }

  /** A platform that does not know `min` answers with what it has: then the rest is asked for. */
  async #fill(buffer: ArrayBuffer, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    let filled = 0;
    while (filled < length) {
      this.#check();
      const min = length - filled;
      const { value, done } = await this.#next(new Uint8Array(buffer, filled, min), min);
      this.#check();
      if (value === undefined) break;
      buffer = value.buffer;
      filled += value.byteLength;
      if (done) break;
    }
    return new Uint8Array(buffer, 0, filled);
  }

  async #next(
    room: Uint8Array<ArrayBuffer>,
    min: Bytes,
  ): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
    try {
      return await this.#reader.read(room, { min });
    } catch (error) {
      this.close();
      throw this.#failure(error);
    }
  }

  #check(): void {
    this.#signal?.throwIfAborted();
    if (this.#closed) throw new Error('The flow was closed.');
  }
}
