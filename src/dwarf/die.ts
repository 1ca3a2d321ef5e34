import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import type { Abbreviation, AbbreviationTable } from './abbreviations';
import { type FormSizes, type FormValue, readForm } from './forms';
import type { Reader } from './reader';

/** A debugging information entry. */
export interface Die {
  readonly offset: Bytes;
  readonly tag: number;
  readonly hasChildren: boolean;
  /** By DW_AT_*. */
  readonly attributes: ReadonlyMap<number, FormValue>;
}

/** The DIE that begins here, with all its attributes; null for the entry that ends a list of siblings. @throws DecodeError */
export function readDie(reader: Reader, abbreviations: AbbreviationTable, sizes: FormSizes): Die | null {
  const offset = reader.offset;
  const abbreviation = readAbbreviationOf(reader, abbreviations);
  if (abbreviation === null) return null;
  const attributes = new Map<number, FormValue>();
  const { tag, hasChildren, forms, constants } = abbreviation;
  for (const [index, name] of abbreviation.attributes.entries())
    attributes.set(name, readForm(reader, forms[index] ?? 0, constants[index] ?? 0, sizes));
  return { offset, tag, hasChildren, attributes };
}

/** The shape of the DIE that begins here; null for the entry that ends a list of siblings. @throws DecodeError */
export function readAbbreviationOf(reader: Reader, abbreviations: AbbreviationTable): Abbreviation | null {
  const offset = reader.offset;
  const code = reader.uleb();
  if (code === 0) return null;
  const abbreviation = abbreviations.find(code);
  if (abbreviation === null) throw new DecodeError(offset, `DIE with the unknown abbreviation ${code}`);
  return abbreviation;
}
