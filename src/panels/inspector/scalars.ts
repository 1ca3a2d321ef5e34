import { f32Text, f64Text } from '../../app/values';
import type { Address } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { grouped } from '../../ui/numbers';

/** A type as which bytes can be read, little endian. */
export interface ScalarType {
  readonly name: string;
  readonly length: number;
  readonly read: (view: DataView) => string;
}

export const SCALARS: readonly ScalarType[] = [
  { name: 'u8', length: 1, read: (view) => grouped(view.getUint8(0)) },
  { name: 'i8', length: 1, read: (view) => grouped(view.getInt8(0)) },
  { name: 'u16', length: 2, read: (view) => grouped(view.getUint16(0, true)) },
  { name: 'i16', length: 2, read: (view) => grouped(view.getInt16(0, true)) },
  { name: 'u32', length: 4, read: (view) => grouped(view.getUint32(0, true)) },
  { name: 'i32', length: 4, read: (view) => grouped(view.getInt32(0, true)) },
  { name: 'f32', length: 4, read: (view) => f32Text(view.getUint32(0, true)) },
  { name: 'u64', length: 8, read: (view) => grouped(view.getBigUint64(0, true)) },
  { name: 'i64', length: 8, read: (view) => grouped(view.getBigInt64(0, true)) },
  { name: 'f64', length: 8, read: (view) => f64Text(view.getBigUint64(0, true)) },
];

/** The longest of `SCALARS`. */
export const LONGEST_SCALAR = 8;

/** A value, or the reason why there is none. Never a number that the dump does not hold. */
export type Read =
  | { readonly known: true; readonly text: string }
  | { readonly known: false; readonly reason: string };

const STATES = [
  ['missing', 'missing'],
  ['lost', 'lost'],
  ['out-of-bounds', 'past the end'],
  ['pending', 'not indexed yet'],
] as const;

/** Reads one scalar at `address`. Captured bytes and known zeros count; anything else refuses: "2 of 4 bytes missing". */
export function readScalar(type: ScalarType, window: MemoryWindow, address: Address): Read {
  const reason = whyUnread(window, address, type.length);
  if (reason !== null) return { known: false, reason };
  return { known: true, text: type.read(viewAt(window, address, type.length)) };
}

/** The unsigned integer of 4 or 8 bytes that an address would be, or null where its bytes are not all known. */
export function readPointer(window: MemoryWindow, address: Address, memory64: boolean): Address | null {
  const length = memory64 ? 8 : 4;
  if (whyUnread(window, address, length) !== null) return null;
  const view = viewAt(window, address, length);
  if (!memory64) return view.getUint32(0, true);
  const value = view.getBigUint64(0, true);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}

/** Why [address, address + length) has no value: each state that is not known, with both numbers; null where all is known. */
export function whyUnread(window: MemoryWindow, address: Address, length: number): string | null {
  const end = address + length;
  const parts = STATES.flatMap(([state, word]) => {
    let bytes = 0;
    for (const run of window.states) {
      if (run.state === state) bytes += Math.max(0, Math.min(run.end, end) - Math.max(run.start, address));
    }
    return bytes === 0 ? [] : [{ bytes, word }];
  });
  if (parts.length === 0) return null;
  const [first, ...rest] = parts.map(({ bytes, word }) => ({ bytes, text: word }));
  const noun = length === 1 ? 'byte' : 'bytes';
  const others = rest.map(({ bytes, text }) => `, ${bytes} ${text}`).join('');
  return `${first?.bytes} of ${length} ${noun} ${first?.text}${others}`;
}

/** A copy in which known zeros are zero: what the window holds there means nothing. */
function viewAt(window: MemoryWindow, address: Address, length: number): DataView {
  const bytes = new Uint8Array(length);
  for (const run of window.states) {
    if (run.state !== 'captured') continue;
    const from = Math.max(run.start, address);
    const to = Math.min(run.end, address + length);
    if (from < to)
      bytes.set(window.bytes.subarray(from - window.address, to - window.address), from - address);
  }
  return new DataView(bytes.buffer);
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
