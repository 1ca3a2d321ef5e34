import type { Cursor } from '../bytes/cursor';
import { type Stop, stoppedBy } from './vector';

/** Names by index, as a `name` section gives them (core specification, appendix 7.4; extended names proposal). */
export interface NameSection {
  readonly module: string | null;
  readonly functions: ReadonlyMap<number, string>;
  readonly locals: ReadonlyMap<number, ReadonlyMap<number, string>>;
  readonly memories: ReadonlyMap<number, string>;
  readonly globals: ReadonlyMap<number, string>;
  readonly segments: ReadonlyMap<number, string>;
  /** What did not decode: the subsections before it are whole. */
  readonly stopped: Stop | null;
}

/** A name section without a name. */
export const NO_NAMES: NameSection = {
  module: null,
  functions: new Map(),
  locals: new Map(),
  memories: new Map(),
  globals: new Map(),
  segments: new Map(),
  stopped: null,
};

/** Reads the content of a `name` section. A subsection that does not decode ends it; names before it are kept. */
export function readNames(cursor: Cursor): NameSection {
  const functions = new Map<number, string>();
  const locals = new Map<number, ReadonlyMap<number, string>>();
  const memories = new Map<number, string>();
  const globals = new Map<number, string>();
  const segments = new Map<number, string>();
  let module: string | null = null;
  let stopped: Stop | null = null;
  try {
    while (cursor.remaining > 0) {
      const id = cursor.u8('name subsection id');
      const size = cursor.u32('name subsection size');
      const start = cursor.offset;
      cursor.take(size, 'name subsection');
      const end = cursor.offset;
      cursor.seek(start);
      if (id === 0) module = cursor.name('module name');
      else if (id === 1) readNameMap(cursor, 'function', functions);
      else if (id === 2) readLocals(cursor, locals);
      else if (id === 6) readNameMap(cursor, 'memory', memories);
      else if (id === 7) readNameMap(cursor, 'global', globals);
      else if (id === 9) readNameMap(cursor, 'data segment', segments);
      cursor.seek(end);
    }
  } catch (error) {
    stopped = stoppedBy(error);
  }
  return { module, functions, locals, memories, globals, segments, stopped };
}

function readNameMap(cursor: Cursor, field: string, into: Map<number, string>): void {
  const count = cursor.count(field, 2);
  for (let index = 0; index < count; index += 1) {
    const key = cursor.u32(`${field} index`);
    into.set(key, cursor.name(`${field} name`));
  }
}

function readLocals(cursor: Cursor, into: Map<number, ReadonlyMap<number, string>>): void {
  const count = cursor.count('function', 2);
  for (let index = 0; index < count; index += 1) {
    const owner = cursor.u32('function index');
    const names = new Map<number, string>();
    into.set(owner, names);
    readNameMap(cursor, 'local', names);
  }
}
