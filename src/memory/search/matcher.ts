import type { Address, Bytes } from '../../bytes/units';

/** A hit: `length` bytes from `index` on in the bytes that were given to `scan`. */
export type Report = (index: number, length: Bytes) => void;

/**
 * Looks for something in a stretch of known bytes that comes in parts. It keeps nothing of what it saw: what it may need
 * again, it asks to be given again.
 */
export interface Matcher {
  /** No hit is longer, so that what is farther apart cannot be one hit. */
  readonly longest: Bytes;
  /** Whether a stretch of nothing but zeros can hold a hit. */
  readonly zeros: boolean;
  /**
   * The index up to which the bytes from `from` on, at most up to `to`, lack what every hit has: a hit that touches them goes
   * on outside them. `bytes` may hold anything, headers of segments too. null: nothing is gained by asking.
   */
  readonly barren: (bytes: Uint8Array, from: number, to: number) => number | null;
  /**
   * Reports the hits in `bytes`, which stand at `address`, in ascending order.
   * @param last nothing touches the end of `bytes`. Else hits that may go on behind it are left for the next call.
   * @returns the index from which the bytes have to be given again, followed by what comes behind them. All are done
   *   with where it is `bytes.length`, and so it is when `last` is set. Above 0 when `bytes` is longer than `longest`.
   */
  readonly scan: (bytes: Uint8Array, address: Address, last: boolean, report: Report) => number;
}
