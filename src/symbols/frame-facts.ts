import type { Frame, Thread } from '../coredump/model';
import type { DebugInfo, SourceLine } from '../dwarf/model';
import { bodyOf, type ModuleSymbols } from './debug-module';
import type { FramePlace } from './frame-name';
import { isKnown, type OffsetBase } from './offset-base';
import { type Sights, sightKey } from './sights';
import { wasmedgeFunctions } from './wasmedge-frames';

/** What a debug module knows of a frame that runs in it. Frames of one place share one object. */
export interface FrameFacts {
  /** The function that it truly runs in; null: it cannot be told. */
  readonly function: number | null;
  readonly place: FramePlace | null;
  /** Innermost inlined function first. */
  readonly lines: readonly SourceLine[];
}

export type FactsByFrame = ReadonlyMap<Frame, FrameFacts>;

export const NO_FACTS: FactsByFrame = new Map();

/** The frames of a dump that run in a debug module, and the base by which their offsets are read. */
export interface MatchedFrames {
  /** The debug module's id. */
  readonly id: number;
  readonly symbols: ModuleSymbols;
  readonly sights: Sights;
  readonly base: OffsetBase | null;
  readonly threads: readonly Thread[];
  readonly runsIn: (frame: Frame) => boolean;
}

/** Where each frame stands in the module's code. An offset that leads nowhere has no place: nothing is guessed from it. */
export function placeFrames(matched: MatchedFrames): FactsByFrame {
  const { base, runsIn, threads } = matched;
  const known = new Map<string, FrameFacts>();
  const shared = (facts: FrameFacts): FrameFacts => {
    const key = `${facts.function} ${facts.place?.offset ?? ''}`;
    const before = known.get(key);
    if (before === undefined) known.set(key, facts);
    return before ?? facts;
  };
  const all = new Map<Frame, FrameFacts>();
  const functions = base === 'file' ? wasmedgeFunctions(matched.symbols, threads, matched.sights) : null;
  for (const { frames } of threads) {
    for (const [index, frame] of frames.entries()) {
      if (!runsIn(frame)) continue;
      // WasmEdge to 0.17 says in each frame where it was called: a frame stands where the one above says.
      const told = base === 'file' ? frames[index - 1] : frame;
      const place = told === undefined ? null : placeOfFrame(matched, told);
      all.set(
        frame,
        shared({
          function: functions?.get(frame) ?? (functions === null ? frame.function : null),
          place,
          lines: [],
        }),
      );
    }
  }
  return all;
}

function placeOfFrame(
  { base, id, sights }: MatchedFrames,
  { codeOffset, function: index }: Frame,
): FramePlace | null {
  if (base === null || !isKnown(base, codeOffset)) return null;
  const sight = sights.get(sightKey(base, index, codeOffset));
  return sight?.kind === 'instruction' ? { module: id, ...sight.place } : null;
}

/**
 * The same facts with source lines. Each place is asked for once, youngest frames first.
 * @param pause awaited between places: it yields to other work when a slice is over.
 * @throws the signal's reason when it is aborted; what the debug information's source throws.
 */
export async function addLines(
  facts: FactsByFrame,
  symbols: ModuleSymbols,
  debug: DebugInfo,
  pause: () => Promise<void>,
  signal?: AbortSignal,
): Promise<FactsByFrame> {
  const { code } = symbols;
  if (code === null) return facts;
  const withLines = new Map<FrameFacts, FrameFacts>();
  const all = new Map<Frame, FrameFacts>();
  for (const [frame, before] of facts) {
    const known = withLines.get(before);
    const after = known ?? { ...before, lines: await linesOf(before, symbols, code.payload, debug, signal) };
    if (known === undefined) {
      withLines.set(before, after);
      await pause();
    }
    all.set(frame, after);
  }
  return all;
}

/** Of a frame whose place is not known no line is said. */
async function linesOf(
  { function: index, place }: FrameFacts,
  symbols: ModuleSymbols,
  payload: number,
  debug: DebugInfo,
  signal?: AbortSignal,
): Promise<readonly SourceLine[]> {
  const body = index === null ? null : bodyOf(symbols, index);
  if (body === null || place === null) return [];
  const start = body.start - payload;
  return debug.lines(start + place.offset, { start, end: start + body.size }, signal);
}
