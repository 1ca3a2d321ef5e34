import type { Bytes, FileOffset } from './units';

/** Bytes that do not decode. The message speaks of the field; `offset` is the first byte that could not be used. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly offset: FileOffset;
  /** More bytes than there are were asked for: in a section that the file's end cuts, the cut explains it. */
  readonly short: boolean;

  constructor(offset: FileOffset, message: string, short = false) {
    super(message);
    this.offset = offset;
    this.short = short;
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes bytes as UTF-8; what is not UTF-8 becomes U+FFFD. */
export function lossyUtf8(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/**
 * Reads the fields of the Wasm binary format (core specification, section 5) out of bytes that are in memory. Offsets
 * in errors are those of the file: `base` is the file offset of the first byte. Every read names its field, so that a
 * message can say what was expected.
 */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #base: FileOffset;
  #position = 0;

  constructor(bytes: Uint8Array, base: FileOffset) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#base = base;
  }

  /** Where the next byte stands in the file. */
  get offset(): FileOffset {
    return this.#base + this.#position;
  }

  get remaining(): Bytes {
    return this.#bytes.length - this.#position;
  }

  /** Goes back (or forward) to a file offset inside the bytes. */
  seek(offset: FileOffset): void {
    this.#position = offset - this.#base;
  }

  /** @throws DecodeError at the end of the bytes. */
  u8(field: string): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw new DecodeError(this.offset, `${field} expected, no byte remains`, true);
    this.#position += 1;
    return byte;
  }

  /** The next byte without moving, or null at the end. */
  peek(): number | null {
    return this.#bytes[this.#position] ?? null;
  }

  /** Takes `length` bytes as a view, not a copy. */
  take(length: Bytes, field: string): Uint8Array {
    if (length > this.remaining) {
      throw new DecodeError(this.offset, `${field} of ${length} bytes, ${this.remaining} remain`, true);
    }
    const taken = this.#bytes.subarray(this.#position, this.#position + length);
    this.#position += length;
    return taken;
  }

  /** LEB128, unsigned, 32 bits: at most 5 bytes, padding allowed. */
  u32(field: string): number {
    return Number(this.#unsigned(field, 32));
  }

  /** LEB128, unsigned, 64 bits: at most 10 bytes, padding allowed. */
  u64(field: string): bigint {
    return BigInt(this.#unsigned(field, 64));
  }

  /** LEB128, signed, 32 bits. */
  s32(field: string): number {
    return Number(this.#signed(field, 32));
  }

  /** LEB128, signed, 33 bits: a heap type or block type. */
  s33(field: string): number {
    return Number(this.#signed(field, 33));
  }

  /** LEB128, signed, 64 bits. */
  s64(field: string): bigint {
    return BigInt(this.#signed(field, 64));
  }

  /** Four bytes, little-endian. */
  u32le(field: string): number {
    return this.#fixed(4, field).getUint32(0, true);
  }

  /** Four bytes, little-endian, two's complement. */
  i32le(field: string): number {
    return this.#fixed(4, field).getInt32(0, true);
  }

  /** Eight bytes, little-endian. */
  u64le(field: string): bigint {
    return this.#fixed(8, field).getBigUint64(0, true);
  }

  /** Eight bytes, little-endian, two's complement. */
  i64le(field: string): bigint {
    return this.#fixed(8, field).getBigInt64(0, true);
  }

  /** A name: a LEB128 length and as many bytes of UTF-8, decoded lossily. */
  name(field: string): string {
    const start = this.offset;
    const length = this.u32(`${field} length`);
    if (length > this.remaining) {
      throw new DecodeError(start, `${field} of ${length} bytes, ${this.remaining} remain`, true);
    }
    return lossyUtf8(this.take(length, field));
  }

  /**
   * The count of a vector. Each item takes at least `least` bytes, so a count that cannot be true is refused before
   * anything is allocated for it.
   */
  count(field: string, least: Bytes): number {
    const start = this.offset;
    const count = this.u32(`${field} count`);
    if (count * least > this.remaining) {
      throw new DecodeError(
        start,
        `${field} count ${count}, more than the ${this.remaining} bytes that remain`,
        true,
      );
    }
    return count;
  }

  #fixed(length: Bytes, field: string): DataView {
    const start = this.#position;
    this.take(length, field);
    return new DataView(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  #unsigned(field: string, bits: 32 | 64): number | bigint {
    const start = this.offset;
    const most = bits === 32 ? 5 : 10;
    let low = 0;
    let high = 0n;
    for (let index = 0; index < most; index += 1) {
      const byte = this.#bytes[this.#position];
      if (byte === undefined) throw new DecodeError(start, `${field} is cut off after ${index} bytes`, true);
      this.#position += 1;
      // Numbers carry 28 bits without rounding errors in the bit operators; the rest needs bigint or multiplication.
      if (index < 4) low += (byte & 0x7f) * 2 ** (7 * index);
      else if (bits === 32) {
        if ((byte & 0x70) !== 0) throw new DecodeError(start, `${field} overflows 32 bits`);
        low += (byte & 0x0f) * 2 ** 28;
      } else {
        if (index === 9 && (byte & 0x7e) !== 0) throw new DecodeError(start, `${field} overflows 64 bits`);
        high |= BigInt(byte & 0x7f) << BigInt(7 * index);
      }
      if ((byte & 0x80) === 0) return bits === 32 ? low : high + BigInt(low);
    }
    throw new DecodeError(start, `${field} is longer than ${most} bytes`);
  }

  #signed(field: string, bits: 32 | 33 | 64): number | bigint {
    const start = this.offset;
    const most = Math.ceil(bits / 7);
    let value = 0n;
    for (let index = 0; index < most; index += 1) {
      const byte = this.#bytes[this.#position];
      if (byte === undefined) throw new DecodeError(start, `${field} is cut off after ${index} bytes`, true);
      this.#position += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if ((byte & 0x80) !== 0) continue;
      const extended = BigInt.asIntN(Math.min(7 * (index + 1), 70), value);
      if (BigInt.asIntN(bits, extended) !== extended) {
        throw new DecodeError(start, `${field} overflows ${bits} bits`);
      }
      return extended;
    }
    throw new DecodeError(start, `${field} is longer than ${most} bytes`);
  }
}
