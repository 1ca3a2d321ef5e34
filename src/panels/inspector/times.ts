import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { knownBytes, whyUnread } from './known-bytes';
import type { Endian } from './scalars';

/** A number read as a moment. */
export interface Moment {
  /** What is counted, in how many bits. */
  readonly name: string;
  readonly bytes: Bytes;
  readonly text: string;
}

/** Seconds from 1970 to the years that a running program meets: 1995 to 2049, both included. */
const EARLIEST = 788_918_400n;
const LATEST = 2_524_608_000n;
/** Seconds from 1601, where FILETIME begins, to 1970. */
const FILETIME_EPOCH = 11_644_473_600n;

const UNITS = [
  { name: 'seconds', perSecond: 1n, digits: 0, epoch: 0n },
  { name: 'ms', perSecond: 1000n, digits: 3, epoch: 0n },
  { name: 'µs', perSecond: 1_000_000n, digits: 6, epoch: 0n },
  { name: 'ns', perSecond: 1_000_000_000n, digits: 9, epoch: 0n },
  { name: 'FILETIME', perSecond: 10_000_000n, digits: 7, epoch: FILETIME_EPOCH },
] as const;

/**
 * The moments that the bytes may say: only those from 1995 to 2049, and none of printable text and zeros ("node" as
 * seconds is a day in 2023). Of 4 bytes as seconds, of 8 in every usual unit; their ranges do not meet, so at most one of each.
 */
export function momentsAt(window: MemoryWindow, address: Address, endian: Endian): Moment[] {
  for (const bytes of [8, 4] as const) {
    if (whyUnread(window, address, bytes) !== null) continue;
    const data = knownBytes(window, address, bytes);
    if (data.every((byte) => byte === 0 || (byte >= 0x20 && byte <= 0x7e))) continue;
    const view = new DataView(data.buffer);
    const little = endian === 'little';
    const value = bytes === 8 ? view.getBigUint64(0, little) : BigInt(view.getUint32(0, little));
    const moments = (bytes === 8 ? UNITS : UNITS.slice(0, 1)).flatMap(
      ({ name, perSecond, digits, epoch }) => {
        const seconds = value / perSecond - epoch;
        if (seconds < EARLIEST || seconds >= LATEST) return [];
        return [{ name, bytes, text: momentText(seconds, value % perSecond, digits) }];
      },
    );
    if (moments.length > 0) return moments;
  }
  return [];
}

function momentText(seconds: bigint, fraction: bigint, digits: number): string {
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return digits === 0 ? `${whole} UTC` : `${whole}.${fraction.toString().padStart(digits, '0')} UTC`;
}
