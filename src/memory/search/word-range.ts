/** A range of words, both ends included, as unsigned integers. */
export interface WordRange {
  readonly first: bigint;
  readonly last: bigint;
}

export type Endian = 'little' | 'big';

/** Finds words in bytes from an index on: `found` is given the index of each, ascending. */
export type FindInBytes = (bytes: Uint8Array, from: number, found: (index: number) => void) => void;

/** Words are looked at in a copy of this many bytes, so that 32 bits can be taken at once wherever they stand. */
export const BLOCK = 65_536;
