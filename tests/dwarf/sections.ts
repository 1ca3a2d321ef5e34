import { BytesSource } from '../../src/bytes/bytes-source';
import { type DebugInfo, type DebugSections, openDebugInfo } from '../../src/dwarf/debug-info';
import type { CodeRange } from '../../src/dwarf/model';
import { readModuleSymbols } from '../../src/symbols/debug-module';
import { type SectionHeader, walkSections } from '../../src/wasm/sections';

/** Debug sections that are in memory, by name. */
export function sectionsOf(content: Readonly<Record<string, Uint8Array>>): DebugSections {
  const of = (name: string): Uint8Array => content[name] ?? new Uint8Array(0);
  return {
    names: Object.keys(content),
    size: (name) => of(name).length,
    read: async (name, offset, length, signal) => {
      signal?.throwIfAborted();
      return of(name).slice(offset, offset + length);
    },
  };
}

/** The custom sections of a module, without copies. */
export async function customSections(module: Uint8Array): Promise<Record<string, Uint8Array>> {
  const headers: SectionHeader[] = [];
  for await (const event of walkSections(new BytesSource(module), 8))
    if (event.kind === 'section') headers.push(event.section);
  return Object.fromEntries(
    headers.flatMap(({ name, content, offset, size }) =>
      name === null ? [] : [[name, module.subarray(content, offset + size)]],
    ),
  );
}

export interface OpenModule {
  readonly info: DebugInfo | null;
  /** Of the functions, in the module's index space; null: imported. */
  readonly bodies: readonly (CodeRange | null)[];
}

/** Opens a module's DWARF, with its bodies in code addresses. */
export async function openModule(
  module: Uint8Array,
  companions: readonly DebugSections[] = [],
): Promise<OpenModule> {
  const symbols = await readModuleSymbols(new BytesSource(module));
  const { importedFunctions, code } = symbols;
  const bodies: (CodeRange | null)[] = Array.from({ length: importedFunctions }, () => null);
  for (let at = 0; at < (code?.bodies.count ?? 0); at += 1) {
    const start = code?.bodies.offsets[at] ?? 0;
    bodies.push({ start, end: start + (code?.bodies.sizes[at] ?? 0) });
  }
  return { info: await openDebugInfo(sectionsOf(await customSections(module)), companions), bodies };
}
