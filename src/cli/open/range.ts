import type { Bytes, FileOffset } from '../../bytes/units';

/** What a request asks for of a file. */
export type Wanted =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly start: FileOffset; readonly end: FileOffset }
  /** No byte of the file is in the range. */
  | { readonly kind: 'none' };

/**
 * Reads a Range header. What it does not understand (another unit, several ranges) asks for all: a server may ignore it
 * (RFC 9110, 14.2).
 */
export function readRange(header: string | undefined, size: Bytes): Wanted {
  const [, first = '', last = ''] = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(header ?? '') ?? [];
  if (first === '') return last === '' ? { kind: 'all' } : part(Math.max(0, size - Number(last)), size);
  const start = Number(first);
  if (last === '') return part(start, size);
  return Number(last) < start ? { kind: 'all' } : part(start, Math.min(Number(last) + 1, size));
}

function part(start: FileOffset, end: FileOffset): Wanted {
  return start < end ? { kind: 'part', start, end } : { kind: 'none' };
}
