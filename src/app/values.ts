import type { Address } from '../bytes/units';
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

/** A float as its shortest decimal; a NaN with its payload, which the bits keep. */
export function f64Text(bits: bigint): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  const value = view.getFloat64(0);
  if (!Number.isNaN(value)) return floatText(value);
  return nanText(bits >> 63n === 1n, bits & 0xf_ffff_ffff_ffffn, 0x8_0000_0000_0000n);
}

/** As `f64Text`, with the fewest digits that give the same 32 bits: 0.1, not 0.10000000149011612. */
export function f32Text(bits: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits >>> 0);
  const value = view.getFloat32(0);
  if (Number.isNaN(value)) return nanText(bits >>> 31 === 1, BigInt(bits & 0x7f_ffff), 0x40_0000n);
  if (value === 0 || !Number.isFinite(value)) return floatText(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return floatText(shorter);
  }
  return floatText(value);
}

function floatText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** As the text format writes it: `nan`, `-nan`, `nan:0x1`. */
function nanText(negative: boolean, payload: bigint, canonical: bigint): string {
  const sign = negative ? '-' : '';
  return payload === canonical ? `${sign}nan` : `${sign}nan:${hex(payload)}`;
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
