import { BlockRequests, type Coming, LONGEST_RUN, type Urgency } from './block-requests';
import { unlessAborted } from './pause';
import type { ByteSource } from './source';
import type { Bytes, FileOffset } from './units';

export interface BlockOptions {
  readonly size: Bytes;
  /** Fetches [start, end) in order. */
  readonly fetch: (start: FileOffset, end: FileOffset, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  readonly block?: Bytes;
  /** Blocks are forgotten, those not used for longest first, when all of them are more than this. */
  readonly limit?: Bytes;
}

export const BLOCK: Bytes = 128 * 1024;
const LIMIT: Bytes = 64 * 1024 * 1024;
/**
 * A source that is fetched in blocks, each when it is first read, and keeps the latest. The last block is up to two blocks
 * long, so that what stands at the end of a file (a stack) costs one request of one size, whatever the file's length.
 */
export class BlockCache implements ByteSource {
  readonly size: Bytes;
  readonly #options: BlockOptions;
  readonly #block: Bytes;
  readonly #count: number;
  /** In the order of their last use. */
  readonly #held = new Map<number, Uint8Array>();
  #heldBytes: Bytes = 0;
  readonly #requests: BlockRequests;

  constructor(options: BlockOptions) {
    this.#options = options;
    this.#block = options.block ?? BLOCK;
    this.size = options.size;
    this.#count = Math.max(1, Math.floor(options.size / this.#block));
    this.#requests = new BlockRequests({
      fetch: options.fetch,
      startOf: (index) => index * this.#block,
      endOf: (index) => this.#endOf(index),
      arrived: (index, bytes) => this.#keep(index, bytes),
    });
  }

  get arrived(): Bytes {
    return this.size;
  }

  /** As every source, and says how urgent it is: of more requests than are sent at once, the most urgent go first. */
  async read(
    offset: FileOffset,
    length: Bytes,
    signal?: AbortSignal,
    urgency: Urgency = 'view',
  ): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const end = Math.min(offset + length, this.size);
    if (end <= offset) return new Uint8Array(0);
    const last = this.#indexAt(end - 1);
    const parts: Uint8Array[] = [];
    // In steps: what a server claims to have is not allocated before it has come.
    for (let first = this.#indexAt(offset); first <= last; first += LONGEST_RUN) {
      const blocks = await this.#blocks(first, Math.min(last, first + LONGEST_RUN - 1), urgency, signal);
      for (const [at, block] of blocks.entries()) {
        const start = (first + at) * this.#block;
        parts.push(block.subarray(Math.max(0, offset - start), end - start));
      }
    }
    return joinedCopy(parts);
  }

  /** Takes bytes from the file's start that came otherwise: whole blocks of them are kept. */
  seed(bytes: Uint8Array): void {
    for (let index = 0; index < this.#count && this.#endOf(index) <= bytes.length; index++)
      this.#keep(index, bytes.slice(index * this.#block, this.#endOf(index)));
  }

  async #blocks(
    first: number,
    last: number,
    urgency: Urgency,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array[]> {
    const found: (Uint8Array | Coming)[] = [];
    for (let index = first; index <= last; index++)
      found.push(this.#held.get(index) ?? this.#requests.join(index, urgency));
    for (const [at, one] of found.entries()) if (one instanceof Uint8Array) this.#keep(first + at, one);
    try {
      const all = Promise.all(found.map((one) => (one instanceof Uint8Array ? one : one.arrival)));
      return await unlessAborted(all, signal);
    } finally {
      for (const one of found) if (!(one instanceof Uint8Array)) this.#requests.leave(one, urgency);
    }
  }

  #keep(index: number, bytes: Uint8Array): void {
    if (this.#held.delete(index)) this.#heldBytes -= bytes.length;
    this.#held.set(index, bytes);
    this.#heldBytes += bytes.length;
    for (const [oldest, old] of this.#held) {
      if (this.#heldBytes <= (this.#options.limit ?? LIMIT)) return;
      this.#held.delete(oldest);
      this.#heldBytes -= old.length;
    }
  }

  #indexAt(offset: FileOffset): number {
    return Math.min(Math.floor(offset / this.#block), this.#count - 1);
  }

  #endOf(index: number): FileOffset {
    return index >= this.#count - 1 ? this.size : (index + 1) * this.#block;
  }
}

function joinedCopy(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.slice();
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
