import { readBlob } from './read-blob';
import type { Spool } from './spool';
import type { Bytes, FileOffset } from './units';

/** Large enough that a gigabyte is some hundred Blobs, small enough to be a piece of heap until it is full. */
const PIECE: Bytes = 8 * 1024 * 1024;

/**
 * A spool of Blobs of one size each. The browser keeps Blobs outside of the heap (and on disk when they are many), so
 * that only the piece that is being filled is held here.
 */
export class BlobSpool implements Spool {
  readonly #piece: Bytes;
  #pieces: Blob[] = [];
  #tail: Uint8Array<ArrayBuffer>[] = [];
  #tailSize: Bytes = 0;

  constructor(piece: Bytes = PIECE) {
    this.#piece = piece;
  }

  get size(): Bytes {
    return this.#pieces.length * this.#piece + this.#tailSize;
  }

  async append(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    while (chunk.length > 0) {
      const room = this.#piece - this.#tailSize;
      const taken = chunk.subarray(0, room);
      this.#tail.push(taken);
      this.#tailSize += taken.length;
      chunk = chunk.subarray(taken.length);
      if (this.#tailSize === this.#piece) {
        this.#pieces.push(new Blob(this.#tail));
        this.#tail = [];
        this.#tailSize = 0;
      }
    }
  }

  async read(offset: FileOffset, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(offset + length, this.size);
    if (end <= offset) return new Uint8Array(0);
    const first = Math.floor(offset / this.#piece);
    const last = Math.floor((end - 1) / this.#piece);
    const parts: BlobPart[] = [];
    for (let index = first; index <= last; index++) {
      const start = index * this.#piece;
      const piece = this.#pieces[index] ?? new Blob(this.#tail);
      parts.push(piece.slice(Math.max(0, offset - start), end - start));
    }
    return new Uint8Array(await readBlob(new Blob(parts)));
  }

  async discard(): Promise<void> {
    this.#pieces = [];
    this.#tail = [];
    this.#tailSize = 0;
  }
}
