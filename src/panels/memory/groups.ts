import type { Format, Group } from '../../app/memory-view';
import { f32Text, f64Text } from '../../coredump/float-words';
import {
  CAPTURED,
  hexByte,
  hexGlyph,
  LOST,
  MISSING,
  OUTSIDE,
  PENDING,
  stateOf,
  stateWord,
  ZERO,
} from './byte-state';
import type { Stretch } from './pointer';

/** What stands in the cell of a group of bytes. */
export interface GroupCell {
  readonly text: string;
  /** The state that decides how the cell looks: the worst of its bytes, captured before a known zero. */
  readonly code: number;
  /** All of its bytes are 0. */
  readonly zero: boolean;
  /** As it is read aloud after the address: `u32 69,888, captured`, `2 of 4 bytes missing`. */
  readonly name: string;
}

/** The worst first: what keeps a group from having a value. */
const WITHOUT_VALUE = [OUTSIDE, LOST, MISSING, PENDING] as const;

/** What a cell shows of bytes that make no number; blank where there are no bytes, and where a bar is drawn. */
const GLYPHS: Readonly<Record<number, string>> = { [LOST]: 'xx', [MISSING]: '??' };

/**
 * Reads the `group` little-endian bytes at index `at` of a stretch. A group that touches a byte without a value is no
 * number: in hex it shows what each byte is, most significant first, else the glyph of the state that is in the way.
 */
export function groupCell(stretch: Stretch, at: number, group: Group, format: Format): GroupCell {
  const codes = Array.from({ length: group }, (_, index) => stretch.codes[at + index] ?? OUTSIDE);
  const worst = WITHOUT_VALUE.find((code) => codes.includes(code));
  if (worst !== undefined) return withoutValue(stretch, at, codes, worst, format);
  // What a window holds where a byte is not captured means nothing: a known zero is 0 whatever stands there.
  const bytes = codes.map((code, index) => (code === CAPTURED ? (stretch.bytes[at + index] ?? 0) : 0));
  const code = codes.includes(CAPTURED) ? CAPTURED : ZERO;
  const value = number(bytes, group, format);
  const text = code === ZERO ? '·' : value;
  const type = format === 'hex' ? '' : `${{ unsigned: 'u', signed: 'i', float: 'f' }[format]}${group * 8} `;
  return {
    text,
    code,
    zero: bytes.every((byte) => byte === 0),
    name: `${type}${value}, ${stateWord(stateOf(code))}`,
  };
}

function withoutValue(
  stretch: Stretch,
  at: number,
  codes: readonly number[],
  worst: number,
  format: Format,
): GroupCell {
  const glyphs = codes.map((code, index) => hexGlyph(stretch.bytes[at + index] ?? 0, code).padEnd(2, ' '));
  const all = codes.every((code) => code === OUTSIDE);
  const text = format === 'hex' ? glyphs.reverse().join('').trimEnd() : (GLYPHS[worst] ?? '');
  const absent = codes.filter((code) => code === worst).length;
  const name = `${absent} of ${codes.length} bytes ${stateWord(stateOf(worst))}`;
  return { text: all ? '' : text, code: worst, zero: false, name };
}

function number(bytes: readonly number[], group: Group, format: Format): string {
  if (format === 'hex') return [...bytes].reverse().map(hexByte).join('');
  const view = new DataView(Uint8Array.from(bytes).buffer);
  if (format === 'float')
    return group === 8 ? f64Text(view.getBigUint64(0, true)) : f32Text(view.getUint32(0, true));
  const signed = format === 'signed';
  if (group === 8) return String(signed ? view.getBigInt64(0, true) : view.getBigUint64(0, true));
  if (group === 4) return String(signed ? view.getInt32(0, true) : view.getUint32(0, true));
  if (group === 2) return String(signed ? view.getInt16(0, true) : view.getUint16(0, true));
  return String(signed ? view.getInt8(0) : view.getUint8(0));
}
