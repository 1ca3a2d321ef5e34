import { Cursor } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import type { Constant, GlobalLookup } from '../wasm/const-expr';
import { type GlobalEntry, readGlobals } from '../wasm/global-section';
import { type Import, readImports } from '../wasm/import-section';
import { type MemoryType, PAGE, readMemoryType } from '../wasm/memory-section';
import { type NameSection, NO_NAMES, readNames } from '../wasm/name-section';
import { type SectionHeader, sectionLabel } from '../wasm/sections';
import { type Decoded, readVector, type Stop } from '../wasm/vector';
import { readCore, readInstances, readModules } from './core-sections';
import type { Dump, Global, GlobalValue, Instance, MemoryDeclaration, Problem } from './model';
import { readThreads } from './threads';

/** A small section's content in memory, as far as the file holds it. */
export interface Part {
  readonly header: SectionHeader;
  readonly bytes: Uint8Array;
  /** The file holds all of it. */
  readonly whole: boolean;
}

/** Everything the small sections say, and what is wrong with them. */
export interface Assembled {
  readonly dump: Omit<Dump, 'file' | 'sections'>;
  readonly problems: readonly Problem[];
  readonly names: NameSection;
  /** For offsets of data segments. */
  readonly globalValues: GlobalLookup;
  /** Entries that `coreinstances` lists. */
  readonly listedInstances: number;
}

/** The sections of which only the first counts; a second one is a problem (json.md, "Problem"). */
const ONCE = ['core', 'coremodules', 'coreinstances', 'import', 'memory', 'global', 'data'];

/** The small sections that the viewer decodes; all others are listed by the walk and not read. */
export function isPart(header: SectionHeader): boolean {
  const label = sectionLabel(header);
  if (label === 'data' && header.id === 11) return false;
  if (header.id === 0)
    return ['core', 'coremodules', 'coreinstances', 'corestack', 'name'].includes(label ?? '');
  return header.id === 2 || header.id === 5 || header.id === 6;
}

/** The known section that a part is: a custom section named `memory` is no memory section. */
function isSection(header: SectionHeader, name: string): boolean {
  const custom = ['core', 'coremodules', 'coreinstances', 'corestack', 'name'].includes(name);
  return custom === (header.id === 0) && sectionLabel(header) === name;
}

/**
 * Decodes the small sections, in any order, each on its own: one that fails keeps what came before and the rest of the
 * file is decoded (format.md section 6).
 */
export function assemble(parts: readonly Part[], headers: readonly SectionHeader[]): Assembled {
  const problems: Problem[] = duplicates(headers);
  const first = (name: string): Part | undefined => parts.find(({ header }) => isSection(header, name));
  const report = (name: string, part: Part, stop: Stop | null): void => {
    if (stop === null || (!part.whole && stop.short)) return;
    problems.push({ section: name, offset: stop.offset, message: stop.message });
  };
  const vector = <T>(name: string, read: (cursor: Cursor, part: Part) => Decoded<T>): readonly T[] => {
    const part = first(name);
    if (part === undefined) return [];
    const decoded = read(new Cursor(part.bytes, part.header.content), part);
    report(name, part, decoded.stopped);
    return decoded.items;
  };

  const imports = vector('import', readImports);
  const modules = vector('coremodules', (cursor, part) => readModules(cursor, part.whole));
  const declarations = readDeclarations(imports, vector('memory', readMemories), problems);
  const importedGlobals = imports.filter((entry) => entry.kind === 'global');
  const before = importedGlobals.map((): Constant => ({ type: 'unknown' }));
  const entries = vector('global', (cursor) => readGlobals(cursor, before));
  for (const { mismatch, offset, type, value } of entries) {
    if (!mismatch) continue;
    problems.push({
      section: 'global',
      offset,
      message: `initialiser of type ${value.type}, expected ${type}`,
    });
  }
  const globals: Global[] = [
    ...importedGlobals.map(
      ({ type, mutable }): Global => ({ type, mutable, value: { type: 'missing' }, imported: true }),
    ),
    ...entries.map(toGlobal),
  ];
  const listed = vector('coreinstances', readInstances);
  const instances = toInstances(listed, modules.length, declarations.length, globals.length);

  const core = first('core');
  const process = core === undefined ? null : readCore(new Cursor(core.bytes, core.header.content));
  if (core !== undefined && process !== null) report('core', core, process.stopped);

  const stacks = parts.filter(({ header }) => isSection(header, 'corestack'));
  const { threads, problems: stackProblems } = readThreads(
    stacks.map(({ header, bytes, whole }) => ({ bytes, offset: header.content, whole })),
  );
  for (const problem of stackProblems) problems.push(problem);

  const namePart = first('name');
  const names =
    namePart === undefined ? NO_NAMES : readNames(new Cursor(namePart.bytes, namePart.header.content));
  if (namePart !== undefined) report('name', namePart, names.stopped);

  const values: Constant[] = [
    ...before,
    ...entries.map(({ mismatch, value }): Constant => (mismatch ? { type: 'unknown' } : value)),
  ];
  return {
    dump: { process: { name: process?.name ?? null }, threads, modules, instances, declarations, globals },
    problems,
    names,
    globalValues: (index) => values[index] ?? { type: 'unknown' },
    listedInstances: listed.length,
  };
}

