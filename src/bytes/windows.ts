import type { ByteSource } from './source';
import type { Bytes, FileOffset } from './units';

/** Interim: replaced by the reader with read-ahead. */
export class WindowReader {
  readonly #source: ByteSource;
  readonly #end: FileOffset;
  readonly #signal: AbortSignal | undefined;
  #window = new Uint8Array(0);
  #start: FileOffset = 0;

  constructor(source: ByteSource, _start: FileOffset, end: FileOffset, signal?: AbortSignal) {
    this.#source = source;
    this.#end = end;
    this.#signal = signal;
  }

  async view(offset: FileOffset, length: Bytes): Promise<Uint8Array> {
    const inside = this.peek(offset, length);
    if (inside !== null) return inside;
    const want = Math.max(0, Math.min(Math.max(length, 65536), this.#end - offset));
    this.#window = Uint8Array.from(await this.#source.read(offset, want, this.#signal));
    this.#start = offset;
    return this.#window;
  }

  peek(offset: FileOffset, length: Bytes): Uint8Array | null {
    const at = offset - this.#start;
    if (at < 0 || at + length > this.#window.length) return null;
    return this.#window.subarray(at);
  }
}
