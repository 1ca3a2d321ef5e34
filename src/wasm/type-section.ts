import { type Cursor, DecodeError } from '../bytes/cursor';
import { readHeapType, readValueType } from './value-types';
import { type Decoded, leftOver, stoppedBy } from './vector';

/** A type of the type section (core specification 3.0, 5.5.4), as far as code is to be read with it. */
export type CompositeType = FunctionType | { readonly kind: 'struct' | 'array' | 'cont' };

export interface FunctionType {
  readonly kind: 'func';
  /** Named as in the text format. */
  readonly parameters: readonly string[];
  readonly results: readonly string[];
}

/** What engines allow (WebAssembly JavaScript API, implementation limits): a type with more never ran. */
const MOST_VALUES = 1000;

/**
 * Reads the type section's content. Recursion groups are opened: their types have indices of their own. What came before
 * the first type that does not decode is kept.
 */
export function readTypes(cursor: Cursor): Decoded<CompositeType> {
  const items: CompositeType[] = [];
  try {
    const groups = cursor.count('type', 1);
    for (let index = 0; index < groups; index += 1) {
      if (cursor.peek() !== 0x4e) {
        items.push(readSubtype(cursor));
        continue;
      }
      cursor.u8('recursion group');
      const count = cursor.count('recursion group', 1);
      for (let member = 0; member < count; member += 1) items.push(readSubtype(cursor));
    }
    leftOver(cursor);
    return { items, stopped: null };
  } catch (error) {
    return { items, stopped: stoppedBy(error) };
  }
}

/** 0x50 and 0x4f: open and final, with the indices of supertypes. */
function readSubtype(cursor: Cursor): CompositeType {
  const form = cursor.peek();
  if (form === 0x50 || form === 0x4f) {
    cursor.u8('subtype');
    const supertypes = cursor.count('supertype', 1);
    for (let index = 0; index < supertypes; index += 1) cursor.u32('supertype');
  }
  return readComposite(cursor);
}

function readComposite(cursor: Cursor): CompositeType {
  const start = cursor.offset;
  const form = cursor.u8('type');
  switch (form) {
    case 0x60:
      return {
        kind: 'func',
        parameters: readValues(cursor, 'parameter'),
        results: readValues(cursor, 'result'),
      };
    case 0x5f: {
      const fields = cursor.count('field', 2);
      for (let index = 0; index < fields; index += 1) readField(cursor);
      return { kind: 'struct' };
    }
    case 0x5e:
      readField(cursor);
      return { kind: 'array' };
    case 0x5d:
      readHeapType(cursor);
      return { kind: 'cont' };
    default:
      throw new DecodeError(start, `type 0x${form.toString(16).padStart(2, '0')} is not known`);
  }
}

function readValues(cursor: Cursor, field: string): readonly string[] {
  const start = cursor.offset;
  const count = cursor.count(field, 1);
  if (count > MOST_VALUES)
    throw new DecodeError(start, `${field} count ${count}, engines take at most ${MOST_VALUES}`);
  return Array.from({ length: count }, () => readValueType(cursor));
}

/** A storage type (0x78 i8, 0x77 i16, or a value type) and its mutability. */
function readField(cursor: Cursor): void {
  const storage = cursor.peek();
  if (storage === 0x78 || storage === 0x77) cursor.u8('storage type');
  else readValueType(cursor);
  cursor.u8('mutability');
}
