import type { Address, Bytes } from '../bytes/units';
import { floatOf } from '../coredump/floats';
import type { Dump, Frame, Global, Instance, Producer, Thread, Value } from '../coredump/model';
import { placeholders } from '../coredump/placeholders';
import { BodyScan } from '../wasm/body';
import type { FunctionType } from '../wasm/type-section';
import type { CauseFrame, CodeFacts, DumpFacts, Site, StackPointer } from './cause/types';
import { type CodeTypes, functionType, signatureOf } from './code-types';
import type { FrameName, FramePlace } from './frame-name';
import type { Scalar } from './operands/expression';
import { type Tables, tableEntry } from './tables';

/** Frames at the young end that are looked at: no runtime's panic machinery is deeper. */
export const MOST_FRAMES = 40;
/** A body with more instructions is not followed. */
const MOST_INSTRUCTIONS = 400_000;

/** What is read of the dump and its modules to find the cause, by the dump's indices. */
export interface CauseSource {
  readonly dump: Pick<Dump, 'globals' | 'instances'>;
  readonly producer: Producer;
  /** The dump's index of `__stack_pointer`; null: not known. */
  readonly stackPointer: number | null;
  readonly memorySize: (memory: number) => Bytes | null;
  /** Bytes that are all known, captured or zero by evidence; null where one is not. */
  readonly read: (memory: number, address: Address, length: Bytes) => Promise<Uint8Array | null>;
  /** Unknown bytes as 0. */
  readonly peek: (memory: number, address: Address, length: Bytes) => Promise<Uint8Array>;
  /** Where the shadow stack lies in a memory. */
  readonly stackBounds: (memory: number) => { readonly low: Address | null; readonly high: Address | null };
  readonly body: (place: FramePlace) => Promise<Uint8Array>;
  readonly code: (module: number) => Promise<CodeFacts | null>;
}

/** Whether a code offset of 0 says that the place is not known (format.md section 5). */
export function zeroMeansUnknown({ name }: Producer): boolean {
  return name === 'wasmtime' || name === 'wasmer';
}

/** The young end of a thread's stack, with the code that each frame stands in. */
export async function causeFrames(
  source: CauseSource,
  thread: Thread,
  names: readonly FrameName[],
): Promise<CauseFrame[]> {
  const frames: CauseFrame[] = [];
  for (const [index, frame] of thread.frames.slice(0, MOST_FRAMES).entries()) {
    const name = names[index];
    const place = name?.place ?? null;
    const spelled = [name?.function ?? null, name?.raw ?? null].filter((text) => text !== null);
    const inlined = (name?.lines ?? []).flatMap((line) => (line.function === null ? [] : [line.function]));
    const guessed = placeholders(source.producer.name, thread.layout, index, frame.locals);
    const site = place === null || name?.doubtful === true ? null : await siteOf(source, place);
    const func = place?.function ?? frame.function;
    const declared = (local: number, value: Scalar | null): boolean =>
      site === null || value === null || value.type === localType(site, func, local);
    frames.push({
      function: func,
      codeOffset: frame.codeOffset,
      names: [...spelled, ...inlined],
      files: (name?.lines ?? []).flatMap(({ file }) => (file === null ? [] : [file])),
      site,
      local: (local) => {
        const value = local < guessed ? null : scalarOf(frame.locals[local]);
        return declared(local, value) ? value : null;
      },
    });
  }
  return frames;
}

/** The declared type: WasmEdge writes the low 4 bytes of every value and calls them i32. */
function localType({ code, index: { locals } }: Site, func: number, index: number): string | null {
  const parameters = code.parameters(func);
  if (parameters === null) return null;
  if (index < parameters.length) return parameters[index] ?? null;
  let left = index - parameters.length;
  for (const { count, type } of locals) {
    if (left < count) return type;
    left -= count;
  }
  return null;
}

