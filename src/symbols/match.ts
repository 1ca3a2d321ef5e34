import type { Frame, Producer, Thread } from '../coredump/model';
import { bodyOf, type ModuleSymbols } from './debug-module';
import { functionAt } from './wasmedge-frames';

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

/** Whether frames say where the call stands that entered them, and not where they are (format.md section 5). */
export function isCallersOffset(producer: Producer): boolean {
  return baseOf(producer) === 'file';
}

/** The base that a producer's versions use; where the layout has no offset, or it is always 0, there is none to test. */
function baseOf(producer: Producer): OffsetBase {
  if (producer.name === 'wasmedge' && producer.versions.startsWith('0.15')) return 'file';
  if (producer.name === 'rewriter' && producer.versions.startsWith('0.1.1')) return 'section';
  return 'body';
}

/** The frames of a dump by the module of the dump that they run in; null: the dump does not say, it may be any. */
export type FramesByModule = ReadonlyMap<number | null, readonly Frame[]>;

/** Groups the frames once: a dump can list as many modules as it has bytes, and asking each of all frames is their product. */
export function framesByModule(
  threads: readonly Thread[],
  instances: readonly { readonly module: number | null }[],
): FramesByModule {
  const groups = new Map<number | null, Frame[]>();
  for (const { frames } of threads) {
    for (const frame of frames) {
      const module = frame.instance === null ? null : (instances[frame.instance]?.module ?? null);
      const group = groups.get(module);
      if (group === undefined) groups.set(module, [frame]);
      else group.push(frame);
    }
  }
  return groups;
}

/**
 * Checks a debug module against the frames that run in a module of the dump: a name is used only when every frame's
 * function exists and its offset lies inside the body.
 */
export class Matcher {
  readonly #symbols: ModuleSymbols;
  readonly #groups: FramesByModule;
  readonly #base: OffsetBase;
  /** Frames that may be any module's, and how many of them are inside: counted once. */
  readonly #anywhere: { readonly inside: number; readonly frames: number };

  constructor(symbols: ModuleSymbols, groups: FramesByModule, producer: Producer) {
    this.#symbols = symbols;
    this.#groups = groups;
    this.#base = baseOf(producer);
    this.#anywhere = this.#count(groups.get(null) ?? []);
  }

  /** @param module of the dump; null: it lists none, so all frames are the debug module's. */
  match(module: number | null): Match {
    if (module === null) return verdict(this.#count([...this.#groups.values()].flat()));
    const own = this.#count(this.#groups.get(module) ?? []);
    return verdict({
      inside: own.inside + this.#anywhere.inside,
      frames: own.frames + this.#anywhere.frames,
    });
  }

  #count(frames: readonly Frame[]): { readonly inside: number; readonly frames: number } {
    const inside = frames.filter((frame) => isInside(this.#symbols, frame, this.#base)).length;
    return { inside, frames: frames.length };
  }
}

function verdict({ inside, frames }: { readonly inside: number; readonly frames: number }): Match {
  const one = frames === 1;
  const evidence =
    frames === 0
      ? 'no frame of the dump runs in it'
      : `${inside} of ${frames} ${one ? 'frame lies' : 'frames lie'} inside ${one ? 'its' : 'their'} function`;
  return { fits: frames > 0 && inside === frames, inside, frames, evidence };
}

function isInside(symbols: ModuleSymbols, frame: Frame, base: OffsetBase): boolean {
  const { code } = symbols;
  if (code === null) return frame.function < symbols.functions;
  // WasmEdge's function index is not to be relied on, its offset is the caller's: that some body holds it is all there is.
  if (base === 'file') return functionAt(symbols, frame.codeOffset ?? 0) !== null;
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
