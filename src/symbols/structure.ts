import type { Dump, Instance } from '../coredump/model';
import type { ModuleSymbols } from './debug-module';

type DumpLists = Pick<Dump, 'instances' | 'globals' | 'declarations'>;

/** Whether a module's memories and globals are those that the dump lists for it. `silent`: the dump lists none. */
export type Structure =
  | { readonly kind: 'silent' }
  | { readonly kind: 'agrees'; readonly text: string }
  | { readonly kind: 'differs'; readonly text: string };

/** Types that the dump has as the module has them. Wasmtime widens references: `eqref` becomes `anyref` (fixture wasmtime/globals). */
const NUMERIC: ReadonlySet<string> = new Set(['i32', 'i64', 'f32', 'f64', 'v128']);

/**
 * Holds the memories and globals of a module against those of its instances in the dump: how many globals, of which
 * type and mutability, and whether each memory is as large as it is declared. A dump may leave memories out (Wasmtime 48
 * shared ones, fixture wasmtime/shared-memory), so fewer memories say nothing, and then neither do their sizes.
 */
export function structureOf(symbols: ModuleSymbols, dump: DumpLists, module: number | null): Structure {
  const instances = dump.instances.filter((instance) => !instance.implicit && instance.module === module);
  let agrees: string | null = null;
  let differs: string | null = null;
  for (const instance of instances) {
    const text = differenceOf(symbols, dump, instance);
    if (text === null) agrees = words(symbols, instance);
    else differs ??= text;
  }
  // One instance of several may be of another module: what a dump says of instances is not always right.
  if (agrees !== null) return { kind: 'agrees', text: agrees };
  return differs === null ? { kind: 'silent' } : { kind: 'differs', text: differs };
}

const counted = (value: number, one: string, many = `${one}s`): string =>
  `${value} ${value === 1 ? one : many}`;

function words({ globals }: ModuleSymbols, instance: Instance): string {
  const memories = counted(instance.memories.length, 'memory', 'memories');
  return `${memories} and ${counted(globals.length, 'global')} agree`;
}

function differenceOf(symbols: ModuleSymbols, dump: DumpLists, instance: Instance): string | null {
  const { globals, memories } = symbols;
  if (instance.globals.length !== globals.length)
    return `the module has ${counted(globals.length, 'global')}, its instance in the dump ${instance.globals.length}`;
  for (const [index, target] of instance.globals.entries()) {
    const found = target === null ? undefined : dump.globals[target];
    const expected = globals[index];
    if (found === undefined || expected === undefined) continue;
    const comparable = NUMERIC.has(found.type) || NUMERIC.has(expected.type);
    if (comparable && found.type !== expected.type)
      return `global ${index} is ${expected.type} in the module, ${found.type} in the dump`;
    if (found.mutable !== expected.mutable)
      return `global ${index} is ${mutability(expected.mutable)} in the module, ${mutability(found.mutable)} in the dump`;
  }
  if (instance.memories.length > memories.length)
    return `the module has ${counted(memories.length, 'memory', 'memories')}, its instance in the dump ${instance.memories.length}`;
  if (instance.memories.length < memories.length) return null;
  for (const [index, target] of instance.memories.entries()) {
    const found = target === null ? undefined : dump.declarations[target];
    const expected = memories[index];
    if (found === undefined || expected === undefined || found.customPageSize !== expected.customPageSize)
      continue;
    if (found.minimumPages < Number(expected.minimumPages))
      return `memory ${index} has ${found.minimumPages} pages, the module declares ${expected.minimumPages}`;
  }
  return null;
}

const mutability = (mutable: boolean): string => (mutable ? 'mutable' : 'constant');
