import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { hexAddress } from '../../ui/numbers';
import { type Read, whyUnread } from './known-bytes';
import { readLeb128 } from './leb128';
import { type Endian, readPointer, readScalar, SCALARS } from './scalars';
import { readUtf8, readUtf16, STRING_BYTES } from './strings';
import { momentsAt } from './times';

/** The most bytes that a row reads. */
export const ROW_BYTES: Bytes = STRING_BYTES;

/** One way to read the bytes at the cursor. */
export interface ValueRow {
  readonly name: string;
  readonly read: Read;
  /** It takes the whole width: long, or a sentence. */
  readonly wide: boolean;
}

/** Every way to read the bytes at `address`, in the order in which they are listed. */
export function valueRows(window: MemoryWindow, address: Address, endian: Endian): ValueRow[] {
  const scalars = SCALARS.map((type): ValueRow => {
    const read = readScalar(type, window, address, endian);
    return { name: type.name, read, wide: type.length === 8 || !read.known };
  });
  const others: ValueRow[] = [
    { name: 'uleb128', read: readLeb128(window, address, false), wide: true },
    { name: 'sleb128', read: readLeb128(window, address, true), wide: true },
    { name: 'utf-8', read: readUtf8(window, address), wide: true },
    { name: 'utf-16', read: readUtf16(window, address, endian), wide: true },
  ];
  const moments = momentsAt(window, address, endian).map(
    ({ name, bytes, text }): ValueRow => ({
      name,
      read: { known: true, text, bytes, note: '' },
      wide: true,
    }),
  );
  return [...scalars, ...others, ...moments];
}

/** The word at `address` as the address it would be; little-endian whatever the toggle says, as Wasm's memory is. */
export function pointerRow(window: MemoryWindow, address: Address, memory64: boolean): ValueRow {
  const bytes = memory64 ? 8 : 4;
  const reason = whyUnread(window, address, bytes);
  if (reason !== null) return { name: 'pointer', read: { known: false, reason, bytes }, wide: true };
  const target = readPointer(window, address, memory64);
  const text = target === null ? '2^53 or more, no address' : hexAddress(target);
  return { name: 'pointer', read: { known: true, text, bytes, note: '' }, wide: true };
}
