import { GrowingSource } from './growing-source';
import { Inflater, type InflateStep } from './inflate';
import { type ByteSource, SourceError } from './source';
import type { Spool } from './spool';
import type { Bytes, FileOffset } from './units';
import { WindowReader } from './windows';
import { yieldToEvents } from './yield';

const GIB: Bytes = 2 ** 30;
const SMALLEST_OUTPUT: Bytes = 64 * 1024;
const LARGEST_OUTPUT: Bytes = 256 * 1024;
/** Inflated between two breaths: some 20 ms of work. */
const BETWEEN_YIELDS: Bytes = 4 * 1024 * 1024;
const BETWEEN_REPORTS_MS = 50;

/**
 * `stopped`: by the user. `limit`: by the output's size. Both go on with `resume`. `done`: the end of the data, or its
 * damage. `failed`: the compressed bytes cannot be had, or the spool is full; what was inflated can be read.
 */
export type GzipState = 'stopped' | 'running' | 'limit' | 'done' | 'failed';

export interface GzipProgress {
  readonly state: GzipState;
  /** Compressed bytes used, of `total`; null while that is not known. */
  readonly compressed: Bytes;
  readonly total: Bytes | null;
  readonly inflated: Bytes;
  /** A sentence in the states `limit` and `failed`. */
  readonly message: string | null;
}

export interface GzipOptions {
  /** Stops when so much is inflated, and again after so much more. A small file may inflate to a thousand times its size. */
  readonly limit?: Bytes;
  readonly onProgress?: (progress: GzipProgress) => void;
}

/**
 * Gzip of any number of members as a growing source: inflated once, from front to back, into a spool; neither side is
 * ever in the heap as a whole. Stands still until `resume` is called.
 */
export class GzipSource implements ByteSource {
  readonly #compressed: ByteSource;
  readonly #inflated: GrowingSource;
  readonly #limitStep: Bytes;
  readonly #onProgress: (progress: GzipProgress) => void;
  readonly #reader: WindowReader;
  readonly #inflater = new Inflater();
  readonly #closing = new AbortController();
  #limit: Bytes;
  #state: GzipState = 'stopped';
  #message: string | null = null;
  #damage: string | null = null;
  #trailing: FileOffset | null = null;
  /** The next compressed byte that the inflater has not been fed. */
  #position: FileOffset = 0;
  #outputSize = SMALLEST_OUTPUT;
  #reported = 0;
  #loop: Promise<void> = Promise.resolve();

  constructor(compressed: ByteSource, spool: Spool, options: GzipOptions = {}) {
    this.#compressed = compressed;
    this.#inflated = new GrowingSource(spool);
    this.#limitStep = options.limit ?? 4 * GIB;
    this.#limit = this.#limitStep;
    this.#onProgress = options.onProgress ?? (() => undefined);
    this.#reader = new WindowReader(compressed, 0, Number.MAX_SAFE_INTEGER, this.#closing.signal);
  }

  get size(): Bytes | null {
    return this.#inflated.size;
  }

  get arrived(): Bytes {
    return this.#inflated.arrived;
  }

  get state(): GzipState {
    return this.#state;
  }

  /** A sentence in the states `limit` and `failed`; else null. */
  get message(): string | null {
    return this.#message;
  }

  /** Why the data ends before its own end, as a sentence; null while nothing is wrong with it. */
  get damage(): string | null {
    return this.#damage;
  }

  /** Where bytes follow that are not gzip and were left out; null when there are none. */
  get trailing(): FileOffset | null {
    return this.#trailing;
  }

