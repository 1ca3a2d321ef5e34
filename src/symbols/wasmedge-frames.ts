import type { FileOffset } from '../bytes/units';
import type { Frame, Thread } from '../coredump/model';
import type { ModuleSymbols } from './debug-module';

/** The functions that frames truly run in, where that is not what they say; null: it cannot be told. */
export type FunctionsByFrame = ReadonlyMap<Frame, number | null>;

/** Frames run in the functions that they say. */
export const AS_WRITTEN: FunctionsByFrame = new Map();

/**
 * The true functions of WasmEdge 0.15 to 0.17, as far as the module shows them.
 *
 * Its `funcidx` is the call's target, so of a frame that was entered by `call_indirect` it is a type index, and the
 * outermost frame always says 1. Its `codeoffset` is the file offset of the *caller's* call, and in the outermost
 * frame of its own final `end`: so a frame runs in the function that the offset of the frame called by it lies in.
 * Fixture wasmedge/indirect: frame 0 says 0, an import, and is `scale`; frame 4 says 1 and is `_start.command_export`.
 * Held by tests/symbols/names.test.ts.
 */
export function wasmedgeFunctions(symbols: ModuleSymbols, threads: readonly Thread[]): FunctionsByFrame {
  const functions = new Map<Frame, number | null>();
  for (const { frames } of threads) {
    for (const [index, frame] of frames.entries()) {
      const outermost = index === frames.length - 1;
      const called = outermost ? frame : frames[index - 1];
      const found = called === undefined ? null : functionAt(symbols, called.codeOffset ?? 0);
      // Nothing says where the youngest of several frames runs; an import has no frame.
      const told = frame.function < symbols.importedFunctions ? null : frame.function;
      functions.set(frame, found ?? told);
    }
  }
  return functions;
}

/** The function whose body holds a file offset of its module; null between bodies and outside. */
export function functionAt({ code, importedFunctions }: ModuleSymbols, offset: FileOffset): number | null {
  if (code === null) return null;
  const { count, offsets, sizes } = code.bodies;
  const inside = offset - code.payload;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) <= inside) low = middle + 1;
    else high = middle;
  }
  const body = low - 1;
  if (body < 0 || inside >= (offsets[body] ?? 0) + (sizes[body] ?? 0)) return null;
  return importedFunctions + body;
}
