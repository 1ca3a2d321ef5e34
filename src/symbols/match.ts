import type { Frame, Producer, Thread } from '../coredump/model';
import { bodyOf, type ModuleSymbols } from './debug-module';

/** What a codeoffset counts from (format.md section 5). */
export type OffsetBase = 'body' | 'section' | 'file' | 'unknown';

/** Whether a debug module can be the one that ran, with both numbers. */
export interface Match {
  readonly fits: boolean;
  /** Frames of that module whose function is in range and whose offset is inside its body. */
  readonly inside: number;
  readonly frames: number;
  readonly evidence: string;
}

/** The base that a producer's versions use; where the layout has no offset, or it is always 0, there is none to test. */
function baseOf(producer: Producer): OffsetBase {
  if (producer.name === 'wasmedge' && producer.versions.startsWith('0.15')) return 'file';
  if (producer.name === 'rewriter' && producer.versions.startsWith('0.1.1')) return 'section';
  return 'body';
}

/**
 * Checks a module against the frames of a dump that run in it: a name is used only when every frame's function exists
 * and its offset lies inside the body. `frames` youngest first, of one module.
 */
export function matchModule(
  symbols: ModuleSymbols,
  threads: readonly (readonly Frame[])[],
  producer: Producer,
): Match {
  const base = baseOf(producer);
  let frames = 0;
  let inside = 0;
  for (const thread of threads) {
    for (const frame of thread) {
      frames += 1;
      if (isInside(symbols, frame, base)) inside += 1;
    }
  }
  const fits = frames > 0 && inside === frames;
  const evidence =
    frames === 0
      ? 'no frame of the dump runs in it'
      : `${inside} of ${frames} ${frames === 1 ? 'frame lies' : 'frames lie'} inside ${frames === 1 ? 'its' : 'their'} function`;
  return { fits, inside, frames, evidence };
}

function isInside(symbols: ModuleSymbols, frame: Frame, base: OffsetBase): boolean {
  const { code } = symbols;
  if (code === null) return frame.function < symbols.functions;
  // WasmEdge's function index is not to be relied on, its offset is the caller's: only the section can be checked.
  if (base === 'file') {
    const offset = frame.codeOffset ?? 0;
    return frame.function < symbols.functions && offset >= code.payload && offset < code.end;
  }
  const body = bodyOf(symbols, frame.function);
  if (body === null) return false;
  const offset = frame.codeOffset;
  if (offset === null || offset === 0) return true;
  if (offset < body.size) return true;
  if (base !== 'section') return false;
  // rewriter 0.1.20 to 0.2.1: from the section's id byte, less the size of the body's own size (1 to 5 bytes).
  const pc = code.sectionStart + offset;
  return pc >= body.start - 5 && pc < body.start + body.size;
}

/** The frames of each thread that run in one module of the dump; all of them where the dump does not say. */
export function framesIn(
  threads: readonly Thread[],
  instances: readonly { readonly module: number | null }[],
  module: number | null,
): (readonly Frame[])[] {
  return threads.map(({ frames }) =>
    frames.filter((frame) => {
      const of = frame.instance === null ? null : (instances[frame.instance]?.module ?? null);
      return module === null || of === null || of === module;
    }),
  );
}
