import { type Cursor, DecodeError } from '../bytes/cursor';
import { type MemoryType, readMemoryType } from './memory-section';
import { readValueType } from './value-types';
import { type Decoded, readVector } from './vector';

/** An import (core specification, 5.5.5), as far as a dump's index spaces need it. */
export type Import =
  | { readonly kind: 'function'; readonly module: string; readonly name: string; readonly type: number }
  | { readonly kind: 'table' }
  | { readonly kind: 'memory'; readonly memory: MemoryType }
  | { readonly kind: 'global'; readonly type: string; readonly mutable: boolean }
  | { readonly kind: 'tag' };

/** Reads the import section's content. */
export function readImports(cursor: Cursor): Decoded<Import> {
  return readVector(cursor, 'import', () => readImport(cursor));
}

function readImport(cursor: Cursor): Import {
  const module = cursor.name('import module');
  const name = cursor.name('import name');
  const start = cursor.offset;
  const kind = cursor.u8('import kind');
  switch (kind) {
    case 0:
      return { kind: 'function', module, name, type: cursor.u32('type index') };
    case 1:
      readTableType(cursor);
      return { kind: 'table' };
    case 2:
      return { kind: 'memory', memory: readMemoryType(cursor) };
    case 3: {
      const type = readValueType(cursor);
      return { kind: 'global', type, mutable: readMutability(cursor) };
    }
    case 4:
      cursor.u8('tag attribute');
      cursor.u32('type index');
      return { kind: 'tag' };
    default:
      throw new DecodeError(start, `import kind ${kind}, expected 0 to 4`);
  }
}

/** A table's type: its reference type and limits (flags 01 maximum, 02 shared, 04 64-bit). */
function readTableType(cursor: Cursor): void {
  readValueType(cursor);
  const start = cursor.offset;
  const flags = cursor.u8('table flags');
  if (flags > 7) throw new DecodeError(start, `table flags 0x${flags.toString(16)}, expected at most 0x07`);
  const limit = (): unknown => ((flags & 4) !== 0 ? cursor.u64('table limit') : cursor.u32('table limit'));
  limit();
  if ((flags & 1) !== 0) limit();
}

/** 0 const, 1 var; the shared-everything proposal's flag 02 may stand beside it. */
export function readMutability(cursor: Cursor): boolean {
  const start = cursor.offset;
  const flags = cursor.u8('mutability');
  if (flags > 3) throw new DecodeError(start, `mutability 0x${flags.toString(16)}, expected 0 or 1`);
  return (flags & 1) !== 0;
}
