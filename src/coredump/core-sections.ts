import { type Cursor, DecodeError } from '../bytes/cursor';
import { type Decoded, leftOver, readVector, type Stop, stoppedBy } from '../wasm/vector';

/** An entry of `coreinstances` as written. */
export interface InstanceEntry {
  readonly module: number;
  readonly memories: readonly number[];
  readonly globals: readonly number[];
}

/** Every record of the four custom sections begins with a zero byte, kept for later versions (Coredump.md). */
function marker(cursor: Cursor, field: string): void {
  const start = cursor.offset;
  const byte = cursor.u8(`${field} marker`);
  if (byte !== 0) {
    throw new DecodeError(start, `${field} marker 0x${byte.toString(16).padStart(2, '0')}, expected 0x00`);
  }
}

/** Reads `core`: the executable's name. */
export function readCore(cursor: Cursor): {
  readonly name: string | null;
  readonly stopped: Stop | null;
} {
  let name: string | null = null;
  try {
    marker(cursor, 'process');
    name = cursor.name('executable name');
    leftOver(cursor);
    return { name, stopped: null };
  } catch (error) {
    return { name, stopped: stoppedBy(error) };
  }
}

/**
 * Reads `coremodules`: the modules' names.
 *
 * WasmEdge 0.15 to 0.17 writes a count of 1 and a marker, then nothing: no length of a name (fixture wasmedge/crash,
 * `01 00`). The module is there, its name is empty, and that is said. Held by tests/coredump/core-sections.test.ts.
 * @param whole the file holds all of the section: a cut must not look like that case.
 */
export function readModules(cursor: Cursor, whole: boolean): Decoded<{ readonly name: string }> {
  let nameless: number | null = null;
  const modules = readVector(cursor, 'module', () => {
    marker(cursor, 'module');
    if (cursor.remaining === 0 && whole) {
      nameless = cursor.offset;
      return { name: '' };
    }
    return { name: cursor.name('module name') };
  });
  if (nameless === null || modules.stopped !== null) return modules;
  return {
    items: modules.items,
    stopped: { offset: nameless, message: 'module name length expected, no byte remains', short: false },
  };
}

/** Reads `coreinstances`: for each instance its module and the dump's indices of its memories and globals. */
export function readInstances(cursor: Cursor): Decoded<InstanceEntry> {
  return readVector(cursor, 'instance', () => {
    marker(cursor, 'instance');
    const module = cursor.u32('module index');
    const memories = indices(cursor, 'memory index');
    const globals = indices(cursor, 'global index');
    return { module, memories, globals };
  });
}

function indices(cursor: Cursor, field: string): number[] {
  const count = cursor.count(field, 1);
  const list: number[] = [];
  for (let index = 0; index < count; index += 1) list.push(cursor.u32(field));
  return list;
}
