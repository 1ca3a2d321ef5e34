import type { Address, Bytes } from '../../bytes/units';
import type { Matcher } from './matcher';

/** Bytes that touch and come in smaller pieces than this are gathered before they are looked at. */
const SMALL: Bytes = 1024;
/** So much is gathered. */
const GATHERED: Bytes = 16_384;

/**
 * Gives a matcher its bytes as if they stood in one piece: what it has to see again is put before what touches it, so
 * that a hit is found across the seams of read windows and of touching segments, and never across a byte that is not
 * there. Large pieces are not copied, small ones are gathered: five million touching segments of one byte take as long
 * as one of five million.
 */
export class Feeder {
  readonly #matcher: Matcher;
  readonly #hit: (address: Address, length: Bytes) => void;
  #held = new Uint8Array(2 * GATHERED);
  #used = 0;
  #address: Address = 0;
  /** How much has to be held for another look to be worth it. */
  #worth = GATHERED;

  constructor(matcher: Matcher, hit: (address: Address, length: Bytes) => void) {
    this.#matcher = matcher;
    this.#hit = hit;
  }

  /**
   * Takes bytes in ascending order of addresses.
   * @param more bytes that touch the end may follow.
   */
  feed(bytes: Uint8Array, address: Address, more: boolean): void {
    if (this.#used > 0 && this.#address + this.#used !== address) this.flush();
    while (this.#used > 0 && bytes.length > 0) {
      const before = this.#used;
      const seam = bytes.length <= SMALL ? bytes.length : Math.min(bytes.length, Math.max(before, SMALL));
      this.#hold(bytes.subarray(0, seam), address);
      const all = seam === bytes.length;
      if (all && more && this.#used < this.#worth) return;
      const done = this.#scan(this.#held.subarray(0, this.#used), this.#address, all && !more);
      // Bytes of the new piece that are not done with are looked at where they stand, not in the copy.
      const from = Math.max(0, done - before);
      if (done >= before) this.#used = 0;
      else this.#drop(done);
      const taken = done >= before ? from : seam;
      bytes = bytes.subarray(taken);
      address += taken;
    }
    if (bytes.length === 0) {
      if (!more) this.flush();
      return;
    }
    if (more && bytes.length < SMALL) {
      this.#hold(bytes, address);
      return;
    }
    const done = this.#scan(bytes, address, !more);
    if (done < bytes.length) this.#hold(bytes.subarray(done), address + done);
  }

  /** Nothing touches what was fed last. */
  flush(): void {
    if (this.#used > 0) this.#scan(this.#held.subarray(0, this.#used), this.#address, true);
    this.#used = 0;
    this.#worth = GATHERED;
  }

  #scan(bytes: Uint8Array, address: Address, last: boolean): number {
    return this.#matcher.scan(bytes, address, last, (index, length) => this.#hit(address + index, length));
  }

  #hold(bytes: Uint8Array, address: Address): void {
    if (this.#used === 0) {
      this.#address = address;
      this.#worth = GATHERED;
    }
    const used = this.#used + bytes.length;
    if (used > this.#held.length) {
      const larger = new Uint8Array(2 * used);
      larger.set(this.#held.subarray(0, this.#used));
      this.#held = larger;
    }
    this.#held.set(bytes, this.#used);
    this.#used = used;
  }

  /** Forgets the first `count` bytes held; the others were looked at in vain until more has come. */
  #drop(count: number): void {
    this.#held.copyWithin(0, count, this.#used);
    this.#used -= count;
    this.#address += count;
    this.#worth = Math.max(GATHERED, 2 * this.#used);
  }
}
