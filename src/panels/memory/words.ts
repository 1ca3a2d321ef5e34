import type { Address, Bytes } from '../../bytes/units';
import { visible } from '../../coredump/visible';
import { counted, size as roundedSize } from '../../ui/numbers';

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

/** An exact count of bytes: `1 byte`, `4,780 bytes`. */
export function byteCount(bytes: Bytes): string {
  return counted(bytes, 'byte');
}

/** The label of a run: exact below 64 KiB, rounded above. */
export function runLength(bytes: Bytes): string {
  return bytes < 0x10000 ? byteCount(bytes) : roundedSize(bytes);
}

/** A name or a typed text inside a sentence: safe to show, and short. */
export function shortName(name: string): string {
  return visible(name, 60);
}
