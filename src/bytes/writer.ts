import type { Bytes } from './units';

const utf8 = new TextEncoder();

/** Writes the fields of the Wasm binary format (core specification, section 5): what `Cursor` reads. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length: Bytes = 0;

  get length(): Bytes {
    return this.#length;
  }

  /** What was written so far, as a copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  u8(value: number): void {
    this.#room(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Bytes as they are. */
  raw(bytes: ArrayLike<number>): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** LEB128, unsigned, in as few bytes as there can be. */
  unsigned(value: number | bigint): void {
    let rest = BigInt(value);
    if (rest < 0n) throw new RangeError(`${value} is below 0`);
    for (; rest >= 0x80n; rest >>= 7n) this.u8(Number(rest & 0x7fn) | 0x80);
    this.u8(Number(rest));
  }

  /** LEB128, signed, in as few bytes as there can be. */
  signed(value: number | bigint): void {
    let rest = BigInt(value);
    for (; rest < -0x40n || rest >= 0x40n; rest >>= 7n) this.u8(Number(rest & 0x7fn) | 0x80);
    this.u8(Number(rest & 0x7fn));
  }

  /** Four bytes, little-endian; of a negative value its two's complement. */
  u32le(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  /** Eight bytes, little-endian; of a negative value its two's complement. */
  u64le(value: bigint): void {
    this.#room(8);
    this.#view.setBigUint64(this.#length, value, true);
    this.#length += 8;
  }

  /** A name: its length in bytes, then UTF-8. */
  name(text: string): void {
    this.sized(utf8.encode(text));
  }

  /** A length, then as many bytes. */
  sized(bytes: Uint8Array): void {
    this.unsigned(bytes.length);
    this.raw(bytes);
  }

  /** A count, then each item. */
  vector<T>(items: readonly T[], write: (item: T) => void): void {
    this.unsigned(items.length);
    for (const item of items) write(item);
  }

  #room(more: Bytes): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
