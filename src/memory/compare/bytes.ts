import type { Bytes } from '../../bytes/units';

/**
 * The first index from `from` on at which two arrays differ; `length` where none does below it. Both are at least
 * `length` long. Four bytes are compared at once, wherever they stand: the two windows are rarely aligned alike.
 */
export function nextDifference(a: DataView, b: DataView, from: Bytes, length: Bytes): Bytes {
  let at = from;
  const words = length - 4;
  while (at <= words && a.getInt32(at, true) === b.getInt32(at, true)) at += 4;
  while (at < length && a.getUint8(at) === b.getUint8(at)) at += 1;
  return at;
}

/** The first index from `from` on at which two arrays are equal; `length` where none is below it. */
export function nextEqual(a: DataView, b: DataView, from: Bytes, length: Bytes): Bytes {
  let at = from;
  while (at < length && a.getUint8(at) !== b.getUint8(at)) at += 1;
  return at;
}

/** A view over the bytes of an array. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
