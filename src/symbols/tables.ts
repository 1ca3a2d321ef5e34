import type { ByteSource } from '../bytes/source';
import { contentsOf } from '../wasm/contents';
import { type ElementSegment, readElements, readTables } from '../wasm/element-section';
import { readImports } from '../wasm/import-section';
import type { SectionHeader } from '../wasm/sections';
import type { TableEntry } from './cause/types';

/** What a module's tables hold when it is instantiated. A program can change them afterwards. */
export interface Tables {
  readonly imported: number;
  /** Of the tables that are its own. */
  readonly sizes: readonly number[];
  readonly segments: readonly ElementSegment[];
}

/**
 * Reads the sections that fill tables. What does not decode is left out: it is evidence, not needed to go on.
 * @param headers of the module's sections, as `ModuleSymbols` has them.
 */
export async function readTablesOf(
  source: ByteSource,
  headers: readonly SectionHeader[],
  signal?: AbortSignal,
): Promise<Tables> {
  const content = contentsOf(source, headers, signal);
  const [imports, tables, elements] = [await content(2), await content(4), await content(9)];
  return {
    imported: imports === null ? 0 : readImports(imports).items.filter(({ kind }) => kind === 'table').length,
    sizes: tables === null ? [] : readTables(tables).items.map(({ size }) => size),
    segments: elements === null ? [] : readElements(elements, () => ({ type: 'unknown' })).items,
  };
}

/** What a table's entry is at instantiation. Later segments win; an imported table's size is not known. */
export function tableEntry({ imported, segments, sizes }: Tables, table: number, index: number): TableEntry {
  const size = sizes[table - imported];
  if (size !== undefined && index >= size) return { kind: 'outside', size };
  let unsure = size === undefined;
  for (const { active, entries } of [...segments].reverse()) {
    if (active === null || active.table !== table) continue;
    // Position-independent modules put their functions where `__table_base` says.
    if (active.offset.type !== 'i32' && active.offset.type !== 'i64') {
      unsure = true;
      continue;
    }
    const entry = entries[index - Number(active.offset.value)];
    if (entry === undefined) continue;
    if (entry === 'unknown') return { kind: 'unknown' };
    return entry === null ? { kind: 'null' } : { kind: 'function', index: entry };
  }
  return unsure ? { kind: 'unknown' } : { kind: 'null' };
}
