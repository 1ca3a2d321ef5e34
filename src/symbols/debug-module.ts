import { partition } from '../bytes/partition';
import type { ByteSource } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';
import { WindowReader } from '../bytes/windows';
import { type CodeBodies, readCodeBodies } from '../wasm/code-section';
import type { Constant } from '../wasm/const-expr';
import { readContent } from '../wasm/contents';
import { readExports } from '../wasm/export-section';
import { readGlobals } from '../wasm/global-section';
import { readImports } from '../wasm/import-section';
import { type MemoryType, readMemoryType } from '../wasm/memory-section';
import { type NameSection, NO_NAMES, readNames } from '../wasm/name-section';
import { type SectionHeader, walkSections } from '../wasm/sections';
import { readVector } from '../wasm/vector';
import { type DebugLinks, readLinks } from './debug-links';
import { type ModuleLayout, readLayout } from './module-layout';

/** A module that the user adds for its names and code. */
export interface ModuleSymbols {
  readonly importedFunctions: number;
  readonly importedGlobals: number;
  /** Imported functions and those with a body. */
  readonly functions: number;
  readonly names: NameSection;
  /** null: the module has no code section. */
  readonly code: ModuleCode | null;
  readonly layout: ModuleLayout;
  /** Names that functions are exported and imported under, by index in the function index space; the first counts. */
  readonly exports: ReadonlyMap<number, string>;
  readonly imports: ReadonlyMap<number, string>;
  /** Imported ones first, as in the index spaces. */
  readonly memories: readonly MemoryType[];
  readonly globals: readonly GlobalType[];
  /** In file order; debug information stands in custom ones. */
  readonly sections: readonly SectionHeader[];
  readonly links: DebugLinks;
}

export interface GlobalType {
  readonly type: string;
  readonly mutable: boolean;
}

export interface ModuleCode {
  readonly bodies: CodeBodies;
  /** Of the section's id byte, and of its payload: offsets are counted from either. */
  readonly sectionStart: FileOffset;
  readonly payload: FileOffset;
  readonly end: FileOffset;
}

/** Where a function's code stands in its module's file. */
export interface FunctionBody {
  /** After the body's size: the local declarations. */
  readonly start: FileOffset;
  readonly size: Bytes;
}

const NO_CODE: CodeBodies = {
  offsets: new Uint32Array(0),
  sizes: new Uint32Array(0),
  count: 0,
  problem: null,
};

/** Of a file that is no module. */
export const NO_SYMBOLS: ModuleSymbols = {
  importedFunctions: 0,
  importedGlobals: 0,
  functions: 0,
  names: NO_NAMES,
  code: null,
  layout: { segments: [], names: [], stackTop: null },
  exports: new Map(),
  imports: new Map(),
  memories: [],
  globals: [],
  sections: [],
  links: { buildId: null, debugFile: null, sourceMap: null },
};

/** The largest name section that is read whole. */
const LARGEST_NAMES: Bytes = 256 * 1024 * 1024;

/** Reads what names and offsets are checked against: imports, bodies, the name section. Nothing in it is executed. */
export async function readModuleSymbols(source: ByteSource, signal?: AbortSignal): Promise<ModuleSymbols> {
  const headers: SectionHeader[] = [];
  for await (const event of walkSections(source, 8, signal))
    if (event.kind === 'section') headers.push(event.section);
  const content = (header: SectionHeader | undefined) => readContent(source, header, LARGEST_NAMES, signal);
  const imports = await content(headers.find(({ id }) => id === 2));
  const imported = imports === null ? [] : readImports(imports).items;
  const nameCursor = await content(headers.find(({ id, name }) => id === 0 && name === 'name'));
  const codeHeader = headers.find(({ id }) => id === 10);
  const code = codeHeader === undefined ? null : await readCode(source, codeHeader, signal);
  const importedFunctions = imported.flatMap((item) => (item.kind === 'function' ? [item.name] : []));
  const importedGlobals = imported.flatMap((item): GlobalType[] => (item.kind === 'global' ? [item] : []));
  const names = nameCursor === null ? NO_NAMES : readNames(nameCursor);
  const exportCursor = await content(headers.find(({ id }) => id === 7));
  const global = await content(headers.find(({ id }) => id === 6));
  const exports = exportCursor === null ? [] : readExports(exportCursor).items;
  const data = headers.find(({ id }) => id === 11);
  const unknown = importedGlobals.map((): Constant => ({ type: 'unknown' }));
  const globals = global === null ? [] : readGlobals(global, unknown).items;
  const values = [...unknown, ...globals.map(({ value }) => value)];
  const layout = await readLayout(source, { values, exports, data, names }, signal);
  const memory = await content(headers.find(({ id }) => id === 5));
  const exported = exports.filter(({ kind }) => kind === 0).map(({ index, name }) => [index, name] as const);
  return {
    importedFunctions: importedFunctions.length,
    importedGlobals: importedGlobals.length,
    functions: importedFunctions.length + (code?.bodies.count ?? 0),
    names,
    code,
    layout,
    exports: new Map(exported.reverse()),
    imports: new Map(importedFunctions.entries()),
    memories: [
      ...imported.flatMap((item) => (item.kind === 'memory' ? [item.memory] : [])),
      ...(memory === null ? [] : readVector(memory, 'memory', () => readMemoryType(memory)).items),
    ],
    globals: [...importedGlobals, ...globals].map(({ mutable, type }) => ({ type, mutable })),
    sections: headers,
    links: await readLinks(source, headers, signal),
  };
}

async function readCode(
  source: ByteSource,
  header: SectionHeader,
  signal?: AbortSignal,
): Promise<ModuleCode> {
  const size = source.size ?? header.offset + header.size;
  const end = Math.min(header.offset + header.size, size);
  const windows = new WindowReader(source, header.offset, end, signal);
  const bodies = end > header.offset ? await readCodeBodies(windows, header.offset, end) : NO_CODE;
  windows.close();
  return { bodies, sectionStart: header.start, payload: header.offset, end };
}

/** The body of a function by its index in the module's index space; null for imports and outside. */
export function bodyOf(symbols: ModuleSymbols, index: number): FunctionBody | null {
  const { code, importedFunctions } = symbols;
  if (code === null || index < importedFunctions) return null;
  const at = index - importedFunctions;
  const start = code.bodies.offsets[at];
  const size = code.bodies.sizes[at];
  if (at >= code.bodies.count || start === undefined || size === undefined) return null;
  return { start: code.payload + start, size };
}

/** The function whose body holds a file offset of its module; null between bodies and outside. */
export function functionAt({ code, importedFunctions }: ModuleSymbols, offset: FileOffset): number | null {
  if (code === null) return null;
  const { count, offsets, sizes } = code.bodies;
  const inside = offset - code.payload;
  const body = partition(count, (at) => (offsets[at] ?? 0) <= inside) - 1;
  if (body < 0 || inside >= (offsets[body] ?? 0) + (sizes[body] ?? 0)) return null;
  return importedFunctions + body;
}
