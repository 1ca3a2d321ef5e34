import { FLOW_WINDOW, FlowWindows } from './flow-windows';
import { joined } from './joined';
import type { ByteSource } from './source';
import type { Bytes, FileOffset } from './units';

const SMALLEST: Bytes = 64 * 1024;
const LARGEST: Bytes = 16 * 1024 * 1024;

/** Bytes of the source from `start` on. */
interface Piece {
  readonly start: FileOffset;
  readonly bytes: Uint8Array;
}

/** A piece under way. A failure is kept as a value, because nobody may ever ask for a window read ahead. */
interface Pending {
  readonly start: FileOffset;
  readonly length: Bytes;
  readonly outcome: Promise<Piece | { readonly error: unknown }>;
}

/**
 * Reads a source from front to back in windows: 64 KiB first, doubled while the reading goes on where it was, up to 1 MiB
 * out of a flow where the source has one and else up to 16 MiB, and then two of them ahead; a jump begins anew. No byte
 * is read twice unless the caller goes back. One call at a time: the next `view` begins when the last one has ended.
 */
export class WindowReader {
  readonly #source: ByteSource;
  readonly #start: FileOffset;
  readonly #end: FileOffset;
  readonly #signal: AbortSignal | undefined;
  #size: Bytes = SMALLEST;
  #current: Piece = { start: 0, bytes: new Uint8Array(0) };
  /** Loaded, and follows `#current` where that was stitched from two windows. */
  #following: Piece | null = null;
  /** Read ahead, in order, each where the last ends. */
  #ahead: Pending[] = [];
  /** Where the bytes end that were asked for so far. */
  #reached: FileOffset;
  /** What goes on at `#reached`; null where windows are read one by one. */
  #flow: FlowWindows | null = null;

