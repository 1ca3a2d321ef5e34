import { DecodeError, lossyUtf8 } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';

/** A longer string is cut here: no path or name is. */
const LONGEST_STRING: Bytes = 64 * 1024;

/**
 * Reads the fields of DWARF (DWARF 5, 7.1 to 7.6) out of bytes that are in memory, little-endian as Wasm is. Numbers
 * throughout, never bigint: this is the hot path, and nothing that is used as an offset, count or address can pass 2^53.
 * Every read past the bytes at hand throws a DecodeError that is `short`, with an offset in the section.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  /** Where the first byte stands in its section. */
  readonly #base: Bytes;
  position = 0;

  constructor(bytes: Uint8Array, base: Bytes) {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** Where the next byte stands in the section. */
  get offset(): Bytes {
    return this.#base + this.position;
  }

  get remaining(): Bytes {
    return this.#bytes.length - this.position;
  }

  seek(offset: Bytes): void {
    if (offset < this.#base) throw new DecodeError(offset, `offset ${offset} before ${this.#base}`);
    if (offset > this.#base + this.#bytes.length) {
      throw new DecodeError(offset, `offset ${offset} past the end ${this.#base + this.#bytes.length}`, true);
    }
    this.position = offset - this.#base;
  }

  skip(length: Bytes): void {
    if (length > this.#bytes.length - this.position) throw this.#short(length);
    this.position += length;
  }

  take(length: Bytes): Uint8Array {
    const start = this.position;
    this.skip(length);
    return this.#bytes.subarray(start, this.position);
  }

  u8(): number {
    const byte = this.#bytes[this.position];
    if (byte === undefined) throw this.#short(1);
    this.position += 1;
    return byte;
  }

  /** Two's complement. */
  i8(): number {
    return (this.u8() << 24) >> 24;
  }

  u16(): number {
    const at = this.position;
    const low = this.#bytes[at];
    const high = this.#bytes[at + 1];
    if (low === undefined || high === undefined) throw this.#short(2);
    this.position = at + 2;
    return low | (high << 8);
  }

  u24(): number {
    if (this.remaining < 3) throw this.#short(3);
    return this.u16() + this.u8() * 0x10000;
  }

  u32(): number {
    const at = this.position;
    const bytes = this.#bytes;
    const a = bytes[at];
    const b = bytes[at + 1];
    const c = bytes[at + 2];
    const d = bytes[at + 3];
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw this.#short(4);
    this.position = at + 4;
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  /** Above 2^53 only the magnitude is right: enough to know a tombstone, and that it is no address. */
  u64(): number {
    if (this.remaining < 8) throw this.#short(8);
    const low = this.u32();
    return low + this.u32() * 2 ** 32;
  }

  /** An offset or a length: 4 bytes in the 32-bit format, 8 in the 64-bit one. */
  sized(size: 4 | 8): number {
    if (size === 4) return this.u32();
    const at = this.offset;
    const value = this.u64();
    if (value > Number.MAX_SAFE_INTEGER) throw new DecodeError(at, `offset ${value} is above 2^53`);
    return value;
  }

  /** An address of 4 or 8 bytes; other sizes do not pass the unit's header. */
  address(size: number): number {
    return size === 4 ? this.u32() : this.u64();
  }

  /** LEB128, unsigned. Padding of any length is allowed; above 2^53 only the magnitude is right. */
  uleb(): number {
    const first = this.u8();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    let scale = 0x80;
    for (;;) {
      const byte = this.u8();
      // 2^70: what follows can only be padding, or a number that nothing has.
      if (scale < 2 ** 70) value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  /** LEB128, signed; as `uleb`. */
  sleb(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      if (scale < 2 ** 70) value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return (byte & 0x40) === 0 || scale > 2 ** 70 ? value : value - scale;
    }
  }

  skipLeb(): void {
    while (this.u8() >= 0x80);
  }

  /** Up to a NUL, which is skipped. */
  string(): string {
    const start = this.position;
    this.skipString();
    return lossyUtf8(this.#bytes.subarray(start, Math.min(this.position - 1, start + LONGEST_STRING)));
  }

  skipString(): void {
    const end = this.#bytes.indexOf(0, this.position);
    if (end < 0) throw new DecodeError(this.offset, 'string without a NUL', true);
    this.position = end + 1;
  }

  #short(wanted: Bytes): DecodeError {
    return new DecodeError(this.offset, `${wanted} bytes expected, ${this.remaining} remain`, true);
  }
}
