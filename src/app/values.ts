import type { Address } from '../bytes/units';
import { f32Text, f64Text } from '../coredump/float-words';
import type { GlobalValue, Value } from '../coredump/model';
import { grouped, hex } from '../ui/numbers';

/** Below this a number is hardly an address: it is not drawn as a link, but still says what it would point at. */
export const LINK_FROM = 1024;

/** How a value is written. `decimal` null: there is none, and `reason` says why. */
export type ValueText =
  | { readonly known: true; readonly decimal: string; readonly hex: string }
  | { readonly known: false; readonly reason: string };

/** A value in decimal (signed, as Wasm's text format prints it) and in hex (its bits). */
export function valueText(value: GlobalValue): ValueText {
  switch (value.type) {
    case 'i32':
      return { known: true, decimal: grouped(value.value), hex: hex(value.value >>> 0, 8) };
    case 'i64':
      return { known: true, decimal: grouped(value.value), hex: hex(BigInt.asUintN(64, value.value), 16) };
    case 'f32':
      return { known: true, decimal: f32Text(value.bits), hex: hex(value.bits >>> 0, 8) };
    case 'f64':
      return { known: true, decimal: f64Text(value.bits), hex: hex(value.bits, 16) };
    case 'v128':
      return { known: true, decimal: 'v128', hex: value.bits };
    case 'null':
      return { known: true, decimal: 'null', hex: '' };
    case 'func':
      return { known: true, decimal: `func[${value.index}]`, hex: '' };
    case 'missing':
      return { known: false, reason: 'not in this dump' };
  }
}

/**
 * The address that an integer would be, read as unsigned: i32, in a 64-bit memory i64. null where the type cannot
 * hold an address of that memory, or the number is above 2^53 - 1, which no memory reaches.
 */
export function pointerOf(value: GlobalValue | Value, memory64: boolean): Address | null {
  if (!memory64) return value.type === 'i32' ? value.value >>> 0 : null;
  if (value.type !== 'i64') return null;
  const unsigned = BigInt.asUintN(64, value.value);
  return unsigned <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(unsigned) : null;
}
