import type { Frame, Thread } from '../coredump/model';
import { bodyOf, type ModuleSymbols } from './debug-module';
import { BASE_WORDS, isKnown, type OffsetBase } from './offset-base';
import { type CodeEvidence, type Sight, sightKey } from './sights';

/** `doubtful`: most of what could be tested fits, and some does not. `unused`: nothing of the dump runs in it. */
export type Verdict = 'matches' | 'doubtful' | 'no-match' | 'unused';

/** Whether a debug module can be the one that ran, with the evidence as a sentence. */
export interface Match {
  readonly verdict: Verdict;
  readonly evidence: string;
  /** null: no base was found, or the dump has no offsets. */
  readonly base: OffsetBase | null;
  /** Frames that ran in it, and how many of them were tested and fit. */
  readonly frames: number;
  readonly fit: number;
}

/** A frame with its neighbours: a caller's call leads to the function of the frame above. */
interface Placed {
  readonly frame: Frame;
  /** In its thread. */
  readonly index: number;
  readonly younger: Frame | null;
  readonly outermost: boolean;
}

/** The frames of a dump by the module of the dump that they run in; null: the dump does not say, it may be any. */
export type FramesByModule = ReadonlyMap<number | null, readonly Placed[]>;

/** Groups the frames once: a dump can list as many modules as it has bytes, and asking each of all frames is their product. */
export function framesByModule(
  threads: readonly Thread[],
  instances: readonly { readonly module: number | null }[],
): FramesByModule {
  const groups = new Map<number | null, Placed[]>();
  for (const { frames } of threads) {
    for (const [index, frame] of frames.entries()) {
      const module = frame.instance === null ? null : (instances[frame.instance]?.module ?? null);
      const placed = {
        frame,
        index,
        younger: frames[index - 1] ?? null,
        outermost: index === frames.length - 1,
      };
      const group = groups.get(module);
      if (group === undefined) groups.set(module, [placed]);
      else group.push(placed);
    }
  }
  return groups;
}

/** What is wrong with a frame, in the order in which it is best told. */
interface Misfit {
  readonly index: number;
  readonly text: string;
}

/** Counts over frames; those of two groups add up. */
interface Tally {
  readonly frames: number;
  /** Their offset leads to where a frame can stand. */
  readonly good: number;
  /** It leads to an instruction, but to one where no frame is expected. */
  readonly weak: number;
  readonly bad: number;
  /** Frames other than a thread's youngest among the good. */
  readonly callers: number;
  /** What the youngest frame of the first thread stands on. */
  readonly youngest: string | null;
  readonly misfit: Misfit | null;
}

function sum(a: Tally, b: Tally): Tally {
  return {
    frames: a.frames + b.frames,
    good: a.good + b.good,
    weak: a.weak + b.weak,
    bad: a.bad + b.bad,
    callers: a.callers + b.callers,
    youngest: a.youngest ?? b.youngest,
    misfit: a.misfit ?? b.misfit,
  };
}

/**
 * Holds a debug module against the frames that run in a module of the dump: what stands where they say they are
 * (format.md section 5), under each base.
 */
export class Matcher {
  readonly #symbols: ModuleSymbols;
  readonly #evidence: CodeEvidence;
  readonly #groups: FramesByModule;
  readonly #bases: readonly OffsetBase[];
  /** Frames that may be any module's are counted once. */
  readonly #anywhere = new Map<OffsetBase | null, Tally>();

  constructor(
    symbols: ModuleSymbols,
    evidence: CodeEvidence,
    groups: FramesByModule,
    bases: readonly OffsetBase[],
  ) {
    this.#symbols = symbols;
    this.#evidence = evidence;
    this.#groups = groups;
    this.#bases = bases;
  }

