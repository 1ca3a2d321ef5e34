import type { NameSection } from '../wasm/name-section';
import type { Demangle } from './demangler';
import type { NameOrigin } from './frame-name';

/** What a function is called, and where that stands. */
export interface FunctionName {
  /** Demangled where it can be; null: nothing names it. */
  readonly function: string | null;
  /** As the file has it, where that differs; else null. */
  readonly raw: string | null;
  readonly from: NameOrigin | null;
}

export const NO_NAME: FunctionName = { function: null, raw: null, from: null };

/** The places of one module that name its functions. */
export interface FunctionNameTables {
  readonly names: NameSection;
  readonly exports: ReadonlyMap<number, string>;
  readonly imports: ReadonlyMap<number, string>;
}

/** What debug information calls a function. */
export interface DebugFunction {
  /** DW_AT_name. */
  readonly function: string | null;
  /** DW_AT_linkage_name. */
  readonly linkageName: string | null;
}

/**
 * A function's name: DWARF's linkage name, else the name section, DWARF's plain name, an export, an import. The plain
 * name stands behind the name section because the linker's name says more: clang calls `int main(void)` `main` in DWARF
 * and `__original_main` in code, and beside it there is a `main` of the C library (fixture wasmedge/indirect). Where both
 * have a linkage name they have the same.
 */
export function functionNameOf(
  { exports, imports, names }: FunctionNameTables,
  index: number,
  debug: DebugFunction | null,
  demangle: Demangle | null,
): FunctionName {
  const candidates: readonly (readonly [string | null | undefined, NameOrigin])[] = [
    [debug?.linkageName, 'dwarf'],
    [names.functions.get(index), 'names'],
    [debug?.function, 'dwarf'],
    [exports.get(index), 'export'],
    [imports.get(index), 'import'],
  ];
  for (const [name, from] of candidates) {
    if (name === null || name === undefined || name === '') continue;
    const plain = demangle?.(name) ?? null;
    return plain === null ? { function: name, raw: null, from } : { function: plain, raw: name, from };
  }
  return NO_NAME;
}
