import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';

/**
 * How much may be decoded for one question. Lists that many entries share are decoded once for each: without a limit, a
 * million units that point to one list of a million ranges would take forever.
 */
export class Budget {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  /** @throws DecodeError when nothing is left; `offset` is where the decoding stands. */
  take(count: number, offset: Bytes): void {
    this.#left -= count;
    if (this.#left < 0) throw new DecodeError(offset, 'lists are used again and again; the rest is not read');
  }
}
