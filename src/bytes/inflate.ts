import { Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2 } from 'pako';
import { joined } from './joined';
import type { Bytes, FileOffset } from './units';

/** zlib's number for "a gzip wrapper around a window of 2^15 bytes". */
const GZIP_WINDOW = 31;

export type InflateStep =
  /** There may be more without further input. */
  | { readonly kind: 'output' }
  /** All input was used. `inside`: the data does not end here, a member is open. */
  | { readonly kind: 'hungry'; readonly inside: boolean }
  /** Bytes that are no gzip member follow the last one, from `at` on. */
  | { readonly kind: 'trailing'; readonly at: FileOffset }
  /** The data makes no sense at about `at`. */
  | { readonly kind: 'damaged'; readonly at: FileOffset; readonly reason: string };

/**
 * Inflates gzip of any number of members, step by step. It is zlib in JavaScript because the platform's
 * DecompressionStream neither takes several members, nor hands out what it had decoded when it meets damage, nor
 * says where that was. By itself it takes two to three times as long; putting the output into the spool takes
 * longer than either, and `npm run bench` holds the sum to 1.6 times.
 */
export class Inflater {
  #stream = newStream();
  #consumed: Bytes = 0;
  /** Where in a file's structure the next byte of input stands. */
  #place: 'member' | 'between' = 'member';
  /** The first of two magic bytes came as the last byte of an input. */
  #held: Uint8Array | null = null;

  /** Compressed bytes used so far. */
  get consumed(): Bytes {
    return this.#consumed;
  }

  /** Hands in the next compressed bytes. Only when the last step was `hungry` (or at the start). */
  feed(input: Uint8Array): void {
    this.#setInput(this.#held === null ? input : joined(this.#held, input));
    this.#held = null;
  }

  /** Decodes into `output` from its start. Returns how many bytes were written and what to do next. */
  step(output: Uint8Array<ArrayBuffer>): { readonly written: Bytes; readonly next: InflateStep } {
    if (this.#place === 'between') {
      const next = this.#nextMember();
      if (next !== null) return { written: 0, next };
    }
    const stream = this.#stream;
    stream.output = output;
    stream.next_out = 0;
    stream.avail_out = output.length;
    const before = stream.next_in;
    const status = zlibInflate(stream, Z_NO_FLUSH);
    this.#consumed += stream.next_in - before;
    return { written: stream.next_out, next: this.#after(status) };
  }

  #after(status: number): InflateStep {
    if (status === Z_STREAM_END) {
      this.#place = 'between';
      return { kind: 'output' };
    }
    if (status !== Z_OK && status !== Z_BUF_ERROR)
      return { kind: 'damaged', at: this.#consumed, reason: this.#stream.msg };
    if (this.#stream.avail_out === 0 || this.#stream.avail_in > 0) return { kind: 'output' };
    return { kind: 'hungry', inside: true };
  }

  /**
   * What follows a member: zeros are padding (as on tape), the magic number begins another member, all else is not
   * gzip. gzip(1) does the same. Held by "several members", "zeros behind it" and "text behind it" in
   * tests/bytes/gzip-source.test.ts.
   */
  #nextMember(): InflateStep | null {
    const input = this.#stream.input.subarray(this.#stream.next_in);
    const zeros = input.findIndex((byte) => byte !== 0);
    if (zeros === -1) {
      this.#skip(input.length);
      return { kind: 'hungry', inside: false };
    }
    this.#skip(zeros);
    const rest = input.subarray(zeros);
    if (rest.length === 1 && rest[0] === 0x1f) {
      this.#held = rest.slice();
      return { kind: 'hungry', inside: false };
    }
    if (rest[0] !== 0x1f || rest[1] !== 0x8b) return { kind: 'trailing', at: this.#consumed };
    this.#stream = newStream();
    this.#setInput(rest);
    this.#place = 'member';
    return null;
  }

  #setInput(input: Uint8Array): void {
    this.#stream.input = input;
    this.#stream.next_in = 0;
    this.#stream.avail_in = input.length;
  }

  #skip(count: Bytes): void {
    this.#consumed += count;
    this.#stream.next_in += count;
    this.#stream.avail_in -= count;
  }
}

function newStream(): ZStream {
  const stream = new ZStream();
  stream.input = new Uint8Array(0);
  stream.next_in = 0;
  stream.avail_in = 0;
  zlibInflateInit2(stream, GZIP_WINDOW);
  return stream;
}