  constructor(source: ByteSource, start: FileOffset, end: FileOffset, signal?: AbortSignal) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.#signal = signal;
    this.#reached = start;
  }

  /** The source's size; null while it is not known. It is when a view came up short. */
  get sourceSize(): Bytes | null {
    return this.#source.size;
  }

  /** As `view`, where the bytes are already here; else null. For loops over many small things. */
  peek(offset: FileOffset, length: Bytes): Uint8Array | null {
    const from = offset - this.#current.start;
    if (from >= 0 && from + length <= this.#current.bytes.length) return this.#current.bytes.subarray(from);
    const following = this.#following;
    if (following === null || offset < following.start) return null;
    if (offset + length > following.start + following.bytes.length) return null;
    this.#current = following;
    this.#following = null;
    return following.bytes.subarray(offset - following.start);
  }

  /**
   * At least `length` bytes from `offset` on, and all that are at hand behind them; fewer only where the reader's
   * range or the source ends. They are valid until the next call of `view`, which may read other bytes into their
   * buffer: copy what is kept.
   * @throws what the source throws.
   */
  async view(offset: FileOffset, length: Bytes): Promise<Uint8Array> {
    if (offset < this.#start) throw new RangeError(`view(${offset}) before the start ${this.#start}`);
    length = Math.min(length, Math.max(0, this.#end - offset));
    const here = this.peek(offset, length);
    if (here !== null) return here;
    let held = this.#held(offset);
    for (;;) {
      const wanted = length - held.length;
      const next = await this.#load(offset + held.length, wanted);
      const ended = next.bytes.length === 0;
      if (next.bytes.length < wanted && !ended) {
        held = joined(held, next.bytes);
        continue;
      }
      if (held.length === 0) {
        this.#current = next;
        this.#following = null;
      } else {
        // The bytes asked for lie across two windows: copy the ends that touch, not two windows of 16 MiB.
        const touching = next.bytes.subarray(0, Math.max(wanted, SMALLEST));
        this.#current = { start: offset, bytes: joined(held, touching) };
        this.#following = ended ? null : next;
      }
      this.#flow?.reclaim(this.#current.start);
      // While these bytes are looked at, two windows are under way.
      this.#readAhead(2);
      return this.#current.bytes;
    }
  }

  /** Ends the reading ahead. */
  close(): void {
    this.#endFlow();
    this.#ahead = [];
  }

  #endFlow(): void {
    this.#flow?.close();
    this.#flow = null;
  }

  /** What is here of the bytes from `offset` on, up to the end of all that is loaded. */
  #held(offset: FileOffset): Uint8Array {
    const last = this.#following ?? this.#current;
    const from = offset - last.start;
    if (from >= 0 && from <= last.bytes.length) return last.bytes.subarray(from);
    const first = offset - this.#current.start;
    if (this.#following === null || first < 0 || first >= this.#current.bytes.length)
      return new Uint8Array(0);
    // In the stitched piece, and the bytes asked for reach past the window that follows it.
    const head = this.#current.bytes.subarray(first, this.#following.start - this.#current.start);
    return joined(head, this.#following.bytes);
  }

  /** The next window, from `from` on: one read ahead if such a one holds `from`. Empty at the end. */
  async #load(from: FileOffset, length: Bytes): Promise<Piece> {
    const window = this.#takeAhead(from) ?? this.#beginAt(from, length);
    if (window === null) return { start: from, bytes: new Uint8Array(0) };
    this.#readAhead(1);
    const piece = await this.#settle(window);
    return { start: from, bytes: piece.bytes.subarray(from - piece.start) };
  }

  #takeAhead(from: FileOffset): Pending | null {
    const index = this.#ahead.findIndex(({ start, length }) => from >= start && from < start + length);
    const window = this.#ahead[index];
    this.#ahead = window === undefined ? [] : this.#ahead.slice(index + 1);
    return window ?? null;
  }

  #beginAt(from: FileOffset, length: Bytes): Pending | null {
    const jump = from < this.#reached || from - this.#reached >= this.#size;
    if (from !== this.#reached) this.#endFlow();
    if (jump || this.#reached === this.#start) this.#size = SMALLEST;
    else this.#grow();
    return this.#begin(from, this.#sizeAt(from, length));
  }

  #grow(): void {
    this.#size = Math.min(this.#flow === null ? LARGEST : FLOW_WINDOW, this.#size * 2);
  }

  /**
   * How much to ask for. A source that still grows is asked for what has arrived: waiting for 16 MiB of a slow
   * download would hide the stack that stands in its first kilobyte (held by "does not wait for a whole window").
   */
  #sizeAt(from: FileOffset, length: Bytes): Bytes {
    if (this.#source.size !== null) return Math.max(length, this.#size);
    return Math.max(length, Math.min(this.#size, this.#source.arrived - from));
  }

  /**
   * Keeps `count` windows under way, once the reading has gone on where it was. Nothing is read ahead of what has
   * arrived: such a read would wait although nobody asked for its bytes.
   */
  #readAhead(count: number): void {
    if (this.#size === SMALLEST) return;
    while (this.#ahead.length < count) {
      const known = this.#source.size ?? this.#source.arrived;
      const window = this.#begin(this.#reached, Math.min(this.#size, known - this.#reached));
      if (window === null) return;
      this.#ahead.push(window);
      this.#grow();
    }
  }

  /** null: there is nothing to read. */
  #begin(from: FileOffset, length: Bytes): Pending | null {
    const end = Math.min(from + length, this.#end, this.#source.size ?? Number.MAX_SAFE_INTEGER);
    if (end <= from) return null;
    const flow = this.#flowFrom(from);
    this.#reached = end;
    const read = flow?.next(end - from) ?? this.#source.read(from, end - from, this.#signal);
    const outcome = read.then(
      (bytes): Piece => ({ start: from, bytes }),
      (error: unknown) => ({ error }),
    );
    return { start: from, length: end - from, outcome };
  }

  /** Small reads are left to `read`: what jumps from header to header never comes to a flow. */
  #flowFrom(from: FileOffset): FlowWindows | null {
    const { size } = this.#source;
    if (this.#flow !== null || this.#size < FLOW_WINDOW || size === null) return this.#flow;
    this.#flow = FlowWindows.over(this.#source, from, Math.min(this.#end, size), this.#signal);
    if (this.#flow !== null) this.#size = FLOW_WINDOW;
    return this.#flow;
  }

  async #settle(pending: Pending): Promise<Piece> {
    const outcome = await pending.outcome;
    if ('error' in outcome) throw outcome.error;
    return outcome;
  }
}
