import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { type Abbreviation, type AbbreviationTable, LazyAbbreviations } from './abbreviations';
import { DW_AT, DW_UT } from './constants';
import { type Die, readDie } from './die';
import { type FormSizes, sectionOffset } from './forms';
import type { Reader } from './reader';
import { SectionError } from './section';
import type { SectionSet } from './sections';
import { readUnitHeader, type UnitHeader } from './unit-header';

/** A table of shapes is not longer: no compiler's is a hundredth of it. */
const LARGEST_TABLE: Bytes = 4 * 1024 * 1024;

/** Where a unit's part of each section begins: 0 but in a .dwp (DWARF 5, 7.3.5). */
export interface Contribution {
  readonly info: Bytes;
  readonly abbrev: Bytes;
  readonly strOffsets: Bytes;
  readonly rnglists: Bytes;
}

export const WHOLE_SECTIONS: Contribution = { info: 0, abbrev: 0, strOffsets: 0, rnglists: 0 };

/** A unit's header and first DIE, and what its other DIEs need to be understood. */
export interface Unit {
  readonly sections: SectionSet;
  readonly contribution: Contribution;
  readonly header: UnitHeader;
  readonly die: Die;
  /** Into .debug_str_offsets, .debug_addr, .debug_rnglists: where index 0 is; null: the unit says nothing of it. */
  readonly strOffsetsBase: Bytes | null;
  readonly addrBase: Bytes | null;
  readonly rnglistsBase: Bytes | null;
  /** Added to offsets into .debug_ranges (GNU's split DWARF 4); else 0. */
  readonly rangesBase: Bytes;
  /** The unit in the module that stands for this one of a .dwo; null: this one is in the module. */
  readonly skeleton: Unit | null;
  /** The .dwo's id: of a skeleton, or of a split unit. */
  readonly dwoId: bigint | null;
}

/** The last shape of a unit DIE: units that stand together often share a table. */
export interface AbbreviationCache {
  /** The table's offset. */
  key: Bytes;
  code: number;
  sizes: FormSizes | null;
  found: Abbreviation | null;
}

export function newAbbreviationCache(): AbbreviationCache {
  return { key: -1, code: 0, sizes: null, found: null };
}

/**
 * Reads a unit's header and its first DIE.
 * @param offset of the header in the info section.
 * @throws SectionError where they do not decode; MissingBytes.
 */
export function readUnit(
  sections: SectionSet,
  offset: Bytes,
  contribution: Contribution,
  skeleton: Unit | null,
  cache: AbbreviationCache,
): Unit {
  const { info, abbrev } = sections;
  const header = info.decode(offset, 64, 64, readUnitHeader);
  const room = header.end - header.dies;
  if (room < 1) throw new SectionError(info.name, new DecodeError(offset, 'unit without a DIE'));
  const code = info.decode(header.dies, Math.min(16, room), room, (reader) => reader.uleb());
  const at = contribution.abbrev + header.abbreviations;
  if (cache.key !== at || cache.code !== code || !haveSameSizes(cache.sizes, header)) {
    const find = (reader: Reader): Abbreviation | null => new LazyAbbreviations(reader, header).find(code);
    cache.found = abbrev.decode(at, 256, LARGEST_TABLE, find);
    cache.key = at;
    cache.code = code;
    cache.sizes = header;
  }
  const table = { find: () => cache.found };
  const die = info.decode(header.dies, 256, room, (reader) => readDie(reader, table, header));
  if (die === null)
    throw new SectionError(info.name, new DecodeError(header.dies, 'unit begins with no DIE'));
  return { sections, contribution, header, die, skeleton, ...basesOf(header, die, contribution, skeleton) };
}

function haveSameSizes(a: FormSizes | null, b: FormSizes): boolean {
  return (
    a !== null && a.version === b.version && a.offsetSize === b.offsetSize && a.addressSize === b.addressSize
  );
}

/** The whole table of a unit, for all its DIEs; with the problem where it is damaged, and what comes before it is kept. */
export function readAbbreviations({ sections, contribution, header }: Unit): {
  readonly table: AbbreviationTable;
  readonly problem: SectionError | null;
} {
  const { abbrev } = sections;
  const at = contribution.abbrev + header.abbreviations;
  let last: AbbreviationTable = { find: () => null };
  const decode = () =>
    abbrev.decode(at, 16_384, LARGEST_TABLE, (reader) => {
      const table = new LazyAbbreviations(reader, header);
      last = table;
      table.complete();
    });
  try {
    decode();
    return { table: last, problem: null };
  } catch (error) {
    if (!(error instanceof SectionError)) throw error;
    return { table: last, problem: error };
  }
}

type Bases = Pick<Unit, 'strOffsetsBase' | 'addrBase' | 'rnglistsBase' | 'rangesBase' | 'dwoId'>;

/**
 * Where index 0 is. A unit of the module says it in its first DIE (DWARF 5, 3.1.1; GNU_addr_base in GNU's split DWARF 4).
 * A unit of a .dwo takes addresses from its skeleton; its other tables begin after the header of its part of the section,
 * and GNU's .debug_str_offsets.dwo has no header.
 */
function basesOf(header: UnitHeader, die: Die, part: Contribution, skeleton: Unit | null): Bases {
  const offset = (name: number): Bytes | null => sectionOffset(die.attributes.get(name));
  const gnuId = die.attributes.get(DW_AT.GNU_dwo_id);
  const id = gnuId?.kind === 'id' ? gnuId.value : gnuId?.kind === 'constant' ? BigInt(gnuId.value) : null;
  const dwoId = header.dwoId ?? id;
  if (skeleton === null) {
    return {
      strOffsetsBase: offset(DW_AT.str_offsets_base),
      addrBase: offset(DW_AT.addr_base) ?? offset(DW_AT.GNU_addr_base),
      rnglistsBase: offset(DW_AT.rnglists_base),
      rangesBase: 0,
      dwoId,
    };
  }
  const isLong = header.offsetSize === 8;
  const has5 = header.version >= 5;
  return {
    strOffsetsBase: part.strOffsets + (has5 ? (isLong ? 16 : 8) : 0),
    addrBase: skeleton.addrBase,
    rnglistsBase: offset(DW_AT.rnglists_base) ?? part.rnglists + (isLong ? 20 : 12),
    rangesBase: sectionOffset(skeleton.die.attributes.get(DW_AT.GNU_ranges_base)) ?? 0,
    dwoId,
  };
}

/** Whether a unit of the module stands for one of a .dwo. */
export function isSkeleton({ header, die }: Unit): boolean {
  return header.type === DW_UT.skeleton || die.attributes.has(DW_AT.GNU_dwo_id);
}
