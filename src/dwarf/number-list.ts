/** Whole numbers below 2^32 in a growing typed array: four bytes each, where an array of objects takes tens. */
export class NumberList {
  #numbers = new Uint32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = value;
    this.#length += 1;
  }

  /** Keeps the first `length`. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** A view: it stays as it is while nothing is pushed. */
  array(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }

  /** A copy that takes no more than it needs. */
  packed(): Uint32Array {
    return this.#numbers.slice(0, this.#length);
  }
}
