import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { Budget } from './budget';
import { DW_AT, DW_TAG } from './constants';
import { isString } from './forms';
import type { CodeAddress, CodeRange } from './model';
import { NumberList } from './number-list';
import { Pace } from './pace';
import type { Problems } from './problems';
import { rangesOf } from './ranges';
import { SectionError } from './section';
import type { SectionSet } from './sections';
import { textOf } from './strings';
import { type AbbreviationCache, isSkeleton, readUnit, type Unit, WHOLE_SECTIONS } from './unit';
import { readUnitHeader, readUnitLength } from './unit-header';

/** After so many headers in a row that are none, the walk has lost its way. */
const MOST_BAD_HEADERS = 16;

/** A skeleton's .dwo. */
export interface SplitReference {
  readonly id: bigint | null;
  readonly name: string;
}

/** Which code the units of a module have. Columns of numbers: a large program has 10,000 units and 500,000 ranges. */
export interface UnitIndex {
  /** Of the units in .debug_info, ascending. */
  readonly offsets: Uint32Array;
  readonly ranges: UnitRanges;
  /** Positions of the units that have a line table. */
  readonly withLines: Uint32Array;
  /** Of these, the ones that say nothing of their code, and may have some. */
  readonly silent: Uint32Array;
  /** Ascending. */
  readonly versions: readonly number[];
  readonly split: readonly SplitReference[];
}

/** Ranges of code, in no order; after binaryen they overlap. */
export interface UnitRanges {
  readonly starts: NumberList;
  readonly ends: NumberList;
  /** The position of the unit that has the range. */
  readonly owners: NumberList;
}

export function addRange(
  { starts, ends, owners }: UnitRanges,
  { start, end }: CodeRange,
  owner: number,
): void {
  starts.push(start);
  ends.push(end);
  owners.push(owner);
}

/**
 * Walks over .debug_info by the units' lengths and reads of each the first DIE only. A unit that does not decode is a
 * problem, and the walk goes on behind it.
 * @throws what the file's read throws.
 */
export async function indexUnits(
  sections: SectionSet,
  problems: Problems,
  signal?: AbortSignal,
): Promise<UnitIndex> {
  const offsets = new NumberList();
  const ranges = { starts: new NumberList(), ends: new NumberList(), owners: new NumberList() };
  const withLines = new NumberList();
  const silent = new NumberList();
  const versions = new Set<number>();
  const split: SplitReference[] = [];
  const pace = new Pace();
  // Each entry of a list takes two bytes at least, and belongs to one unit; a list that runs off the window is decoded twice.
  const budget = new Budget(2 * (sections.ranges.size + sections.rnglists.size) + 1024);
  const cache: AbbreviationCache = { key: '', table: null };
  let bad = 0;
  for (let at = 0; at < sections.info.size && bad < MOST_BAD_HEADERS; ) {
    await pace.step(signal);
    const end = await unitEnd(sections, at, problems, signal);
    if (end === null) break;
    try {
      // Counted before its DIE is read: a unit whose DIE is damaged is one nonetheless.
      const { version } = await sections.info.decode(at, 64, 64, readUnitHeader, signal);
      versions.add(version);
      bad = 0;
      offsets.push(at);
      const position = offsets.length - 1;
      const unit = await readUnit(sections, at, WHOLE_SECTIONS, null, cache, signal);
      const lines = linesOf(unit);
      if (lines !== 'none') withLines.push(position);
      if (lines === 'only') silent.push(position);
      for (const range of await rangesOf(unit.die, unit, budget, signal)) addRange(ranges, range, position);
      const reference = await splitReference(unit, signal);
      if (reference !== null) split.push(reference);
    } catch (error) {
      problems.add(error);
      bad += 1;
    }
    at = end;
  }
  return {
    offsets: offsets.packed(),
    ranges,
    withLines: withLines.packed(),
    silent: silent.packed(),
    versions: [...versions].sort((a, b) => a - b),
    split,
  };
}

/** The units that have this code by their ranges, in the order of the file. */
export function unitsAt({ ranges }: Pick<UnitIndex, 'ranges'>, address: CodeAddress): readonly number[] {
  const found = new Set<number>();
  const starts = ranges.starts.array();
  const ends = ranges.ends.array();
  const owners = ranges.owners.array();
  for (let at = 0; at < starts.length; at += 1) {
    if ((starts[at] ?? 0) <= address && address < (ends[at] ?? 0)) found.add(owners[at] ?? 0);
  }
  return [...found];
}

/** The unit that an offset into .debug_info is in: its own offset; null before the first. */
export function unitAround(offsets: Uint32Array, offset: Bytes): Bytes | null {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return offsets[low - 1] ?? null;
}

async function unitEnd(
  { info }: SectionSet,
  at: Bytes,
  problems: Problems,
  signal?: AbortSignal,
): Promise<Bytes | null> {
  try {
    const { end } = await info.decode(at, 64, 12, readUnitLength, signal);
    if (end > info.size) {
      const message = `unit of ${end - at} bytes, ${info.size - at} remain`;
      problems.add(new SectionError(info.name, new DecodeError(at, message)));
    }
    return end;
  } catch (error) {
    problems.add(error);
    return null;
  }
}

/** Whether a unit has a line table, and whether only that says what its code is. */
function linesOf({ die: { attributes, tag } }: Unit): 'none' | 'some' | 'only' {
  const isCode = tag === DW_TAG.compile_unit || tag === DW_TAG.skeleton_unit;
  if (!isCode || !attributes.has(DW_AT.stmt_list)) return 'none';
  return attributes.has(DW_AT.ranges) || attributes.has(DW_AT.high_pc) ? 'some' : 'only';
}

async function splitReference(unit: Unit, signal?: AbortSignal): Promise<SplitReference | null> {
  if (!isSkeleton(unit)) return null;
  const { attributes } = unit.die;
  const value = attributes.get(DW_AT.dwo_name) ?? attributes.get(DW_AT.GNU_dwo_name);
  const name = isString(value) ? await textOf(value, unit, signal) : null;
  return name === null ? null : { id: unit.dwoId, name };
}
