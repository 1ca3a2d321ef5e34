import type { Bytes } from '../bytes/units';
import { Budget } from './budget';
import { DW_AT } from './constants';
import type { Die } from './die';
import { sectionOffset } from './forms';
import { functionAt, type LoadedUnit, lastFunctionBefore } from './functions';
import { inlineChain } from './inlines';
import { fileName, type LineTable, rowAt, rowsIn } from './line-table';
import { LineTables } from './line-tables';
import type {
  BodyFunction,
  CodeAddress,
  CodeRange,
  DebugInfo,
  DebugProblem,
  DebugSections,
  LineRow,
  SourceLine,
} from './model';
import { namesOf, type PlacedDie } from './names';
import { Problems } from './problems';
import { rangesOf } from './ranges';
import { withBytes } from './section';
import { moduleSections } from './sections';
import { type Companion, openCompanions, splitUnitOf } from './split';
import { textOf } from './strings';
import { isSkeleton, type Unit, WHOLE_SECTIONS } from './unit';
import { indexUnits, type UnitIndex, unitAround, unitsAt } from './unit-index';
import { dieAt, noUnit, UnitStore } from './unit-store';
import { worthlessSentence } from './worthless';

export type {
  CodeAddress,
  CodeRange,
  DebugInfo,
  DebugProblem,
  DebugSections,
  LineRow,
  SourceLine,
} from './model';

/**
 * Opens the DWARF of a module (versions 2 to 5). Reads each unit's first DIE; everything else when it is asked for.
 * @param companions .dwo and .dwp files that may belong to it.
 * @returns null where the module has none.
 * @throws the signal's reason when it is aborted; a SourceError when the bytes cannot be had. Nothing else: what is
 * damaged is a problem.
 */
export async function openDebugInfo(
  sections: DebugSections,
  companions: readonly DebugSections[],
  signal?: AbortSignal,
): Promise<DebugInfo | null> {
  const module = moduleSections(sections);
  if (module.info.size === 0) return null;
  const problems = new Problems();
  const index = await indexUnits(module, problems, signal);
  const opened = await openCompanions(companions, module, problems, signal);
  const info = new ModuleDebugInfo(new UnitStore(module, problems), index, opened, problems);
  // Only where no unit says where its code is do the line tables have to be looked at now.
  if (index.ranges.starts.length === 0) await info.learnFromLines(index.withLines, signal);
  return info;
}

/** Ranges of one function that are looked at. */
const ONE_FUNCTION = 100_000;

/** Line tables that are looked into for code without a function. */
const MOST_LINE_TABLES = 8;

/** A function that was found: its DIE, and the unit of the module whose line table has its rows. */
interface FoundFunction {
  readonly loaded: LoadedUnit;
  readonly die: Bytes;
  readonly lineUnit: Unit;
}

class ModuleDebugInfo implements DebugInfo {
  readonly units: number;
  readonly versions: readonly number[];
  readonly split: readonly string[];
  readonly #store: UnitStore;
  readonly #index: UnitIndex;
  readonly #companions: readonly Companion[];
  readonly #problems: Problems;
  readonly #tables: LineTables;
  /** Units that say nothing of their code are asked once: then their line tables' ranges are in the index. */
  #silent: Uint32Array;

  constructor(store: UnitStore, index: UnitIndex, companions: readonly Companion[], problems: Problems) {
    this.#store = store;
    this.#index = index;
    this.#companions = companions;
    this.#problems = problems;
    this.#tables = new LineTables(problems);
    this.#silent = index.silent;
    this.units = index.offsets.length;
    this.versions = index.versions;
    const missing = index.split.filter(
      ({ id }) => !companions.some(({ units }) => id !== null && units.has(id)),
    );
    this.split = [...new Set(missing.map(({ name }) => name))];
  }

  get worthless(): string | null {
    return this.units > 0 && this.#index.ranges.starts.length === 0 ? worthlessSentence(this.units) : null;
  }

  problems(): readonly DebugProblem[] {
    return this.#problems.list();
  }

