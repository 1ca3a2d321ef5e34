import type { Frame, Thread } from '../coredump/model';
import { functionAt, type ModuleSymbols } from './debug-module';
import { type Sights, sightKey } from './sights';

/** The functions that frames truly run in, where that is not what they say; null: it cannot be told. */
export type FunctionsByFrame = ReadonlyMap<Frame, number | null>;

/**
 * The true functions of WasmEdge 0.15 to 0.17, as far as the module shows them.
 *
 * Its `funcidx` is the call's target, so of a frame that was entered by `call_indirect` it is a type index, and the
 * outermost frame always says 1. Its `codeoffset` is the file offset of the *caller's* call, and in the outermost
 * frame of its own final `end`: so a frame runs in the function that the offset of the frame called by it lies in.
 * Fixture wasmedge/indirect: frame 0 says 0, an import, and is `scale`; frame 4 says 1 and is `_start.command_export`.
 * Held by tests/symbols/names.test.ts.
 */
export function wasmedgeFunctions(
  symbols: ModuleSymbols,
  threads: readonly Thread[],
  sights: Sights,
): FunctionsByFrame {
  const functions = new Map<Frame, number | null>();
  for (const { frames } of threads) {
    for (const [index, frame] of frames.entries()) {
      const outermost = index === frames.length - 1;
      const called = outermost ? frame : frames[index - 1];
      const found = called === undefined ? null : functionAt(symbols, called.codeOffset ?? 0);
      functions.set(frame, found ?? calledBy(sights, frame));
    }
  }
  return functions;
}

/** The youngest of several frames was called where it says; a call through a table does not tell which function it called. */
function calledBy(sights: Sights, frame: Frame): number | null {
  const sight = sights.get(sightKey('file', frame.function, frame.codeOffset ?? 0));
  return sight?.kind === 'instruction' ? sight.target : null;
}
