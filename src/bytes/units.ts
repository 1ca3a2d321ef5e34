/**
 * Units. Plain numbers with a name, so that a signature says what it counts. All are whole, never negative, and
 * at most 2^53 - 1; what is larger in a file is capped where it enters.
 */

/** A byte's place in one Wasm memory. */
export type Address = number;

/** A count of bytes. */
export type Bytes = number;

/** A byte's place in the dump (or module) after decompression. */
export type FileOffset = number;

/** A half-open range, of addresses or of file offsets: `start` is in it, `end` is not. */
export interface Range {
  readonly start: number;
  readonly end: number;
}