function duplicates(headers: readonly SectionHeader[]): Problem[] {
  const problems: Problem[] = [];
  for (const name of ONCE) {
    for (const { offset } of headers.filter((header) => isSection(header, name)).slice(1)) {
      problems.push({ section: name, offset, message: `a second ${name} section; the first counts` });
    }
  }
  return problems;
}

const readMemories = (cursor: Cursor): Decoded<MemoryType> =>
  readVector(cursor, 'memory', () => readMemoryType(cursor));

const REACH_32 = 2n ** 32n;
const REACH_64 = 2n ** 64n;

/** Bytes as a number, capped at 2^53 - 1. */
function capped(bytes: bigint): Bytes {
  return bytes > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(bytes);
}

function readDeclarations(
  imports: readonly Import[],
  own: readonly MemoryType[],
  problems: Problem[],
): MemoryDeclaration[] {
  const imported = imports.flatMap((entry) => (entry.kind === 'memory' ? [entry.memory] : []));
  return [...imported, ...own].map((memory, index) => {
    const page = BigInt(memory.pageSize);
    const minimum = memory.minimumPages * page;
    const reach = memory.memory64 ? REACH_64 : REACH_32;
    const tooLarge = minimum > reach;
    if (tooLarge) {
      const message = `memory ${index} declares ${minimum} bytes; its addresses reach ${reach}`;
      problems.push({ section: 'memory', offset: null, message });
    }
    return {
      minimumPages: capped(memory.minimumPages),
      minimum: capped(minimum),
      maximum: memory.maximumPages === null ? null : capped(memory.maximumPages * page),
      pageSize: memory.pageSize,
      customPageSize: memory.customPageSize,
      memory64: memory.memory64,
      shared: memory.shared,
      imported: index < imported.length,
      tooLarge,
    };
  });
}

function toGlobal({ type, mutable, value, mismatch }: GlobalEntry): Global {
  return { type, mutable, value: mismatch ? { type: 'missing' } : toGlobalValue(value), imported: false };
}

function toGlobalValue(value: Constant): GlobalValue {
  return value.type === 'empty' || value.type === 'unknown' ? { type: 'missing' } : value;
}

/**
 * The instances, with indices out of range as null: not captured. Wasmtime 50 writes ff ff ff ff 0f for a global that
 * it did not capture (fixture wasmtime/v50-component). A file that lists none has an implicit one.
 */
function toInstances(
  listed: readonly {
    readonly module: number;
    readonly memories: readonly number[];
    readonly globals: readonly number[];
  }[],
  modules: number,
  memories: number,
  globals: number,
): Instance[] {
  if (listed.length === 0) {
    const module = modules === 1 ? 0 : null;
    const all = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
    return [{ module, memories: all(memories), globals: all(globals), implicit: true }];
  }
  const within = (limit: number) => (index: number) => (index < limit ? index : null);
  return listed.map((entry) => ({
    module: within(modules)(entry.module),
    memories: entry.memories.map(within(memories)),
    globals: entry.globals.map(within(globals)),
    implicit: false,
  }));
}

/** A raw image of a memory as a declaration: all of it is there, nothing more is known. */
export function imageDeclaration(size: Bytes): MemoryDeclaration {
  return {
    minimumPages: size / PAGE,
    minimum: size,
    maximum: null,
    pageSize: PAGE,
    customPageSize: false,
    memory64: false,
    shared: false,
    imported: false,
    tooLarge: false,
  };
}
