import type { Bytes } from '../bytes/units';
import type { Abbreviation, AbbreviationTable } from './abbreviations';
import { addressOf, isLive } from './addresses';
import { DW_AT, DW_TAG } from './constants';
import { readAbbreviationOf } from './die';
import { type FormSizes, type FormValue, readForm, skipForm } from './forms';
import { NumberList } from './number-list';
import { Pace } from './pace';
import type { Problems } from './problems';
import { Reader } from './reader';
import { inSection, withBytes } from './section';
import type { Unit } from './unit';

/** Bytes of DIEs between two looks at the clock: some milliseconds. */
const TURN: Bytes = 256 * 1024;

const NOTHING: FormValue = { kind: 'other' };

/** A unit whose DIEs are at hand. */
export interface LoadedUnit {
  readonly unit: Unit;
  readonly abbreviations: AbbreviationTable;
  /** From the unit's header on. */
  readonly bytes: Uint8Array;
}

/** The functions of a unit by where they begin: two columns. */
export interface Functions {
  readonly lowPcs: Uint32Array;
  /** Of the DIE in .debug_info. */
  readonly dies: Uint32Array;
}

/** A reader at a DIE of a loaded unit. @throws DecodeError where it has no such offset. */
export function readerAt({ unit, bytes }: LoadedUnit, offset: Bytes): Reader {
  const reader = new Reader(bytes, unit.header.offset);
  reader.seek(offset);
  return reader;
}

/**
 * Lists every DW_TAG_subprogram of the unit that has code, wherever it stands in the tree. DIEs follow each other without
 * gaps, so the walk needs no tree; and most have a fixed size, so it is steps over their codes.
 */
export async function listFunctions(
  loaded: LoadedUnit,
  problems: Problems,
  signal?: AbortSignal,
): Promise<Functions> {
  const { unit, abbreviations } = loaded;
  const lowPcs = new NumberList();
  const dies = new NumberList();
  const indexed: { readonly value: FormValue; readonly die: Bytes }[] = [];
  const found = (value: FormValue, die: Bytes): void => {
    if (value.kind === 'addrx') indexed.push({ value, die });
    else if (value.kind === 'address' && isLive(value.value)) {
      lowPcs.push(value.value);
      dies.push(die);
    }
  };
  const pace = new Pace();
  try {
    const reader = inSection(unit.sections.info.name, () => readerAt(loaded, unit.header.dies));
    while (reader.remaining > 0) {
      inSection(unit.sections.info.name, () => walk(reader, abbreviations, unit.header, found));
      await pace.step(signal);
    }
  } catch (error) {
    problems.add(error);
  }
  let next = 0;
  const lookUp = (): void => {
    for (; next < indexed.length; next += 1) {
      const { value, die } = indexed[next] ?? { value: NOTHING, die: 0 };
      const address = addressOf(value, unit);
      if (address !== null) found({ kind: 'address', value: address }, die);
    }
  };
  try {
    await withBytes(lookUp, signal);
  } catch (error) {
    problems.add(error);
  }
  return { lowPcs: lowPcs.packed(), dies: dies.packed() };
}

/** The DIE of the function that begins here; null where the unit has none. */
export function functionAt({ lowPcs, dies }: Functions, address: number): Bytes | null {
  const at = lowPcs.indexOf(address);
  return at < 0 ? null : (dies[at] ?? null);
}

/** The DIE of the last function that begins before an address; null where the unit has none. */
export function lastFunctionBefore({ lowPcs, dies }: Functions, address: number): Bytes | null {
  let best = -1;
  for (let at = 0; at < lowPcs.length; at += 1) {
    const lowPc = lowPcs[at] ?? 0;
    if (lowPc < address && (best < 0 || lowPc > (lowPcs[best] ?? 0))) best = at;
  }
  return best < 0 ? null : (dies[best] ?? null);
}

function walk(
  reader: Reader,
  abbreviations: AbbreviationTable,
  sizes: FormSizes,
  found: (lowPc: FormValue, die: Bytes) => void,
): void {
  const until = reader.position + TURN;
  while (reader.remaining > 0 && reader.position < until) {
    const die = reader.offset;
    const abbreviation = readAbbreviationOf(reader, abbreviations);
    if (abbreviation === null) continue;
    if (abbreviation.tag === DW_TAG.subprogram) {
      const lowPc = readLowPc(reader, abbreviation, sizes);
      if (lowPc !== null) found(lowPc, die);
    } else skipDie(reader, abbreviation, sizes);
  }
}

/** Goes past a DIE's attributes. @throws DecodeError */
export function skipDie(reader: Reader, abbreviation: Abbreviation, sizes: FormSizes): void {
  if (abbreviation.size >= 0) reader.skip(abbreviation.size);
  else for (const form of abbreviation.forms) skipForm(reader, form, sizes);
}

function readLowPc(reader: Reader, abbreviation: Abbreviation, sizes: FormSizes): FormValue | null {
  const { attributes, forms } = abbreviation;
  const wanted = attributes.indexOf(DW_AT.low_pc);
  if (wanted < 0) {
    skipDie(reader, abbreviation, sizes);
    return null;
  }
  let value: FormValue | null = null;
  for (let index = 0; index < forms.length; index += 1) {
    const form = forms[index] ?? 0;
    if (index === wanted) value = readForm(reader, form, 0, sizes);
    else skipForm(reader, form, sizes);
  }
  return value;
}
