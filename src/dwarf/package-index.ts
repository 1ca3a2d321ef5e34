import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_SECT } from './constants';
import type { Reader } from './reader';
import type { Contribution } from './unit';

/** What a .dwp's index says of one unit: its id, and where its part of each section begins. */
export interface PackagedUnit {
  readonly id: bigint;
  readonly contribution: Contribution;
}

/**
 * Reads .debug_cu_index (or .debug_tu_index, which has the same form) of a .dwp: version 5 (DWARF 5, 7.3.5.3) or the
 * GNU version 2. Rows of the table of offsets count from 1; slot 0 of the hash table means an empty one.
 * @throws DecodeError
 */
export function readPackageIndex(reader: Reader): readonly PackagedUnit[] {
  const start = reader.offset;
  // Version 2 fills four bytes, version 5 two and a padding of two.
  const version = reader.u32() & 0xffff;
  if (version !== 2 && version !== 5) {
    throw new DecodeError(start, `package index of version ${version}, expected 2 or 5`);
  }
  const columns = reader.u32();
  const rows = reader.u32();
  const slots = reader.u32();
  const needed = slots * 12 + (rows * 2 + 1) * columns * 4;
  if (needed > reader.remaining) {
    throw new DecodeError(start, `package index of ${needed} bytes, ${reader.remaining} remain`, true);
  }
  const hashes = reader.offset;
  const ids = new Map<number, bigint>();
  for (let slot = 0; slot < slots; slot += 1) {
    reader.seek(hashes + slot * 8);
    const id = BigInt(reader.u32()) | (BigInt(reader.u32()) << 32n);
    reader.seek(hashes + slots * 8 + slot * 4);
    const row = reader.u32();
    if (row > rows) throw new DecodeError(reader.offset - 4, `row ${row} of a package index of ${rows}`);
    if (row > 0) ids.set(row, id);
  }
  reader.seek(hashes + slots * 12);
  const sections = Array.from({ length: columns }, () => reader.u32());
  const units: PackagedUnit[] = [];
  for (let row = 1; row <= rows; row += 1) {
    const offsets = new Map(sections.map((section) => [section, reader.u32()]));
    const id = ids.get(row);
    if (id !== undefined) units.push({ id, contribution: contributionOf(offsets, version) });
  }
  return units;
}

/** GNU's version 2 numbers the sections up to .debug_str_offsets as DWARF 5 does; it has no .debug_rnglists. */
function contributionOf(offsets: ReadonlyMap<number, Bytes>, version: number): Contribution {
  return {
    info: offsets.get(DW_SECT.info) ?? 0,
    abbrev: offsets.get(DW_SECT.abbrev) ?? 0,
    strOffsets: offsets.get(DW_SECT.str_offsets) ?? 0,
    rnglists: version === 5 ? (offsets.get(DW_SECT.rnglists) ?? 0) : 0,
  };
}
