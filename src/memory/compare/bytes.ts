import type { Bytes } from '../../bytes/units';

/** Shorter stretches are not worth a view: five million segments of one byte would make ten million. */
const SHORT: Bytes = 64;

/** Reports the runs of bytes that differ in the first `length` of both arrays, and answers with how many bytes that are. */
export function eachDifference(
  a: Uint8Array,
  b: Uint8Array,
  length: Bytes,
  report: (from: Bytes, count: Bytes) => void,
): Bytes {
  if (length < SHORT) return eachShort(a, b, length, report);
  const [left, right] = [viewOf(a), viewOf(b)];
  let different = 0;
  for (let at = nextDifference(left, right, 0, length); at < length; ) {
    const until = nextEqual(a, b, at, length);
    report(at, until - at);
    different += until - at;
    at = nextDifference(left, right, until, length);
  }
  return different;
}

function eachShort(
  a: Uint8Array,
  b: Uint8Array,
  length: Bytes,
  report: (from: Bytes, count: Bytes) => void,
): Bytes {
  let different = 0;
  for (let at = 0; at < length; at += 1) {
    if (a[at] === b[at]) continue;
    const until = nextEqual(a, b, at, length);
    report(at, until - at);
    different += until - at;
    at = until;
  }
  return different;
}

/**
 * The first index from `from` on at which two arrays differ; `length` where none does below it. Both are at least
 * `length` long. Four bytes are compared at once, wherever they stand: the two windows are rarely aligned alike.
 */
function nextDifference(a: DataView, b: DataView, from: Bytes, length: Bytes): Bytes {
  let at = from;
  const words = length - 4;
  while (at <= words && a.getInt32(at, true) === b.getInt32(at, true)) at += 4;
  while (at < length && a.getUint8(at) === b.getUint8(at)) at += 1;
  return at;
}

/** The first index from `from` on at which two arrays are equal; `length` where none is below it. */
function nextEqual(a: Uint8Array, b: Uint8Array, from: Bytes, length: Bytes): Bytes {
  let at = from;
  while (at < length && a[at] !== b[at]) at += 1;
  return at;
}

/** A view over the bytes of an array. */
function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
