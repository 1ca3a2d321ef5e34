import type { Address, Bytes } from '../../bytes/units';
import { CAPTURED, ZERO } from './byte-state';

/** The bytes and state codes of a stretch of memory that begins at `address`. */
export interface Stretch {
  readonly address: Address;
  readonly bytes: Uint8Array;
  readonly codes: Uint8Array;
}

/** Below it, an integer is more likely a small number than an address. */
export const FIRST_POINTER = 1024;

/** What following the word under the cursor comes to. */
export type Pointer =
  | { readonly kind: 'pointer'; readonly target: Address }
  /** The word is whole and is no address of this memory. */
  | { readonly kind: 'number'; readonly value: bigint }
  /** A byte of the word is not captured, so the word has no value. */
  | { readonly kind: 'no-value'; readonly missing: number; readonly of: number };

/** Where the aligned word that holds an address begins. */
export function wordStart(address: Address, width: 4 | 8): Address {
  return address - (address % width);
}

/** Reads the little-endian word of `width` bytes at `address` as a pointer into a memory of `size` bytes. */
export function pointerAt(stretch: Stretch, address: Address, width: 4 | 8, size: Bytes): Pointer {
  const at = address - stretch.address;
  let value = 0n;
  let missing = 0;
  for (let index = width - 1; index >= 0; index -= 1) {
    const code = stretch.codes[at + index];
    if (code !== CAPTURED && code !== ZERO) missing += 1;
    // What a window holds where a byte is not captured means nothing: a known zero is 0 whatever stands there.
    value = value * 256n + BigInt(code === CAPTURED ? (stretch.bytes[at + index] ?? 0) : 0);
  }
  if (missing > 0) return { kind: 'no-value', missing, of: width };
  return value >= BigInt(FIRST_POINTER) && value < BigInt(size)
    ? { kind: 'pointer', target: Number(value) }
    : { kind: 'number', value };
}
