import type { Address, Bytes } from '../../bytes/units';
import { f32Text, f64Text } from '../../coredump/float-words';
import { wordAt } from '../../memory/words';
import type { MemoryWindow } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { halfText } from './half';
import { knownBytes, type Read, whyUnread } from './known-bytes';

export type Endian = 'little' | 'big';

/** A type of fixed length as which bytes can be read. */
export interface ScalarType {
  readonly name: string;
  readonly length: Bytes;
  readonly read: (view: DataView, little: boolean) => string;
}

export const SCALARS: readonly ScalarType[] = [
  { name: 'u8', length: 1, read: (view) => grouped(view.getUint8(0)) },
  { name: 'i8', length: 1, read: (view) => grouped(view.getInt8(0)) },
  { name: 'u16', length: 2, read: (view, little) => grouped(view.getUint16(0, little)) },
  { name: 'i16', length: 2, read: (view, little) => grouped(view.getInt16(0, little)) },
  { name: 'u32', length: 4, read: (view, little) => grouped(view.getUint32(0, little)) },
  { name: 'i32', length: 4, read: (view, little) => grouped(view.getInt32(0, little)) },
  { name: 'f16', length: 2, read: (view, little) => halfText(view.getUint16(0, little)) },
  { name: 'f32', length: 4, read: (view, little) => f32Text(view.getUint32(0, little)) },
  { name: 'u64', length: 8, read: (view, little) => grouped(view.getBigUint64(0, little)) },
  { name: 'i64', length: 8, read: (view, little) => grouped(view.getBigInt64(0, little)) },
  { name: 'f64', length: 8, read: (view, little) => f64Text(view.getBigUint64(0, little)) },
];

/** Reads one scalar at `address`. Captured bytes and known zeros count; anything else refuses: "2 of 4 bytes missing". */
export function readScalar(
  type: ScalarType,
  window: MemoryWindow,
  address: Address,
  endian: Endian = 'little',
): Read {
  const bytes = type.length;
  const reason = whyUnread(window, address, bytes);
  if (reason !== null) return { known: false, reason, bytes };
  const view = new DataView(knownBytes(window, address, bytes).buffer);
  return { known: true, text: type.read(view, endian === 'little'), bytes, note: '' };
}

/** The unsigned integer of 4 or 8 bytes that an address would be, or null where its bytes are not all known. */
export function readPointer(window: MemoryWindow, address: Address, memory64: boolean): Address | null {
  const width = memory64 ? 8 : 4;
  const word = wordAt(
    { address, bytes: knownBytes(window, address, width), states: window.states },
    address,
    width,
  );
  return word.known && word.value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(word.value) : null;
}

/** How the bytes from first to last stand: `4 bytes captured`, `2 captured, 2 missing`. */
export function statesText(window: MemoryWindow, address: Address, length: number): string {
  const counts = new Map<string, number>();
  for (const run of window.states) {
    const bytes = Math.min(run.end, address + length) - Math.max(run.start, address);
    if (bytes > 0) counts.set(run.state, (counts.get(run.state) ?? 0) + bytes);
  }
  const words: Readonly<Record<string, string>> = {
    'zero-elided': 'elided zero',
    'out-of-bounds': 'out of bounds',
    pending: 'not indexed yet',
  };
  const parts = [...counts].map(([state, bytes]) => ({ bytes, word: words[state] ?? state }));
  if (parts.length === 1) return `${grouped(length)} ${length === 1 ? 'byte' : 'bytes'} ${parts[0]?.word}`;
  return parts.map(({ bytes, word }) => `${grouped(bytes)} ${word}`).join(', ');
}
