import type { ByteSource } from '../bytes/source';
import { contentsOf } from '../wasm/contents';
import { readExports } from '../wasm/export-section';
import { readImports } from '../wasm/import-section';
import type { SectionHeader } from '../wasm/sections';
import { type CompositeType, type FunctionType, readTypes } from '../wasm/type-section';
import { readVector } from '../wasm/vector';

/** What a module's code is read with beside its names: what functions take and give, and what imports and exports are called. */
export interface CodeTypes {
  readonly types: readonly CompositeType[];
  /** The type of each function, imported ones first, by its index. */
  readonly functions: readonly number[];
  /** `module.name` of each imported function. */
  readonly imports: readonly string[];
  /** The first name under which a function is exported. */
  readonly exports: ReadonlyMap<number, string>;
}

/**
 * Reads the sections that say what functions are. What does not decode is left out: it is a hint, not the code.
 * @param headers of the module's sections, as `ModuleSymbols` has them.
 */
export async function readCodeTypes(
  source: ByteSource,
  headers: readonly SectionHeader[],
  signal?: AbortSignal,
): Promise<CodeTypes> {
  const content = contentsOf(source, headers, signal);
  const [types, imports, functions, exports] = [
    await content(1),
    await content(2),
    await content(3),
    await content(7),
  ];
  const imported = (imports === null ? [] : readImports(imports).items).filter(
    (entry) => entry.kind === 'function',
  );
  const declared =
    functions === null ? [] : readVector(functions, 'function', () => functions.u32('type index')).items;
  const exported = new Map<number, string>();
  for (const { kind, name, index } of exports === null ? [] : readExports(exports).items)
    if (kind === 0 && !exported.has(index)) exported.set(index, name);
  return {
    types: types === null ? [] : readTypes(types).items,
    functions: [...imported.map(({ type }) => type), ...declared],
    imports: imported.map(({ module, name }) => `${module}.${name}`),
    exports: exported,
  };
}

/** What a type is where it is a function's; null else, and where the module has no such type. */
export function functionType({ types }: CodeTypes, index: number): FunctionType | null {
  const type = types[index];
  return type?.kind === 'func' ? type : null;
}

/** What a function takes and gives; null where the module does not say. */
export function signatureOf(types: CodeTypes, index: number): FunctionType | null {
  const type = types.functions[index];
  return type === undefined ? null : functionType(types, type);
}
