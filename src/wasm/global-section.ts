import type { Cursor } from '../bytes/cursor';
import type { FileOffset } from '../bytes/units';
import { type Constant, type GlobalLookup, readConstant } from './const-expr';
import { readMutability } from './import-section';
import { isReference, readValueType } from './value-types';
import { type Decoded, readVector } from './vector';

/** A global and what its initialiser says: in a dump, its value at the trap. */
export interface GlobalEntry {
  readonly type: string;
  readonly mutable: boolean;
  readonly value: Constant;
  /** Where the initialiser stands. */
  readonly offset: FileOffset;
  /** The initialiser has another type than the global. */
  readonly mismatch: boolean;
}

/** Reads the global section's content. `before`: what the imported globals are, for `global.get`. */
export function readGlobals(cursor: Cursor, before: readonly Constant[]): Decoded<GlobalEntry> {
  const known: Constant[] = [...before];
  const lookup: GlobalLookup = (index) => known[index] ?? { type: 'unknown' };
  return readVector(cursor, 'global', () => {
    const type = readValueType(cursor);
    const mutable = readMutability(cursor);
    const offset = cursor.offset;
    const value = readConstant(cursor, lookup);
    const mismatch = !fits(type, value);
    known.push(mismatch ? { type: 'unknown' } : value);
    return { type, mutable, value, offset, mismatch };
  });
}

function fits(type: string, value: Constant): boolean {
  switch (value.type) {
    case 'unknown':
    case 'empty':
      return true;
    case 'null':
    case 'func':
      return isReference(type);
    default:
      return value.type === type;
  }
}
