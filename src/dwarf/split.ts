import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_UT } from './constants';
import type { LoadedUnit } from './functions';
import type { DebugSections } from './model';
import { NumberList } from './number-list';
import { Pace } from './pace';
import { readPackageIndex } from './package-index';
import type { Problems } from './problems';
import { Section, SectionError, withBytes } from './section';
import { type SectionSet, splitSections } from './sections';
import { type Contribution, newAbbreviationCache, readUnit, type Unit, WHOLE_SECTIONS } from './unit';
import { readUnitHeader } from './unit-header';
import { UnitStore } from './unit-store';

interface SplitUnit {
  readonly offset: Bytes;
  readonly contribution: Contribution;
}

/** A .dwo or .dwp that the user has beside the module. */
export interface Companion {
  readonly store: UnitStore;
  /** Of its units, ascending. */
  readonly offsets: Uint32Array;
  readonly units: ReadonlyMap<bigint, SplitUnit>;
}

/**
 * Finds the units of .dwo and .dwp files by their ids: in a .dwp the index has them, in a .dwo the headers (DWARF 5) or
 * the first DIEs (GNU's DWARF 4). Files without .debug_info.dwo are none.
 * @throws what a file's read throws.
 */
export async function openCompanions(
  companions: readonly DebugSections[],
  module: SectionSet,
  problems: Problems,
  signal?: AbortSignal,
): Promise<readonly Companion[]> {
  const opened: Companion[] = [];
  for (const companion of companions) {
    const sections = splitSections(companion, module);
    if (sections.info.size === 0) continue;
    const units = new Map<bigint, SplitUnit>();
    const offsets = new NumberList();
    const index = new Section(companion, '.debug_cu_index');
    try {
      if (index.size > 0) {
        const packaged = await withBytes(
          () => index.decode(0, index.size, index.size, readPackageIndex),
          signal,
        );
        for (const { id, contribution } of packaged) {
          units.set(id, { offset: contribution.info, contribution });
          offsets.push(contribution.info);
        }
      } else await scanUnits(sections, units, offsets, problems, signal);
    } catch (error) {
      problems.add(error);
    }
    opened.push({ store: new UnitStore(sections, problems), units, offsets: offsets.packed().sort() });
  }
  return opened;
}

/** The unit of a .dwo or .dwp that a skeleton stands for; null where no companion has it. @throws as UnitStore.load */
export function splitUnitOf(
  skeleton: Unit,
  companions: readonly Companion[],
): { readonly loaded: LoadedUnit; readonly store: UnitStore } | null {
  const { dwoId } = skeleton;
  if (dwoId === null) return null;
  for (const { store, units } of companions) {
    const unit = units.get(dwoId);
    if (unit === undefined) continue;
    const loaded = store.load(unit.offset, unit.contribution, skeleton);
    // clang gives one source the same id in GNU's version 4 and in 5: the files of another build (symbols/split4 beside
    // symbols/split5) would be read with the wrong tables.
    if (loaded.unit.header.version === skeleton.header.version) return { loaded, store };
  }
  return null;
}

/** The units of a .dwo, by a walk over its headers. */
async function scanUnits(
  sections: SectionSet,
  units: Map<bigint, SplitUnit>,
  offsets: NumberList,
  problems: Problems,
  signal?: AbortSignal,
): Promise<void> {
  const { info } = sections;
  const cache = newAbbreviationCache();
  const pace = new Pace();
  for (let at = 0; at < info.size; ) {
    await pace.step(signal);
    const header = await withBytes(() => info.decode(at, 64, 64, readUnitHeader), signal);
    if (header.end > info.size) {
      const message = `unit of ${header.end - at} bytes, ${info.size - at} remain`;
      throw new SectionError(info.name, new DecodeError(at, message));
    }
    offsets.push(at);
    if (header.type === DW_UT.compile || header.type === DW_UT.split_compile) {
      try {
        const read = (): Unit => readUnit(sections, at, WHOLE_SECTIONS, null, cache);
        const { dwoId } = await withBytes(read, signal);
        if (dwoId !== null) units.set(dwoId, { offset: at, contribution: WHOLE_SECTIONS });
      } catch (error) {
        problems.add(error);
      }
    }
    at = header.end;
  }
}