  /** @param module of the dump; null: it lists none, so all frames are the debug module's. */
  match(module: number | null): Match {
    const own = module === null ? [...this.#groups.values()].flat() : (this.#groups.get(module) ?? []);
    const of = (base: OffsetBase | null): Tally => {
      const tally = this.#count(own, base);
      return module === null ? tally : sum(tally, this.#countAnywhere(base));
    };
    const [first, ...others] = this.#bases;
    if (first === undefined) return withoutOffsets(of(null));
    const expected = of(first);
    // The others are tried only where the producer's own does not say it all.
    if (tested(expected) > 0 && expected.good === tested(expected)) return withOffsets(first, expected);
    let best = tested(expected) > 0 ? { base: first, tally: expected } : null;
    for (const base of others) {
      const tally = of(base);
      // Where the producer's own base finds no offset at all, a 0 that another base would take for one is none either.
      if (best === null && tally.bad + tally.weak > 0) continue;
      // A single offset fits under one of four bases too easily.
      if (best !== null && tally.good < 2) continue;
      if (tested(tally) > 0 && (best === null || score(tally) > score(best.tally))) best = { base, tally };
    }
    return best === null ? withoutOffsets(of(null)) : withOffsets(best.base, best.tally);
  }

  #countAnywhere(base: OffsetBase | null): Tally {
    const known = this.#anywhere.get(base) ?? this.#count(this.#groups.get(null) ?? [], base);
    this.#anywhere.set(base, known);
    return known;
  }

  #count(frames: readonly Placed[], base: OffsetBase | null): Tally {
    return count(frames, (placed) => (base === null ? this.#exists(placed) : this.#test(base, placed)));
  }

  #test(base: OffsetBase, { frame, index, outermost, younger }: Placed): Outcome {
    const { codeOffset } = frame;
    if (base !== 'file') {
      const exists = this.#function(frame.function, index);
      if (exists !== null) return exists;
    }
    if (!isKnown(base, codeOffset)) return UNTESTED;
    const sight = this.#evidence.sights.get(sightKey(base, frame.function, codeOffset)) ?? {
      kind: 'outside',
    };
    if (base === 'file') return callersOffset(sight, index, codeOffset, outermost);
    if (index === 0) return youngest(sight, codeOffset);
    const entered = younger?.instance === frame.instance ? younger : null;
    return caller(sight, index, codeOffset, entered, this.#symbols.importedFunctions);
  }

  /** Without offsets: whether the function is there, and calls the one above it. */
  #exists({ frame, index, younger }: Placed): Outcome {
    const missing = this.#function(frame.function, index);
    if (missing !== null) return missing;
    if (younger === null || younger.instance !== frame.instance) return UNTESTED;
    const calls = this.#evidence.calls.get(frame.function);
    if (calls === undefined) return UNTESTED;
    if (calls === null || calls.has(younger.function)) return { kind: 'good', on: 'call' };
    return bad(index, `frame ${index}, func[${frame.function}] has no call of func[${younger.function}]`);
  }

  #function(index: number, at: number): Outcome | null {
    const { functions, importedFunctions } = this.#symbols;
    if (index >= functions)
      return bad(at, `frame ${at} runs in func[${index}], and there are ${functions} functions`);
    if (index < importedFunctions) return bad(at, `frame ${at} runs in func[${index}], which is an import`);
    return bodyOf(this.#symbols, index) === null ? UNTESTED : null;
  }
}

type Outcome =
  | { readonly kind: 'good'; readonly on: string }
  | { readonly kind: 'weak' | 'bad'; readonly misfit: Misfit }
  | { readonly kind: 'untested' };

const UNTESTED: Outcome = { kind: 'untested' };
const bad = (index: number, text: string): Outcome => ({ kind: 'bad', misfit: { index, text } });
const weak = (index: number, text: string): Outcome => ({ kind: 'weak', misfit: { index, text } });
const hex = (offset: number): string => `0x${offset.toString(16)}`;

function count(frames: readonly Placed[], test: (placed: Placed) => Outcome): Tally {
  const counts = { good: 0, weak: 0, bad: 0, untested: 0 };
  let callers = 0;
  let on: string | null = null;
  let misfit: { readonly kind: 'weak' | 'bad'; readonly misfit: Misfit } | null = null;
  for (const placed of frames) {
    const outcome = test(placed);
    counts[outcome.kind] += 1;
    if (outcome.kind === 'good') {
      if (placed.index > 0) callers += 1;
      else on ??= outcome.on;
    } else if (
      outcome.kind !== 'untested' &&
      (misfit === null || (misfit.kind === 'weak' && outcome.kind === 'bad'))
    ) {
      misfit = outcome;
    }
  }
  const { bad, good, weak } = counts;
  return { frames: frames.length, good, weak, bad, callers, youngest: on, misfit: misfit?.misfit ?? null };
}

function misplaced(sight: Sight, index: number, codeOffset: number): Outcome | null {
  const where = `frame ${index}, offset ${hex(codeOffset)}`;
  if (sight.kind === 'outside') return bad(index, `${where} is outside the function`);
  return sight.kind === 'inside' ? bad(index, `${where} is inside an instruction`) : null;
}

/**
 * A caller stands on the call that entered the frame above. A call of an import can enter any: another module, or the
 * host, which calls back (fixtures wasmtime/multi-module, host-trap).
 * @param younger the frame above, where it runs in the same instance.
 */
