import { type Cursor, DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';

/** The unit of `min` and `max` where the file names no other (core specification, 4.2.8). */
export const PAGE: Bytes = 65_536;

/** A memory's type (core specification, 5.3.9; custom page sizes, threads and memory64 proposals). */
export interface MemoryType {
  /** In pages, as written. */
  readonly minimumPages: bigint;
  readonly maximumPages: bigint | null;
  readonly pageSize: Bytes;
  /** The page size stands in the file (flag 08). */
  readonly customPageSize: boolean;
  readonly memory64: boolean;
  readonly shared: boolean;
}

/**
 * Reads a memory type: flags 01 maximum, 02 shared, 04 memory64, 08 custom page size.
 * @throws DecodeError for other flags and for a page size above 65,536.
 */
export function readMemoryType(cursor: Cursor): MemoryType {
  const start = cursor.offset;
  const flags = cursor.u8('memory flags');
  if (flags > 0x0f) {
    throw new DecodeError(start, `memory flags 0x${flags.toString(16)}, expected at most 0x0f`);
  }
  const memory64 = (flags & 4) !== 0;
  const limit = (field: string): bigint => (memory64 ? cursor.u64(field) : BigInt(cursor.u32(field)));
  const minimumPages = limit('memory minimum');
  const maximumPages = (flags & 1) !== 0 ? limit('memory maximum') : null;
  const customPageSize = (flags & 8) !== 0;
  const exponentAt = cursor.offset;
  const exponent = customPageSize ? cursor.u32('page size') : 16;
  if (exponent > 16) throw new DecodeError(exponentAt, `page size 2^${exponent}, expected at most 2^16`);
  return {
    minimumPages,
    maximumPages,
    pageSize: 2 ** exponent,
    customPageSize,
    memory64,
    shared: (flags & 2) !== 0,
  };
}