  async lines(pc: CodeAddress, body: CodeRange, signal?: AbortSignal): Promise<readonly SourceLine[]> {
    if (pc < body.start || pc >= body.end) return [];
    const found = await this.#findFunction(body, signal);
    if (found !== null) {
      const table = await this.#tables.of(found.lineUnit, signal);
      const lines = await withBytes(() => this.#describe(found, table, pc, body), signal);
      if (lines !== null) return lines;
    }
    for (const unit of await this.#unitsWithLines(pc, signal)) {
      const table = await this.#tables.of(unit, signal);
      const row = table === null ? -1 : rowAt(table.rows, pc, body);
      if (table === null || row < 0) continue;
      const rest = {
        function: null,
        linkageName: null,
        directory: await withBytes(() => this.#directoryOf(unit), signal),
      };
      return [{ ...rest, ...(await withBytes(() => this.#place(table, row), signal)) }];
    }
    return [];
  }

  async rows(body: CodeRange, signal?: AbortSignal): Promise<readonly LineRow[]> {
    const found = await this.#findFunction(body, signal);
    const units = found === null ? await this.#unitsWithLines(body.start, signal) : [found.lineUnit];
    for (const unit of units) {
      const table = await this.#tables.of(unit, signal);
      if (table === null) continue;
      const positions = rowsIn(table.rows, body);
      const directory = await withBytes(() => this.#directoryOf(unit), signal);
      const describe = (row: number): LineRow => ({
        address: table.rows.addresses[row] ?? 0,
        directory,
        ...this.#place(table, row),
      });
      if (positions.length > 0) return withBytes(() => positions.map(describe), signal);
    }
    return [];
  }

  async functionOf(body: CodeRange, signal?: AbortSignal): Promise<BodyFunction> {
    const found = await this.#findFunction(body, signal);
    if (found !== null) {
      const names = await withBytes(() => this.#namesOf(found), signal);
      return { kind: 'function', ...names };
    }
    for (const position of unitsAt(this.#index, body.start).slice(0, MOST_LINE_TABLES)) {
      const loaded = await this.#load(position, signal);
      const split = loaded !== null && isSkeleton(loaded.unit);
      if (loaded === null || split) continue;
      if ((await this.#store.functions(loaded, signal)).dies.length > 0) return { kind: 'between' };
    }
    return { kind: 'silent' };
  }

  /** Adds to the index what code the line tables of these units speak of. */
  async learnFromLines(positions: Uint32Array, signal?: AbortSignal): Promise<void> {
    for (const position of positions) {
      const unit = await this.#load(position, signal);
      if (unit !== null) await this.#tables.addRanges(unit.unit, position, this.#index.ranges, signal);
    }
    this.#silent = new Uint32Array(0);
  }

  /** The function whose DIE begins where the body does, in the units that have the body by their ranges; null: none. */
  async #findFunction(body: CodeRange, signal?: AbortSignal): Promise<FoundFunction | null> {
    const first = unitsAt(this.#index, body.start);
    const found = await this.#findIn(first, body, signal);
    if (found !== null || this.#silent.length === 0) return found;
    await this.learnFromLines(this.#silent, signal);
    const more = unitsAt(this.#index, body.start).filter((position) => !first.includes(position));
    return this.#findIn(more, body, signal);
  }

  /**
   * Of functions in several units at the same place the first that is as long as the body, else the first. lld keeps one
   * copy of a C++ inline function and points the debug information of all copies to it, also of those that were compiled
   * differently: `std::logic_error`'s constructor at 8673 in wasmtime/cpp-shapes-O0 (tests/dwarf/line-table.test.ts).
   */
  async #findIn(
    positions: readonly number[],
    body: CodeRange,
    signal?: AbortSignal,
  ): Promise<FoundFunction | null> {
    let first: FoundFunction | null = null;
    for (const position of positions) {
      const own = await this.#load(position, signal);
      const found = own === null ? null : await this.#findInUnit(own, body, signal);
      if (found === null) continue;
      const ranges = await withBytes(() => this.#rangesOf(found.loaded, found.die), signal);
      if (ranges.some(({ end }) => end === body.end)) return found;
      first ??= found;
    }
    return first;
  }

  async #findInUnit(own: LoadedUnit, body: CodeRange, signal?: AbortSignal): Promise<FoundFunction | null> {
    const split = await withBytes(() => this.#splitUnit(own.unit), signal);
    // Where the .dwo is missing, the skeleton may still have the functions that were inlined (clang -fsplit-dwarf-inlining).
    for (const { loaded, store } of [
      ...(split === null ? [] : [split]),
      { loaded: own, store: this.#store },
    ]) {
      const die = functionAt(await store.functions(loaded, signal), body.start);
      if (die !== null) return { loaded, die, lineUnit: own.unit };
    }
    return null;
  }

  #namesOf({ die, loaded }: FoundFunction): Pick<SourceLine, 'function' | 'linkageName'> {
    try {
      const follow = (offset: Bytes, from: Unit): PlacedDie => this.#follow(offset, from);
      return namesOf({ die: dieAt(loaded, die), unit: loaded.unit }, follow, this.#problems);
    } catch (error) {
      this.#problems.add(error);
      return { function: null, linkageName: null };
    }
  }

  #rangesOf(loaded: LoadedUnit, die: Bytes): readonly CodeRange[] {
    try {
      return rangesOf(dieAt(loaded, die), loaded.unit, new Budget(ONE_FUNCTION));
    } catch (error) {
      this.#problems.add(error);
      return [];
    }
  }

  #splitUnit(unit: Unit): { readonly loaded: LoadedUnit; readonly store: UnitStore } | null {
    if (!isSkeleton(unit)) return null;
    try {
      return splitUnitOf(unit, this.#companions);
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }

  async #load(position: number, signal?: AbortSignal): Promise<LoadedUnit | null> {
    const offset = this.#index.offsets[position] ?? 0;
    try {
      return await withBytes(() => this.#store.load(offset, WHOLE_SECTIONS, null), signal);
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }

  /**
   * The units whose line table alone speaks for code in which no DIE begins (assembler, or a unit with lines only). Not
   * those with a function that begins elsewhere and has the code too: they are of other code, as in symbols/stale, where
   * wasm-opt moved the code and left the debug information as it was (tests/dwarf/debug-info.test.ts).
   */
  async #unitsWithLines(address: CodeAddress, signal?: AbortSignal): Promise<readonly Unit[]> {
    const units: Unit[] = [];
    for (const position of unitsAt(this.#index, address).slice(0, MOST_LINE_TABLES)) {
      const loaded = await this.#load(position, signal);
      if (loaded === null) continue;
      const die = lastFunctionBefore(await this.#store.functions(loaded, signal), address);
      const isOther =
        die !== null &&
        (await withBytes(() => this.#rangesOf(loaded, die), signal)).some(
          ({ start, end }) => start <= address && address < end,
        );
      if (!isOther) units.push(loaded.unit);
    }
    return units;
  }

  /** The lines of an instruction; null where the function's DIE does not decode. @throws MissingBytes */
  #describe(
    { loaded, die, lineUnit }: FoundFunction,
    table: LineTable | null,
    pc: CodeAddress,
    body: CodeRange,
  ): readonly SourceLine[] | null {
    try {
      const directory = this.#directoryOf(lineUnit);
      const row = table === null ? -1 : rowAt(table.rows, pc, body);
      let place = table === null || row < 0 ? NO_PLACE : this.#place(table, row);
      return inlineChain(loaded, die, pc, this.#problems).map((die) => {
        const follow = (offset: Bytes, from: Unit): PlacedDie => this.#follow(offset, from);
        const names = namesOf({ die, unit: loaded.unit }, follow, this.#problems);
        const line = { ...names, directory, ...place };
        place = this.#callPlace(die, table);
        return line;
      });
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }

  #follow(offset: Bytes, from: Unit): PlacedDie {
    const companion = this.#companions.find(({ store }) => store.sections === from.sections);
    const store = companion?.store ?? this.#store;
    const { header, contribution, skeleton } = from;
    const isInside = offset >= header.offset && offset < header.end;
    const unit = isInside ? header.offset : unitAround(companion?.offsets ?? this.#index.offsets, offset);
    if (unit === null) throw noUnit(from.sections.info.name, offset);
    const loaded = store.load(unit, contribution, skeleton);
    return { die: dieAt(loaded, offset), unit: loaded.unit };
  }

  #directoryOf(unit: Unit): string | null {
    try {
      return textOf(unit.die.attributes.get(DW_AT.comp_dir), unit);
    } catch (error) {
      this.#problems.add(error);
      return null;
    }
  }

  #place(table: LineTable, row: number): Place {
    const { files, lines, columns } = table.rows;
    const file = fileName(table, files[row] ?? 0, this.#problems);
    return { file, line: known(lines[row]), column: known(columns[row]) };
  }

  /** Where an inlined call stands in the function around it (DWARF 5, 3.3.8.2). */
  #callPlace({ attributes }: Die, table: LineTable | null): Place {
    const number = (name: number): number | undefined => sectionOffset(attributes.get(name)) ?? undefined;
    const file = number(DW_AT.call_file);
    return {
      file: table === null || file === undefined ? null : fileName(table, file, this.#problems),
      line: known(number(DW_AT.call_line)),
      column: known(number(DW_AT.call_column)),
    };
  }
}

type Place = Pick<SourceLine, 'file' | 'line' | 'column'>;

const NO_PLACE: Place = { file: null, line: null, column: null };

/** Line 0 is no line, column 0 no column (DWARF 5, 6.2.2). */
function known(number: number | undefined): number | null {
  return number === undefined || number === 0 ? null : number;
}
