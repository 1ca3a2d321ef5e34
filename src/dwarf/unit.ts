import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { type AbbreviationTable, LazyAbbreviations } from './abbreviations';
import { DW_AT, DW_UT } from './constants';
import { type Die, readDie } from './die';
import { type FormSizes, sectionOffset } from './forms';
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

/** Keeps the last table: units that stand together often share one. */
export interface AbbreviationCache {
  key: string;
  table: AbbreviationTable | null;
}

/**
 * Reads a unit's header and its first DIE.
 * @param offset of the header in the info section.
 * @throws SectionError where they do not decode; what the file's read throws.
 */
export async function readUnit(
  sections: SectionSet,
  offset: Bytes,
  contribution: Contribution,
  skeleton: Unit | null,
  cache: AbbreviationCache,
  signal?: AbortSignal,
): Promise<Unit> {
  const { info } = sections;
  const header = await info.decode(offset, 64, 64, readUnitHeader, signal);
  const room = header.end - header.dies;
  if (room < 1) throw new SectionError(info.name, new DecodeError(offset, 'unit without a DIE'));
  const code = await info.decode(header.dies, Math.min(16, room), room, (reader) => reader.uleb(), signal);
  const at = contribution.abbrev + header.abbreviations;
  const key = `${at} ${header.version} ${header.offsetSize} ${header.addressSize}`;
  if (cache.key !== key || cache.table?.find(code) === null) {
    cache.table = await readTableUpTo(sections, at, code, header, signal);
    cache.key = key;
  }
  const table = cache.table;
  const die =
    table === null
      ? null
      : await info.decode(header.dies, 256, room, (reader) => readDie(reader, table, header), signal);
  if (die === null)
    throw new SectionError(info.name, new DecodeError(header.dies, 'unit begins with no DIE'));
  return { sections, contribution, header, die, skeleton, ...basesOf(header, die, contribution, skeleton) };
}

/** The whole table of a unit, for all its DIEs; with the problem where it is damaged, and what comes before it is kept. */
export async function readAbbreviations(
  { sections, contribution, header }: Unit,
  signal?: AbortSignal,
): Promise<{ readonly table: AbbreviationTable; readonly problem: SectionError | null }> {
  const { abbrev } = sections;
  const at = contribution.abbrev + header.abbreviations;
  let last: AbbreviationTable = { find: () => null };
  const decode = () =>
    abbrev.decode(
      at,
      16_384,
      LARGEST_TABLE,
      (reader) => {
        const table = new LazyAbbreviations(reader, header);
        last = table;
        table.complete();
      },
      signal,
    );
  try {
    await decode();
    return { table: last, problem: null };
  } catch (error) {
    if (!(error instanceof SectionError)) throw error;
    return { table: last, problem: error };
  }
}

async function readTableUpTo(
  { abbrev }: SectionSet,
  at: Bytes,
  code: number,
  sizes: FormSizes,
  signal?: AbortSignal,
): Promise<AbbreviationTable> {
  const decode = (reader: ConstructorParameters<typeof LazyAbbreviations>[0]): AbbreviationTable => {
    const table = new LazyAbbreviations(reader, sizes);
    const found = table.find(code);
    return { find: (asked) => (asked === code ? found : null) };
  };
  return abbrev.decode(at, 1024, LARGEST_TABLE, decode, signal);
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
