import { unlessAborted } from './pause';
import type { ByteSource } from './source';
import { SourceError } from './source';
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
/** Blocks of one request, and of one step of a long read: the longest window of a reader, wherever it begins. */
const LONGEST_RUN = 130;

/** A block that was asked for and has not arrived. */
interface Coming {
  readonly index: number;
  readonly arrival: Promise<Uint8Array>;
  readonly settle: (outcome: Uint8Array | { readonly error: unknown }) => void;
  /** Reads that wait for it. */
  waiting: number;
  /** The request that brings it; null until that was sent. */
  flight: Flight | null;
}

interface Flight {
  readonly abort: AbortController;
  /** Those that have not arrived, in order. */
  readonly rest: Set<Coming>;
}

/**
 * A source that is fetched in blocks, each when it is first read. Reads of the same moment that touch are one request;
 * a block under way is shared; a request for which nobody waits any more is aborted. The last block is up to two blocks
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
  readonly #coming = new Map<number, Coming>();
  /** Asked for in this moment. */
  #wanted: Coming[] = [];

  constructor(options: BlockOptions) {
    this.#options = options;
    this.#block = options.block ?? BLOCK;
    this.size = options.size;
    this.#count = Math.max(1, Math.floor(options.size / this.#block));
  }

  get arrived(): Bytes {
    return this.size;
  }

  async read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const end = Math.min(offset + length, this.size);
    if (end <= offset) return new Uint8Array(0);
    const last = this.#indexAt(end - 1);
    const parts: Uint8Array[] = [];
    // In steps: what a server claims to have is not allocated before it has come.
    for (let first = this.#indexAt(offset); first <= last; first += LONGEST_RUN) {
      const blocks = await this.#blocks(first, Math.min(last, first + LONGEST_RUN - 1), signal);
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

  async #blocks(first: number, last: number, signal: AbortSignal | undefined): Promise<Uint8Array[]> {
    const found: (Uint8Array | Coming)[] = [];
    for (let index = first; index <= last; index++) found.push(this.#held.get(index) ?? this.#ask(index));
    for (const [at, one] of found.entries()) if (one instanceof Uint8Array) this.#keep(first + at, one);
    const waited = found.filter((one): one is Coming => !(one instanceof Uint8Array));
    for (const one of waited) one.waiting++;
    try {
      const all = Promise.all(found.map((one) => (one instanceof Uint8Array ? one : one.arrival)));
      return await unlessAborted(all, signal);
    } finally {
      for (const one of waited) this.#leave(one);
    }
  }

  #ask(index: number): Coming {
    const known = this.#coming.get(index);
    if (known !== undefined) return known;
    let settle: Coming['settle'] = () => undefined;
    const arrival = new Promise<Uint8Array>((resolve, reject) => {
      settle = (outcome) => (outcome instanceof Uint8Array ? resolve(outcome) : reject(outcome.error));
    });
    // Who waited may be gone when it fails.
    arrival.catch(() => undefined);
    const coming: Coming = { index, arrival, settle, waiting: 0, flight: null };
    this.#coming.set(index, coming);
    if (this.#wanted.length === 0) queueMicrotask(() => this.#send());
    this.#wanted.push(coming);
    return coming;
  }

  /** One wait less: a request that nobody waits for is aborted, and a block not yet asked for is not. */
  #leave(coming: Coming): void {
    coming.waiting--;
    if (coming.waiting > 0 || this.#coming.get(coming.index) !== coming) return;
    const { flight } = coming;
    const together = flight === null ? [coming] : [...flight.rest];
    if (together.some((other) => other.waiting > 0)) return;
    this.#drop(together, new SourceError('No longer wanted.'));
    flight?.abort.abort();
  }

  #drop(blocks: readonly Coming[], error: unknown): void {
    for (const one of blocks) {
      if (this.#coming.get(one.index) === one) this.#coming.delete(one.index);
      one.settle({ error });
    }
  }

  /** Sends the requests for what was asked for in this moment: one for blocks that touch. */
  #send(): void {
    const wanted = this.#wanted
      .filter((one) => this.#coming.get(one.index) === one)
      .sort((a, b) => a.index - b.index);
    this.#wanted = [];
    let run: Coming[] = [];
    for (const one of wanted) {
      const touches = run.length === 0 || run[run.length - 1]?.index === one.index - 1;
      if (!touches || run.length === LONGEST_RUN) {
        void this.#fly(run);
        run = [];
      }
      run.push(one);
    }
    if (run.length > 0) void this.#fly(run);
  }

  async #fly(run: readonly Coming[]): Promise<void> {
    const [first] = run;
    const last = run[run.length - 1];
    if (first === undefined || last === undefined) return;
    const flight: Flight = { abort: new AbortController(), rest: new Set(run) };
    for (const one of run) one.flight = flight;
    const blocks = run.values();
    let current: Coming | undefined = blocks.next().value;
    let room = new Uint8Array(this.#lengthOf(first.index));
    let filled = 0;
    try {
      const start = first.index * this.#block;
      for await (const piece of this.#options.fetch(start, this.#endOf(last.index), flight.abort.signal)) {
        for (let rest = piece; rest.length > 0 && current !== undefined; ) {
          const taken = rest.subarray(0, room.length - filled);
          room.set(taken, filled);
          filled += taken.length;
          rest = rest.subarray(taken.length);
          if (filled < room.length) continue;
          this.#arrive(current, room, flight);
          current = blocks.next().value;
          filled = 0;
          room = new Uint8Array(current === undefined ? 0 : this.#lengthOf(current.index));
        }
      }
    } catch (error) {
      this.#drop([...flight.rest], error);
    }
    this.#drop([...flight.rest], new SourceError('The server sent less than it announced.'));
  }

  #arrive(coming: Coming, bytes: Uint8Array, flight: Flight): void {
    flight.rest.delete(coming);
    if (this.#coming.get(coming.index) === coming) this.#coming.delete(coming.index);
    this.#keep(coming.index, bytes);
    coming.settle(bytes);
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

  #lengthOf(index: number): Bytes {
    return this.#endOf(index) - index * this.#block;
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
