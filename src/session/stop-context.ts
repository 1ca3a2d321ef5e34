import type { Instance, Value } from '../coredump/model';
import { placeholders } from '../coredump/placeholders';
import { readMemory } from '../memory/read';
import { type CodeTypes, functionType, signatureOf } from '../symbols/code-types';
import type { ModuleSymbols } from '../symbols/debug-module';
import type { StopContext } from '../symbols/stop-reason';
import type { BodyIndex } from '../wasm/body';
import { type FrameAt, frameAt } from './frame-code';
import type { OpenDump } from './open-dump';

/** What the dump holds of a thread's youngest frame, for its operands to be worked out from. */
export function stopContext(
  open: OpenDump,
  at: FrameAt,
  func: number,
  code: {
    readonly index: BodyIndex;
    readonly types: CodeTypes;
    readonly module: { readonly symbols: ModuleSymbols };
  },
  signal: AbortSignal,
): Omit<StopContext, 'name'> {
  const { dump } = open.walked.assembled;
  const frame = frameAt(open, at);
  const instance = frame === undefined ? undefined : instanceOf(dump.instances, frame.instance);
  const layout = dump.threads[at.thread]?.layout ?? null;
  const locals = frame?.locals ?? [];
  const made = placeholders(open.producer.name, layout, at.frame, locals);
  const memoryOf = (own: number) => {
    const index = instance?.memories[own] ?? null;
    return index === null ? null : open.model(index);
  };
  return {
    signature: (index) => signatureOf(code.types, index),
    type: (index) => functionType(code.types, index),
    isImport: (index) => index < code.module.symbols.importedFunctions,
    local: (index) => {
      const value = index < made ? undefined : locals[index];
      return value !== undefined && value.type === localType(code, func, index) ? value : null;
    },
    global: (index) => {
      const global = dump.globals[instance?.globals[index] ?? -1];
      return global === undefined ? null : numberOf(global.value);
    },
    memorySize: (memory) => memoryOf(memory)?.size ?? null,
    read: async (memory, address, length) => {
      const model = memoryOf(memory);
      if (model === null) return null;
      const { bytes, states } = await readMemory(
        open.source,
        open.index.table,
        model,
        address,
        length,
        signal,
      );
      const known = states.every(({ state }) => state === 'captured' || state === 'zero-elided');
      return known ? bytes : null;
    },
  };
}

/** Most old layouts do not say which instance ran, and the rewriter writes any number: where there is one, it is that. */
function instanceOf(instances: readonly Instance[], index: number | null): Instance | undefined {
  const named = index === null ? undefined : instances[index];
  return named ?? (instances.length === 1 ? instances[0] : undefined);
}

/** The declared type: WasmEdge writes the low 4 bytes of every value and calls them i32. */
function localType(
  { index: { locals }, types }: { readonly index: BodyIndex; readonly types: CodeTypes },
  func: number,
  index: number,
): string | null {
  const parameters = signatureOf(types, func)?.parameters;
  if (parameters === undefined) return null;
  if (index < parameters.length) return parameters[index] ?? null;
  let left = index - parameters.length;
  for (const { count, type } of locals) {
    if (left < count) return type;
    left -= count;
  }
  return null;
}

function numberOf(value: { readonly type: string }): Value | null {
  return isNumber(value) ? value : null;
}

function isNumber(value: { readonly type: string }): value is Value {
  return value.type === 'i32' || value.type === 'i64' || value.type === 'f32' || value.type === 'f64';
}
