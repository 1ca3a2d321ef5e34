import type { Address, Bytes, FileOffset } from '../bytes/units';
import { Float64Column, Uint32Column } from './columns';

/** The memory index is kept in 30 bits; a higher one is out of range in any file that fits a disk. */
const MEMORY_MASK = 0x3fff_ffff;
const PASSIVE = 0x4000_0000;
const UNPLACED = 0x8000_0000;

/** One segment, as `row` answers it. */
export interface Segment {
  readonly index: number;
  readonly passive: boolean;
  readonly memory: number;
  /** null: passive, or it cannot be placed. */
  readonly address: Address | null;
  readonly length: Bytes;
  readonly fileOffset: FileOffset;
}

/** All segments of a dump in file order: 24 bytes each. */
export class SegmentTable {
  readonly #addresses = new Float64Column();
  readonly #fileOffsets = new Float64Column();
  readonly #lengths = new Uint32Column();
  readonly #owners = new Uint32Column();

  get length(): number {
    return this.#lengths.length;
  }

  /** Memory held, in bytes. */
  get byteLength(): Bytes {
    return (
      this.#addresses.byteLength +
      this.#fileOffsets.byteLength +
      this.#lengths.byteLength +
      this.#owners.byteLength
    );
  }

  /** To be called when no segment comes any more: nothing is held beyond the 24 bytes. */
  trim(): void {
    for (const column of [this.#addresses, this.#fileOffsets, this.#lengths, this.#owners]) column.trim();
  }

  /** @param address null where an active segment cannot be placed. */
  push(
    memory: number,
    passive: boolean,
    address: Address | null,
    length: Bytes,
    fileOffset: FileOffset,
  ): void {
    this.#addresses.push(address ?? 0);
    this.#fileOffsets.push(fileOffset);
    this.#lengths.push(length);
    const flags = (passive ? PASSIVE : 0) + (address === null && !passive ? UNPLACED : 0);
    this.#owners.push(Math.min(memory, MEMORY_MASK) + flags);
  }

  /** Of a placed segment; meaningless for the others. */
  address(index: number): Address {
    return this.#addresses.at(index);
  }

  end(index: number): Address {
    return this.#addresses.at(index) + this.#lengths.at(index);
  }

  lengthOf(index: number): Bytes {
    return this.#lengths.at(index);
  }

  fileOffset(index: number): FileOffset {
    return this.#fileOffsets.at(index);
  }

  memory(index: number): number {
    return this.#owners.at(index) & MEMORY_MASK;
  }

  /** Active, with a known address. */
  placed(index: number): boolean {
    return this.#owners.at(index) < PASSIVE;
  }

  row(index: number): Segment {
    const owner = this.#owners.at(index);
    const passive = owner >= PASSIVE && owner < UNPLACED;
    return {
      index,
      passive,
      memory: owner & MEMORY_MASK,
      address: owner < PASSIVE ? this.address(index) : null,
      length: this.lengthOf(index),
      fileOffset: this.fileOffset(index),
    };
  }
}
