import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_AT } from './constants';
import type { Die } from './die';
import { type FormValue, isString } from './forms';
import type { Problems } from './problems';
import { SectionError } from './section';
import { textOf } from './strings';
import type { Unit } from './unit';

/** From a call to its function, to its declaration, to the class's: three in practice. */
const LONGEST_CHAIN = 16;

export interface FunctionNames {
  readonly function: string | null;
  readonly linkageName: string | null;
}

/** A DIE with the unit that it stands in. */
export interface PlacedDie {
  readonly die: Die;
  readonly unit: Unit;
}

/**
 * The names of a function or of an inlined call: its own, or those of what DW_AT_abstract_origin and
 * DW_AT_specification lead to (DWARF 5, 3.3.8.2 and 2.13.2). Where they lead nowhere or in a circle, that is a problem,
 * and the names found so far are the answer.
 * @param follow the DIE at an offset of .debug_info, seen from a unit.
 * @throws MissingBytes.
 */
export function namesOf(
  start: PlacedDie,
  follow: (offset: Bytes, from: Unit) => PlacedDie,
  problems: Problems,
): FunctionNames {
  let name: string | null = null;
  let linkageName: string | null = null;
  let at = start;
  try {
    for (let step = 0; step < LONGEST_CHAIN; step += 1) {
      const { attributes } = at.die;
      const linkage = attributes.get(DW_AT.linkage_name) ?? attributes.get(DW_AT.MIPS_linkage_name);
      name ??= text(attributes.get(DW_AT.name), at.unit);
      linkageName ??= text(linkage, at.unit);
      const target =
        referenceOf(attributes.get(DW_AT.abstract_origin), at.unit) ??
        referenceOf(attributes.get(DW_AT.specification), at.unit);
      if (target === null || (name !== null && linkageName !== null)) return { function: name, linkageName };
      at = follow(target, at.unit);
    }
    const message = `references more than ${LONGEST_CHAIN} deep, from DIE ${start.die.offset}`;
    throw new SectionError(at.unit.sections.info.name, new DecodeError(at.die.offset, message));
  } catch (error) {
    problems.add(error);
    return { function: name, linkageName };
  }
}

function text(value: FormValue | undefined, unit: Unit): string | null {
  return isString(value) ? textOf(value, unit) : null;
}

function referenceOf(value: FormValue | undefined, unit: Unit): Bytes | null {
  if (value?.kind === 'unit-reference') return unit.header.offset + value.offset;
  return value?.kind === 'info-reference' ? unit.contribution.info + value.offset : null;
}