  read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#inflated.read(offset, length, signal);
  }

  /** Starts, or goes on where it was stopped; past the limit, by as much again. */
  resume(): void {
    if (this.#state !== 'stopped' && this.#state !== 'limit') return;
    if (this.#state === 'limit') this.#limit += this.#limitStep;
    this.#message = null;
    this.#state = 'running';
    this.#loop = this.#loop.then(() => this.#run());
  }

  /** Reads of what has not arrived go on waiting. */
  stop(): void {
    if (this.#state !== 'running') return;
    this.#state = 'stopped';
    this.#report();
  }

  /** Makes what has arrived the whole: reads that wait get what there is. For who cannot or does not want to go on. */
  async endHere(): Promise<void> {
    if (this.#state === 'done' || this.#state === 'failed') return;
    this.#state = 'stopped';
    await this.#loop;
    this.#damage ??= `Stopped at ${count(this.arrived)} inflated bytes; ${this.#read()}.`;
    this.#finish();
  }

  /** Stops for good and gives the space back. */
  async discard(): Promise<void> {
    this.#state = 'done';
    this.#closing.abort(new SourceError('This file was closed.'));
    await this.#loop;
    await this.#inflated.discard();
  }

  async #run(): Promise<void> {
    let breath = this.arrived + BETWEEN_YIELDS;
    try {
      while (this.#state === 'running') {
        if (this.arrived >= this.#limit) return this.#stopAtLimit();
        const output = new Uint8Array(Math.min(this.#outputSize, this.#limit - this.arrived));
        const { written, next } = this.#inflater.step(output);
        if (written > 0) await this.#inflated.append(fitted(output, written));
        if (written === output.length) this.#outputSize = Math.min(LARGEST_OUTPUT, this.#outputSize * 2);
        await this.#follow(next);
        if (this.arrived >= breath) {
          breath = this.arrived + BETWEEN_YIELDS;
          await yieldToEvents();
        }
        if (performance.now() - this.#reported > BETWEEN_REPORTS_MS) this.#report();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #follow(next: InflateStep): Promise<void> {
    if (next.kind === 'output') return;
    if (next.kind === 'hungry') {
      const input = await this.#reader.view(this.#position, 1);
      this.#position += input.length;
      if (input.length > 0) return this.#inflater.feed(input);
      if (next.inside) this.#damage = `The gzip data is cut off: ${this.#read()}, and its end is missing.`;
    } else if (next.kind === 'damaged') {
      this.#damage = `The gzip data is damaged near byte ${count(next.at)} (${next.reason}): ${this.#read()}.`;
    } else {
      this.#trailing = next.at;
    }
    this.#finish();
  }

  #read(): string {
    return `${count(this.arrived)} bytes were inflated from ${count(this.#inflater.consumed)}`;
  }

  #finish(): void {
    this.#reader.close();
    this.#state = 'done';
    this.#inflated.end();
    this.#report();
  }

  #stopAtLimit(): void {
    this.#state = 'limit';
    const total = this.#compressed.size;
    const used = `${count(this.#inflater.consumed)}${total === null ? '' : ` of ${count(total)}`} bytes of gzip`;
    this.#message = `Stopped at ${count(this.arrived)} bytes, inflated from ${used}. Go on inflates up to ${count(this.#limitStep)} more.`;
    this.#report();
  }

  #fail(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    const known =
      error instanceof SourceError
        ? error
        : new SourceError(`Inflating stopped at ${count(this.arrived)} bytes: ${reason}`, { cause: error });
    this.#state = 'failed';
    this.#message = known.message;
    this.#inflated.fail(known);
    this.#report();
  }

  #report(): void {
    if (this.#closing.signal.aborted) return;
    this.#reported = performance.now();
    this.#onProgress({
      state: this.#state,
      compressed: this.#inflater.consumed,
      total: this.#compressed.size,
      inflated: this.arrived,
      message: this.#message,
    });
  }
}

/** The part of a buffer that was written; copied where keeping the whole buffer would waste most of it. */
function fitted(buffer: Uint8Array<ArrayBuffer>, written: Bytes): Uint8Array<ArrayBuffer> {
  return written > buffer.length / 2 ? buffer.subarray(0, written) : buffer.slice(0, written);
}

function count(bytes: Bytes): string {
  return bytes.toLocaleString('en-US');
}
