import type { Address, Bytes } from '../../bytes/units';

/** A count with thousands separators, the same in every locale. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Hex digits of every address of a memory: eight, and more only where the memory needs them. */
export function addressDigits(size: Bytes): number {
  return Math.max(8, Math.max(0, size - 1).toString(16).length);
}

/** An address as the grid prints it, without `0x`. */
export function hexAddress(address: Address, digits = 8): string {
  return address.toString(16).padStart(digits, '0');
}

/** An address in a sentence: `0x00011138`. */
export function address0x(address: Address, digits = 8): string {
  return `0x${hexAddress(address, digits)}`;
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A length with a binary unit, three figures: `12.4 MiB`. Below 1 KiB in bytes. */
export function binarySize(bytes: Bytes): string {
  if (bytes < 1024) return byteCount(bytes);
  let value = bytes / 1024;
  let unit = 0;
  // 1,023.6 KiB is 1.00 MiB to three figures, not "1024 KiB".
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const figures = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  const text = Number.isInteger(value) ? String(value) : value.toFixed(figures);
  return `${text} ${UNITS[unit] ?? ''}`;
}

/** An exact count of bytes: `1 byte`, `4,780 bytes`. */
export function byteCount(bytes: Bytes): string {
  return `${count(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** The label of a run: exact below 64 KiB, rounded above. */
export function runLength(bytes: Bytes): string {
  return bytes < 0x10000 ? byteCount(bytes) : binarySize(bytes);
}

const LONGEST_NAME = 60;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A name out of the file, safe to show: control and bidirectional characters as `\u{202e}`, at most 60 characters. */
export function visibleName(name: string): string {
  const cut = Array.from(name.slice(0, 4 * LONGEST_NAME));
  const kept = cut.slice(0, LONGEST_NAME).join('');
  const shown = kept.replace(HIDDEN, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
  return cut.length > LONGEST_NAME ? `${shown}…` : shown;
}
