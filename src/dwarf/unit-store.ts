import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { type Die, readDie } from './die';
import { type Functions, type LoadedUnit, listFunctions, readerAt } from './functions';
import type { Problems } from './problems';
import { inSection, SectionError, withBytes } from './section';
import type { SectionSet } from './sections';
import { type Contribution, newAbbreviationCache, readAbbreviations, readUnit, type Unit } from './unit';

/** Bytes of DIEs that are kept, so that frames of one unit share it and large ones do not pile up. */
const KEPT_BYTES: Bytes = 8 * 1024 * 1024;

interface Kept {
  readonly loaded: LoadedUnit;
  functions: Functions | null;
}

/** The units of one file that are in use: the least recently used leave first. */
export class UnitStore {
  readonly sections: SectionSet;
  readonly #problems: Problems;
  readonly #kept = new Map<string, Kept>();
  #bytes: Bytes = 0;

  constructor(sections: SectionSet, problems: Problems) {
    this.sections = sections;
    this.#problems = problems;
  }

  /**
   * A unit with all its DIEs.
   * @param offset of its header. @param skeleton see Unit.
   * @throws SectionError where its header or first DIE does not decode; MissingBytes.
   */
  load(offset: Bytes, contribution: Contribution, skeleton: Unit | null): LoadedUnit {
    return this.#keep(offset, contribution, skeleton).loaded;
  }

  /** The unit's functions. @throws what the file's read throws. */
  async functions(loaded: LoadedUnit, signal?: AbortSignal): Promise<Functions> {
    const { header, contribution, skeleton } = loaded.unit;
    const known = this.#kept.get(keyOf(header.offset, skeleton));
    if (known?.functions) return known.functions;
    const functions = await listFunctions(loaded, this.#problems, signal);
    await withBytes(() => {
      this.#keep(header.offset, contribution, skeleton).functions = functions;
    }, signal);
    return functions;
  }

  #keep(offset: Bytes, contribution: Contribution, skeleton: Unit | null): Kept {
    const key = keyOf(offset, skeleton);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const { info } = this.sections;
    const unit = readUnit(this.sections, offset, contribution, skeleton, newAbbreviationCache());
    const { table, problem } = readAbbreviations(unit);
    if (problem !== null) this.#problems.add(problem);
    const length = unit.header.end - offset;
    const bytes = info.view(offset, length).subarray(0, length);
    const kept = { loaded: { unit, abbreviations: table, bytes }, functions: null };
    this.#kept.set(key, kept);
    this.#bytes += bytes.length;
    for (const [oldest, { loaded }] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= loaded.bytes.length;
    }
    return kept;
  }
}

function keyOf(offset: Bytes, skeleton: Unit | null): string {
  return `${offset} ${skeleton?.header.offset ?? ''}`;
}

/** The DIE at an offset of a unit. @throws SectionError where there is none. */
export function dieAt(loaded: LoadedUnit, offset: Bytes): Die {
  return inSection(loaded.unit.sections.info.name, () => {
    const { header } = loaded.unit;
    if (offset < header.dies || offset >= header.end) {
      throw new DecodeError(offset, `DIE ${offset} outside its unit, ${header.dies} to ${header.end}`);
    }
    const die = readDie(readerAt(loaded, offset), loaded.abbreviations, header);
    if (die === null) throw new DecodeError(offset, `no DIE at ${offset}`);
    return die;
  });
}

/** A reference out of every known unit. */
export function noUnit(section: string, offset: Bytes): SectionError {
  return new SectionError(section, new DecodeError(offset, `no unit has the DIE ${offset}`));
}