function caller(
  sight: Sight,
  index: number,
  codeOffset: number,
  younger: Frame | null,
  importedFunctions: number,
): Outcome {
  if (sight.kind !== 'instruction') return misplaced(sight, index, codeOffset) ?? UNTESTED;
  const where = `frame ${index}, offset ${hex(codeOffset)}`;
  if (sight.does !== 'call') return bad(index, `${where} is ${sight.name}, expected a call`);
  const { target } = sight;
  const anywhere = target === null || target < importedFunctions || younger === null;
  if (anywhere || target === younger.function) return { kind: 'good', on: 'call' };
  // Only weak: the callee may have left by a tail call.
  return weak(index, `${where} calls func[${target}], and the frame above is func[${younger.function}]`);
}

/** Where the program stopped: an instruction that can trap, a call (the host's error), or where fuel and epochs are looked at. */
function youngest(sight: Sight, codeOffset: number): Outcome {
  if (sight.kind !== 'instruction') return misplaced(sight, 0, codeOffset) ?? UNTESTED;
  if (sight.does === 'call' || sight.does === 'trap' || sight.does === 'stop')
    return { kind: 'good', on: sight.name };
  return weak(0, `frame 0, offset ${hex(codeOffset)} is ${sight.name}, which does not trap`);
}

/** WasmEdge 0.15 to 0.17: the place of the call, and in the outermost frame of the entry's final `end`. */
function callersOffset(sight: Sight, index: number, codeOffset: number, outermost: boolean): Outcome {
  if (sight.kind !== 'instruction') return misplaced(sight, index, codeOffset) ?? UNTESTED;
  if (sight.does === 'call' || (outermost && sight.does === 'end')) return { kind: 'good', on: 'call' };
  return bad(index, `frame ${index}, offset ${hex(codeOffset)} is ${sight.name}, expected a call`);
}

const tested = ({ bad, good, weak }: Tally): number => good + weak + bad;

/** From 0 to 1; what is weak counts half. */
const score = (tally: Tally): number => (tally.good + tally.weak / 2) / Math.max(1, tested(tally));

/** Below this a module may still be the one, and is not taken for it. */
const SURE = 0.75;
const POOR = 0.5;

function withOffsets(base: OffsetBase, tally: Tally): Match {
  const { bad, callers, frames, good, misfit, youngest } = tally;
  const all = tested(tally);
  const verdict =
    bad === 0 && score(tally) >= SURE ? 'matches' : score(tally) >= POOR ? 'doubtful' : 'no-match';
  const fits = `${good} of ${all} offsets fit`;
  const landed =
    base === 'file' || callers === good
      ? `${good} of ${all} ${all === 1 ? 'frame lands' : 'frames land'} on a call`
      : landing(callers, youngest, all);
  const evidence =
    misfit === null ? landed : verdict === 'matches' ? `${fits}; ${misfit.text}` : `${misfit.text}; ${fits}`;
  return { verdict, evidence, base, frames, fit: good };
}

/** `6 of 6 callers land on a call, the youngest frame on i32.div_s`. */
function landing(callers: number, youngest: string | null, all: number): string {
  if (callers === 0)
    return all === 1
      ? `the youngest frame lands on ${youngest}`
      : `${all} of ${all} frames land where a program can stop`;
  return `${callers} of ${callers} ${callers === 1 ? 'caller lands' : 'callers land'} on a call${youngest === null ? '' : `, the youngest frame on ${youngest}`}`;
}

function withoutOffsets(tally: Tally): Match {
  const { bad, frames, good, misfit } = tally;
  const none = { base: null, frames, fit: good };
  if (frames === 0) return { ...none, verdict: 'unused', evidence: 'no frame of the dump runs in it' };
  if (misfit !== null) {
    const verdict = good >= bad * 2 ? 'doubtful' : 'no-match';
    return {
      ...none,
      verdict,
      evidence: `${misfit.text}; ${good} of ${good + bad} frames fit, and there are no offsets`,
    };
  }
  if (good === 0)
    return {
      ...none,
      verdict: 'doubtful',
      evidence: `its functions are there, and the dump has no offset to test`,
    };
  const callers = `${good} of ${good} ${good === 1 ? 'caller has' : 'callers have'} a call of the frame above`;
  return { ...none, verdict: 'matches', evidence: `${callers}; the dump has no offsets` };
}

/** What codeoffset counts from, for the page; null where that is not known. */
export const baseWords = (base: OffsetBase | null): string | null =>
  base === null ? null : BASE_WORDS[base];
