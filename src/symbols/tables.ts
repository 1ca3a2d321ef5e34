import { Cursor } from '../bytes/cursor';
import type { ByteSource } from '../bytes/source';
import type { Bytes } from '../bytes/units';
import { type ElementSegment, readElements, readTables } from '../wasm/element-section';
import { readImports } from '../wasm/import-section';
import { walkSections } from '../wasm/sections';
import type { TableEntry } from './cause/types';

/** What a module's tables hold when it is instantiated. A program can change them afterwards. */
export interface Tables {
  readonly imported: number;
  /** Of the tables that are its own. */
  readonly sizes: readonly number[];
  readonly segments: readonly ElementSegment[];
}

/** The largest section that is read whole. */
const LARGEST: Bytes = 64 * 1024 * 1024;

/** Reads the sections that fill tables. What does not decode is left out: it is evidence, not needed to go on. */
export async function readTablesOf(source: ByteSource, signal?: AbortSignal): Promise<Tables> {
  const contents = new Map<number, Cursor>();
  for await (const event of walkSections(source, 8, signal)) {
    if (event.kind !== 'section') continue;
    const { content, id, offset, size } = event.section;
    if ((id !== 2 && id !== 4 && id !== 9) || contents.has(id)) continue;
    const length = Math.min(size - (content - offset), LARGEST);
    contents.set(id, new Cursor(await source.read(content, length, signal), content));
  }
  const [imports, tables, elements] = [contents.get(2), contents.get(4), contents.get(9)];
  return {
    imported:
      imports === undefined ? 0 : readImports(imports).items.filter(({ kind }) => kind === 'table').length,
    sizes: tables === undefined ? [] : readTables(tables).items.map(({ size }) => size),
    segments: elements === undefined ? [] : readElements(elements, () => ({ type: 'unknown' })).items,
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
