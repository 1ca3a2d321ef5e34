import { type Cursor, DecodeError } from '../bytes/cursor';
import { type Constant, type GlobalLookup, readConstant } from './const-expr';
import { readMemoryType } from './memory-section';
import { readValueType } from './value-types';
import { type Decoded, readVector } from './vector';

/** An element segment (core specification, 5.5.12). */
export interface ElementSegment {
  /** Null: passive or declared, not put into a table at instantiation. */
  readonly active: { readonly table: number; readonly offset: Constant } | null;
  /** Function indices; null: a null reference. `unknown`: an expression that is neither. */
  readonly entries: readonly (number | null | 'unknown')[];
}

/**
 * Reads the element section's content. The flags' bits: 1 passive or declared, 2 an explicit table (or declared), 4
 * expressions in place of function indices.
 */
export function readElements(cursor: Cursor, globals: GlobalLookup): Decoded<ElementSegment> {
  return readVector(cursor, 'element segment', () => {
    const start = cursor.offset;
    const flags = cursor.u32('element segment flags');
    if (flags > 7) throw new DecodeError(start, `element segment flags ${flags}, expected at most 7`);
    const passive = (flags & 1) !== 0;
    const explicit = (flags & 2) !== 0;
    const expressions = (flags & 4) !== 0;
    const table = !passive && explicit ? cursor.u32('table index') : 0;
    const active = passive ? null : { table, offset: readConstant(cursor, globals) };
    if (passive || explicit) {
      if (expressions) readValueType(cursor);
      else cursor.u8('element kind');
    }
    const count = cursor.count('element', 1);
    const entries = Array.from({ length: count }, () =>
      expressions ? entryOf(readConstant(cursor, globals)) : cursor.u32('function index'),
    );
    return { active, entries };
  });
}

function entryOf(constant: Constant): number | null | 'unknown' {
  if (constant.type === 'func') return constant.index;
  return constant.type === 'null' ? null : 'unknown';
}

/** How many entries each table of the table section has at instantiation (core specification, 5.5.7). */
export function readTables(cursor: Cursor): Decoded<{ readonly size: number }> {
  return readVector(cursor, 'table', () => {
    const initialised = cursor.peek() === 0x40;
    if (initialised) cursor.take(2, 'table with an initial value');
    readValueType(cursor);
    // A table's limits are written as a memory's (core specification, 5.3.9).
    const { minimumPages } = readMemoryType(cursor);
    if (initialised) readConstant(cursor, () => ({ type: 'unknown' }));
    return { size: Number(minimumPages) };
  });
}
