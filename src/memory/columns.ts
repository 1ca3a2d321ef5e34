/** Rows in a full chunk. The last chunk of a column is at most this much larger than what is used. */
const CHUNK_BITS = 15;
const CHUNK = 1 << CHUNK_BITS;
const SMALLEST = 64;

/**
 * A column of numbers that grows without copying what it holds: chunks of equal length, the first of which doubles up
 * to that length. So five million rows never need twice their memory while they grow, and five rows need little.
 */
class Column<T extends Float64Array | Uint32Array> {
  readonly #make: (length: number) => T;
  readonly #chunks: T[] = [];
  #length = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
  }

  /** How many rows there are. */
  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const chunk = this.#length >> CHUNK_BITS;
    const at = this.#length & (CHUNK - 1);
    let current = this.#chunks[chunk];
    if (current === undefined) {
      current = this.#make(chunk === 0 ? SMALLEST : CHUNK);
      this.#chunks.push(current);
    } else if (at === current.length) {
      const grown = this.#make(Math.min(CHUNK, Math.max(SMALLEST, current.length * 2)));
      grown.set(current);
      this.#chunks[chunk] = grown;
      current = grown;
    }
    current[at] = value;
    this.#length += 1;
  }

  /** The value of a row; NaN outside. */
  at(row: number): number {
    if (row >= this.#length) return Number.NaN;
    return this.#chunks[row >> CHUNK_BITS]?.[row & (CHUNK - 1)] ?? Number.NaN;
  }

  /** Gives back what the last chunk holds beyond its rows. To be called when no row comes any more. */
  trim(): void {
    const used = this.#length & (CHUNK - 1);
    const last = this.#chunks.at(-1);
    if (last === undefined || used === 0 || used === last.length) return;
    const exact = this.#make(used);
    exact.set(last.subarray(0, used));
    this.#chunks[this.#chunks.length - 1] = exact;
  }

  /** Memory held, in bytes. */
  get byteLength(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  }
}

/** A growing column of doubles: 8 bytes a row. */
export class Float64Column extends Column<Float64Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Float64Array(length));
  }
}

/** A growing column of unsigned 32-bit integers: 4 bytes a row. */
export class Uint32Column extends Column<Uint32Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Uint32Array(length));
  }
}
