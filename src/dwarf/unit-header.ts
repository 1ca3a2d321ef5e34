import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_UT } from './constants';
import type { FormSizes } from './forms';
import type { Reader } from './reader';

/** A unit's header in .debug_info (DWARF 5, 7.5.1; before version 5 without a type). Offsets count from the section. */
export interface UnitHeader extends FormSizes {
  readonly offset: Bytes;
  /** Where the next unit begins. */
  readonly end: Bytes;
  /** DW_UT_*; compile before version 5. */
  readonly type: number;
  readonly abbreviations: Bytes;
  /** Of the unit's first DIE. */
  readonly dies: Bytes;
  /** Of a skeleton or split unit of version 5. */
  readonly dwoId: bigint | null;
}

/** The length in front of a unit, line program or list table (DWARF 5, 7.4). */
export interface UnitLength {
  readonly offsetSize: 4 | 8;
  /** Where what the length counts ends. */
  readonly end: Bytes;
}

/** @throws DecodeError on the reserved values. */
export function readUnitLength(reader: Reader): UnitLength {
  const at = reader.offset;
  const short = reader.u32();
  if (short < 0xffff_fff0) return { offsetSize: 4, end: reader.offset + short };
  if (short !== 0xffff_ffff) throw new DecodeError(at, `unit length 0x${short.toString(16)} is reserved`);
  const length = reader.sized(8);
  return { offsetSize: 8, end: reader.offset + length };
}

/** @throws DecodeError on a version or address size that is not read. */
export function readUnitHeader(reader: Reader): UnitHeader {
  const offset = reader.offset;
  const { offsetSize, end } = readUnitLength(reader);
  const version = reader.u16();
  if (version < 2 || version > 5) {
    throw new DecodeError(offset, `unit of DWARF version ${version}, expected 2 to 5`);
  }
  const type = version >= 5 ? reader.u8() : DW_UT.compile;
  const early = version >= 5 ? reader.u8() : 0;
  const abbreviations = reader.sized(offsetSize);
  const addressSize = version >= 5 ? early : reader.u8();
  if (addressSize !== 4 && addressSize !== 8) {
    throw new DecodeError(offset, `address size ${addressSize}, expected 4 or 8`);
  }
  const dwoId =
    type === DW_UT.skeleton || type === DW_UT.split_compile
      ? BigInt(reader.u32()) | (BigInt(reader.u32()) << 32n)
      : null;
  if (type === DW_UT.type || type === DW_UT.split_type) reader.skip(8 + offsetSize);
  const dies = reader.offset;
  return { offset, end, version, offsetSize, addressSize, type, abbreviations, dies, dwoId };
}
