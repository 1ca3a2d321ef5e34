import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_AT } from './constants';
import { sectionOffset } from './forms';
import { type LineTable, readLineTable } from './line-table';
import type { Problems } from './problems';
import { SectionError } from './section';
import type { Unit } from './unit';
import { addRange, type UnitRanges } from './unit-index';

/** Rows that are kept over all tables: 16 bytes each. */
const KEPT_ROWS = 500_000;

/** The line tables of a module that are in use: the least recently used leave first. */
export class LineTables {
  readonly #problems: Problems;
  readonly #kept = new Map<number, LineTable | null>();
  /** Tables whose code was added to the ranges: each once, and no more bytes than there are, or a hostile file takes forever. */
  readonly #learned = new Set<Bytes>();
  #learnedBytes: Bytes = 0;
  #rows = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** A unit's table; null where it has none, or none that decodes. @throws what the file's read throws. */
  async of(unit: Unit, signal?: AbortSignal): Promise<LineTable | null> {
    const offset = sectionOffset(unit.die.attributes.get(DW_AT.stmt_list));
    if (offset === null) return null;
    const known = this.#kept.get(offset);
    if (known !== undefined) {
      this.#kept.delete(offset);
      this.#kept.set(offset, known);
      return known;
    }
    const table = await this.#read(unit, offset, signal);
    // Another question may have read it meanwhile.
    if (!this.#kept.has(offset)) this.#forget(offset, rowCount(table));
    this.#kept.set(offset, table);
    return table;
  }

  /** Adds the code that a unit's table has rows for to the ranges of units. @throws as `of` */
  async addRanges(unit: Unit, position: number, ranges: UnitRanges, signal?: AbortSignal): Promise<void> {
    const { line, info } = unit.sections;
    const offset = sectionOffset(unit.die.attributes.get(DW_AT.stmt_list));
    if (offset === null || this.#learned.has(offset) || this.#learnedBytes > line.size) return;
    const table = await this.of(unit, signal);
    if (table === null) return;
    this.#learned.add(offset);
    this.#learnedBytes += table.header.end - offset;
    if (this.#learnedBytes > line.size) {
      const message = 'line tables lie over each other; the rest is not read';
      this.#problems.add(new SectionError(info.name, new DecodeError(unit.header.offset, message)));
    }
    const { runs, addresses } = table.rows;
    for (let run = 0; run < runs.length; run += 2) {
      const start = addresses[runs[run] ?? 0] ?? 0;
      const end = addresses[runs[run + 1] ?? 0] ?? 0;
      if (start < end) addRange(ranges, { start, end }, position);
    }
  }

  async #read(unit: Unit, offset: number, signal?: AbortSignal): Promise<LineTable | null> {
    try {
      return await readLineTable(unit, offset, this.#problems, signal);
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }

  /** Makes room for a table that comes. */
  #forget(newest: Bytes, added: number): void {
    this.#rows += added;
    for (const [oldest, table] of this.#kept) {
      if (this.#rows <= KEPT_ROWS || oldest === newest) break;
      this.#kept.delete(oldest);
      this.#rows -= rowCount(table);
    }
  }
}

function rowCount(table: LineTable | null): number {
  return table?.rows.addresses.length ?? 0;
}
