import type { ByteSource } from './source';
import type { Bytes, FileOffset } from './units';

/** A source over bytes that are in memory already. */
export class BytesSource implements ByteSource {
  readonly #bytes: Uint8Array;
  readonly size: Bytes;
  readonly arrived: Bytes;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
    this.arrived = bytes.length;
  }

  async read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    return this.#bytes.slice(offset, offset + length);
  }
}
