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
 * A function's name: of the name section, else of debug information (its linkage name first), an export, an import.
 * The name section stands before DWARF though both come from one compiler, because it has the linker's name: clang calls
 * `int main(int, char **)` `__main_argc_argv` in DWARF's linkage name and the linker calls it `main`; `int main(void)` is
 * `main` in DWARF and `__original_main` to the linker, and beside it there can be another `main` of the C library
 * (fixtures wasmtime/c-divide-O0, wasmedge/indirect). For C++ and Rust both have the same mangled name; DWARF's plain name
 * would say less. What DWARF calls the function stands in its line. Held by tests/session/symbols.test.ts.
 */
export function functionNameOf(
  { exports, imports, names }: FunctionNameTables,
  index: number,
  debug: DebugFunction | null,
  demangle: Demangle | null,
): FunctionName {
  const candidates: readonly (readonly [string | null | undefined, NameOrigin])[] = [
    [names.functions.get(index), 'names'],
    [debug?.linkageName, 'dwarf'],
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
