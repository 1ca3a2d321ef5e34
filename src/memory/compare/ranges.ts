import type { Address, Bytes } from '../../bytes/units';

/** What a range of differences holds; a range that holds several has their sum. */
export const CHANGED = 1;
/** A known zero here, captured there and not 0; and the other way round. */
export const ZERO_HERE = 2;
export const ZERO_THERE = 4;
/** Past the end of the other memory. */
export const ONLY_HERE = 8;
export const ONLY_THERE = 16;
/** Not comparable: missing, lost or not indexed on one side at least. */
export const UNKNOWN = 32;

/** Differences with at most so many equal bytes between them are one range: a changed structure reads as one. */
export const NEAR: Bytes = 8;

const BYTE_KINDS = CHANGED | ZERO_HERE | ZERO_THERE;

/** Ranges in address order, in columns of one length. */
export interface DifferenceColumns {
  readonly starts: readonly Address[];
  /** From the first to the last byte that differs. */
  readonly lengths: readonly Bytes[];
  /** How many bytes of it differ: never more than its length. */
  readonly differing: readonly Bytes[];
  /** Sums of the constants above. */
  readonly kinds: readonly number[];
}

/** Makes ranges of what differs. Takes runs in address order, which do not overlap. */
export class RangeMaker {
  /** How many ranges were begun. */
  found = 0;
  #columns = emptyColumns();
  #start: Address = 0;
  #end: Address = 0;
  #differing: Bytes = 0;
  /** 0: no range is open. */
  #kind = 0;

  /** Takes `length` bytes from `start` on that all differ in one way. */
  add(start: Address, length: Bytes, kind: number): void {
    const joins =
      (kind & BYTE_KINDS) === 0
        ? this.#kind === kind && start === this.#end
        : (this.#kind & BYTE_KINDS) !== 0 && start - this.#end <= NEAR;
    if (!joins) {
      this.close();
      this.found += 1;
      this.#start = start;
      this.#differing = 0;
    }
    this.#kind |= kind;
    this.#end = start + length;
    this.#differing += length;
  }

  /** What comes next belongs to another range, however near it is. */
  close(): void {
    if (this.#kind === 0) return;
    const { starts, lengths, differing, kinds } = this.#columns;
    starts.push(this.#start);
    lengths.push(this.#end - this.#start);
    differing.push(this.#differing);
    kinds.push(this.#kind);
    this.#kind = 0;
  }

  /** The ranges that were closed since the last call. */
  take(): DifferenceColumns {
    const columns = this.#columns;
    this.#columns = emptyColumns();
    return columns;
  }
}

function emptyColumns() {
  return {
    starts: [] as Address[],
    lengths: [] as Bytes[],
    differing: [] as Bytes[],
    kinds: [] as number[],
  };
}
