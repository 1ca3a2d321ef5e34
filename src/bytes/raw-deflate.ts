import {
  Z_BUF_ERROR,
  Z_DEFAULT_STRATEGY,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibDeflate,
  zlibDeflateInit2,
  zlibInflate,
  zlibInflateInit2,
} from 'pako';
import type { Bytes } from './units';
import { yieldToEvents } from './yield';

/** zlib's number for "no wrapper, a window of 2^15 bytes". */
const RAW_WINDOW = -15;
const BEST = 9;
const MEMORY_LEVEL = 9;
const DEFLATED = 8;
/** Of input (output) a turn: 1 to 4 ms, so that the page stays quick. */
const TURN: Bytes = 64 * 1024;

/** The bytes deflated without a wrapper; null as soon as that takes more than `limit` bytes. */
export async function deflateWithin(
  bytes: Uint8Array,
  limit: Bytes,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const stream = new ZStream();
  zlibDeflateInit2(stream, BEST, DEFLATED, RAW_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY);
  const output = new Uint8Array(limit);
  stream.output = output;
  stream.next_out = 0;
  stream.avail_out = limit;
  for (let at = 0; ; at += TURN) {
    signal?.throwIfAborted();
    const input = bytes.subarray(at, at + TURN);
    const last = at + TURN >= bytes.length;
    stream.input = input;
    stream.next_in = 0;
    stream.avail_in = input.length;
    const status = zlibDeflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
    if (status === Z_STREAM_END) return output.slice(0, stream.next_out);
    if (last || stream.avail_out === 0) return null;
    await yieldToEvents();
  }
}

export type Inflated =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** It goes on behind `limit` bytes. */
  | { readonly kind: 'long' }
  /** The data ends before its end. */
  | { readonly kind: 'cut'; readonly after: Bytes }
  /** The data makes no sense at about the `at`th byte. */
  | { readonly kind: 'damaged'; readonly at: Bytes; readonly reason: string };

/** Inflates data without a wrapper to at most `limit` bytes, whatever it claims to hold. */
export async function inflateWithin(data: Uint8Array, limit: Bytes, signal?: AbortSignal): Promise<Inflated> {
  const stream = new ZStream();
  zlibInflateInit2(stream, RAW_WINDOW);
  stream.input = data;
  stream.next_in = 0;
  stream.avail_in = data.length;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length: Bytes = 0;
  for (;;) {
    signal?.throwIfAborted();
    const piece = new Uint8Array(TURN);
    stream.output = piece;
    stream.next_out = 0;
    stream.avail_out = TURN;
    const status = zlibInflate(stream, Z_NO_FLUSH);
    if (stream.next_out > 0) pieces.push(piece.subarray(0, stream.next_out));
    length += stream.next_out;
    if (length > limit) return { kind: 'long' };
    if (status === Z_STREAM_END) return { kind: 'bytes', bytes: concatenated(pieces, length) };
    if (status !== Z_OK && status !== Z_BUF_ERROR)
      return { kind: 'damaged', at: stream.next_in, reason: stream.msg };
    if (stream.avail_in === 0 && stream.avail_out > 0) return { kind: 'cut', after: length };
    await yieldToEvents();
  }
}

function concatenated(pieces: readonly Uint8Array[], length: Bytes): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
