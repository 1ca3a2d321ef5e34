import { DecodeError } from '../bytes/cursor';
import { partition } from '../bytes/partition';
import type { Bytes } from '../bytes/units';
import { Budget } from './budget';
import { DW_AT, DW_TAG } from './constants';
import { isString } from './forms';
import type { CodeAddress, CodeRange } from './model';
import { NumberList } from './number-list';
import { Pace } from './pace';
import type { Problems } from './problems';
import { rangesOf } from './ranges';
import { SectionError, withBytes } from './section';
import type { SectionSet } from './sections';
import { textOf } from './strings';
import { isSkeleton, newAbbreviationCache, readUnit, type Unit, WHOLE_SECTIONS } from './unit';
import { readUnitHeader, readUnitLength } from './unit-header';

/** After so many headers in a row that are none, the walk has lost its way. */
const MOST_BAD_HEADERS = 16;

/** Between two looks at the clock. */
const UNITS_IN_A_TURN = 256;

const MOST_UNITS_AT = 256;

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
  const scan = new UnitScan(sections, problems);
  const pace = new Pace();
  while (await withBytes(() => scan.turn(), signal)) await pace.step(signal);
  return scan.index();
}

class UnitScan {
  readonly #sections: SectionSet;
  readonly #problems: Problems;
  readonly #offsets = new NumberList();
  readonly #ranges: UnitRanges = {
    starts: new NumberList(),
    ends: new NumberList(),
    owners: new NumberList(),
  };
  readonly #withLines = new NumberList();
  readonly #silent = new NumberList();
  readonly #versions = new Set<number>();
  readonly #split: SplitReference[] = [];
  readonly #cache = newAbbreviationCache();
  readonly #budget: Budget;
  #at: Bytes = 0;
  #bad = 0;

  constructor(sections: SectionSet, problems: Problems) {
    this.#sections = sections;
    this.#problems = problems;
    // An entry takes 8 bytes and mostly more than 3 of the two sections; lists that are not at hand are decoded twice.
    this.#budget = new Budget(2_000_000 + sections.ranges.size / 4 + sections.rnglists.size);
  }

  /** Reads some units. Returns whether there are more. @throws MissingBytes: then the unit under way is read again. */
  turn(): boolean {
    for (let count = 0; count < UNITS_IN_A_TURN; count += 1) {
      if (this.#at >= this.#sections.info.size || this.#bad >= MOST_BAD_HEADERS) return false;
      const end = this.#unitEnd();
      if (end === null) return false;
      this.#addUnit();
      this.#at = end;
    }
    return true;
  }

  index(): UnitIndex {
    return {
      offsets: this.#offsets.packed(),
      ranges: this.#ranges,
      withLines: this.#withLines.packed(),
      silent: this.#silent.packed(),
      versions: [...this.#versions].sort((a, b) => a - b),
      split: this.#split,
    };
  }

  #unitEnd(): Bytes | null {
    const { info } = this.#sections;
    try {
      const { end } = info.decode(this.#at, 64, 12, readUnitLength);
      if (end > info.size) {
        const message = `unit of ${end - this.#at} bytes, ${info.size - this.#at} remain`;
        this.#problems.add(new SectionError(info.name, new DecodeError(this.#at, message)));
      }
      return end;
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }

  /** A unit whose DIE is damaged is one nonetheless: only a header that is none is left out. */
  #addUnit(): void {
    const at = this.#at;
    try {
      const header = this.#sections.info.decode(at, 64, 64, readUnitHeader);
      const read = this.#readUnit();
      this.#versions.add(header.version);
      this.#bad = 0;
      this.#offsets.push(at);
      if (read === null) return;
      const position = this.#offsets.length - 1;
      if (read.lines !== 'none') this.#withLines.push(position);
      if (read.lines === 'only') this.#silent.push(position);
      for (const range of read.ranges) addRange(this.#ranges, range, position);
      if (read.split !== null) this.#split.push(read.split);
    } catch (error) {
      this.#problems.add(error);
      this.#bad += 1;
    }
  }

  #readUnit(): UnitFacts | null {
    try {
      const unit = readUnit(this.#sections, this.#at, WHOLE_SECTIONS, null, this.#cache);
      const ranges = rangesOf(unit.die, unit, this.#budget);
      return { lines: linesOf(unit), ranges, split: splitReference(unit) };
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }
}

/** What the index keeps of a unit. */
interface UnitFacts {
  readonly lines: 'none' | 'some' | 'only';
  readonly ranges: readonly CodeRange[];
  readonly split: SplitReference | null;
}

/**
 * The units that have this code by their ranges, in the order of the file; 256 at most: an inline function of C++ may be
 * in as many, and a hostile file in millions.
 */
export function unitsAt({ ranges }: Pick<UnitIndex, 'ranges'>, address: CodeAddress): readonly number[] {
  const found = new Set<number>();
  const starts = ranges.starts.array();
  const ends = ranges.ends.array();
  const owners = ranges.owners.array();
  for (let at = 0; at < starts.length && found.size < MOST_UNITS_AT; at += 1) {
    if ((starts[at] ?? 0) <= address && address < (ends[at] ?? 0)) found.add(owners[at] ?? 0);
  }
  return [...found];
}

/** The unit that an offset into .debug_info is in: its own offset; null before the first. */
export function unitAround(offsets: Uint32Array, offset: Bytes): Bytes | null {
  return offsets[partition(offsets.length, (at) => (offsets[at] ?? 0) <= offset) - 1] ?? null;
}

/** Whether a unit has a line table, and whether only that says what its code is. */
function linesOf({ die: { attributes, tag } }: Unit): 'none' | 'some' | 'only' {
  const isCode = tag === DW_TAG.compile_unit || tag === DW_TAG.skeleton_unit;
  if (!isCode || !attributes.has(DW_AT.stmt_list)) return 'none';
  return attributes.has(DW_AT.ranges) || attributes.has(DW_AT.high_pc) ? 'some' : 'only';
}

function splitReference(unit: Unit): SplitReference | null {
  if (!isSkeleton(unit)) return null;
  const { attributes } = unit.die;
  const value = attributes.get(DW_AT.dwo_name) ?? attributes.get(DW_AT.GNU_dwo_name);
  const name = isString(value) ? textOf(value, unit) : null;
  return name === null ? null : { id: unit.dwoId, name };
}
