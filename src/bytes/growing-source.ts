import { type ByteSource, SourceError } from './source';
import type { Spool } from './spool';
import type { Bytes, FileOffset } from './units';

interface Waiting {
  readonly end: FileOffset;
  readonly wake: () => void;
}

/**
 * A source that is filled while it is read: what arrives goes into the spool, and a read waits for its bytes.
 * Bytes that have arrived can be read whatever happens to the rest.
 */
export class GrowingSource implements ByteSource {
  readonly #spool: Spool;
  readonly #waiting = new Set<Waiting>();
  #end: 'open' | 'ended' | SourceError = 'open';

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  get size(): Bytes | null {
    return this.#end === 'ended' ? this.#spool.size : null;
  }

  get arrived(): Bytes {
    return this.#spool.size;
  }

  /** Adds bytes at the end and answers the reads that waited for them. */
  async append(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#spool.append(chunk);
    this.#wake();
  }

  /** Nothing more will arrive. */
  end(): void {
    if (this.#end === 'open') this.#end = 'ended';
    this.#wake();
  }

  /** The rest cannot be had: reads that reach into it fail with `error`. */
  fail(error: SourceError): void {
    if (this.#end === 'open') this.#end = error;
    this.#wake();
  }

  async discard(): Promise<void> {
    this.fail(new SourceError('This file was closed.'));
    await this.#spool.discard();
  }

  async read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    await this.#arrival(offset + length, signal);
    signal?.throwIfAborted();
    if (this.#end instanceof SourceError && offset + length > this.arrived) throw this.#end;
    return this.#spool.read(offset, length);
  }

  async #arrival(end: FileOffset, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#settled(end)) return;
    await new Promise<void>((resolve) => {
      const entry: Waiting = {
        end,
        wake: () => {
          this.#waiting.delete(entry);
          signal?.removeEventListener('abort', entry.wake);
          resolve();
        },
      };
      this.#waiting.add(entry);
      signal?.addEventListener('abort', entry.wake);
    });
  }

  #settled(end: FileOffset): boolean {
    return this.#end !== 'open' || end <= this.arrived;
  }

  #wake(): void {
    for (const entry of [...this.#waiting]) if (this.#settled(entry.end)) entry.wake();
  }
}