async function siteOf(source: CauseSource, place: FramePlace): Promise<Site | null> {
  const code = await source.code(place.module);
  if (code === null) return null;
  const body = await source.body(place);
  const scan = new BodyScan(body);
  if (!scan.advance(MOST_INSTRUCTIONS)) return null;
  return { body, index: scan.index(), offset: place.offset, code };
}

/** What the dump holds of the instance that the youngest frame runs in. */
export function dumpFacts(source: CauseSource, youngest: Frame): DumpFacts {
  const { dump, producer } = source;
  const instance = instanceOf(dump, youngest);
  const memory = (index: number): number | null => instance?.memories[index] ?? null;
  const stack = memory(0);
  const global = (index: number): Scalar | null => {
    const own = instance?.globals[index] ?? null;
    return own === null ? null : scalarOfGlobal(dump.globals[own]);
  };
  return {
    global,
    stackPointer: stackPointerOf(source, instance, global),
    stackRegion: stack === null ? { low: null, high: null } : source.stackBounds(stack),
    memorySize: (index) => {
      const own = memory(index);
      return own === null ? null : source.memorySize(own);
    },
    read: async (index, address, length) => {
      const own = memory(index);
      return own === null ? null : source.read(own, address, length);
    },
    peek: async (index, address, length) => {
      const own = memory(index);
      return own === null ? new Uint8Array(length) : source.peek(own, address, length);
    },
    onlyUnreachable:
      producer.name === 'rewriter'
        ? 'The wasm-coredump rewriter catches unreachable and no other trap.'
        : null,
  };
}

/** Most old layouts do not say which instance ran, and the rewriter writes any number: where there is one, it is that. */
function instanceOf({ instances }: CauseSource['dump'], { instance }: Frame): Instance | null {
  const named = instance === null ? undefined : instances[instance];
  return named ?? (instances.length === 1 ? (instances[0] ?? null) : null);
}

function stackPointerOf(
  source: CauseSource,
  instance: Instance | null,
  global: (index: number) => Scalar | null,
): StackPointer | null {
  if (source.stackPointer === null || instance === null) return null;
  const index = instance.globals.indexOf(source.stackPointer);
  const value = index < 0 ? null : global(index);
  if (value === null || value.type !== 'i32') return null;
  return { global: index, value: Number(value.value) };
}

/** A value as it is counted with; null: it is no number, or not in the dump. */
export function scalarOf(value: Value | undefined): Scalar | null {
  switch (value?.type) {
    case 'i32':
      return { type: 'i32', value: BigInt(value.value) };
    case 'i64':
      return { type: 'i64', value: value.value };
    case 'f32':
    case 'f64':
      return { type: value.type, value: floatOf(value) };
    default:
      return null;
  }
}

function scalarOfGlobal(global: Global | undefined): Scalar | null {
  const value = global?.value;
  if (value?.type === 'i32' || value?.type === 'i64' || value?.type === 'f32' || value?.type === 'f64')
    return scalarOf(value);
  return null;
}

/** What a module's sections say of its code. */
export function codeFacts(
  types: CodeTypes,
  tables: Tables,
  importedFunctions: number,
  functionName: (index: number) => string | null,
): CodeFacts {
  const arity = (type: FunctionType | null) =>
    type === null ? null : { parameters: type.parameters.length, results: type.results.length };
  const text = (type: FunctionType | null) =>
    type === null ? null : `(${type.parameters.join(', ')}) -> (${type.results.join(', ')})`;
  return {
    arities: {
      function: (index) => arity(signatureOf(types, index)),
      type: (index) => arity(functionType(types, index)),
    },
    importedFunctions,
    functionName: (index) => functionName(index) ?? types.imports[index] ?? types.exports.get(index) ?? null,
    parameters: (index) => signatureOf(types, index)?.parameters ?? null,
    typeOfFunction: (index) => text(signatureOf(types, index)),
    typeText: (index) => text(functionType(types, index)),
    table: (table, index) => tableEntry(tables, table, index),
  };
}
