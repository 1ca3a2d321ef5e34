import { Cursor, DecodeError } from '../bytes/cursor';
import type { FileOffset } from '../bytes/units';
import { type Stop, stoppedBy } from '../wasm/vector';
import { LAYOUTS, type LayoutReader } from './layouts';
import type { Frame, Problem, Thread } from './model';

/** A `corestack` section's content, as far as the file holds it. */
export interface StackSection {
  readonly bytes: Uint8Array;
  /** Of the content's first byte. */
  readonly offset: FileOffset;
  /** The file holds all of it. */
  readonly whole: boolean;
}

/** One layout tried on one section. */
interface Trial {
  readonly layout: LayoutReader;
  readonly frames: readonly Frame[];
  /** After the last whole frame. */
  readonly reached: FileOffset;
  readonly stopped: Stop | null;
}

/**
 * Decodes all `corestack` sections of a file. The layout is found by trial: one fits when it consumes the section
 * exactly. It is the first that fits every section of which one fits; else each section's own first; and where none
 * fits, the one whose whole frames reach furthest (format.md section 2, json.md "Thread").
 */
export function readThreads(sections: readonly StackSection[]): { threads: Thread[]; problems: Problem[] } {
  const tried = sections.map((section) => new TriedSection(section));
  const common = commonLayout(tried);
  const problems: Problem[] = [];
  const threads = tried.map((one) => {
    const { thread, problem } = decide(one, common);
    if (problem !== null) problems.push(problem);
    return thread;
  });
  return { threads, problems };
}

/**
 * A section and what the trials on it have shown. A layout is tried when it is asked for, and the frames of a trial
 * that does not fit are dropped unless they reach furthest: a stack of a million frames is held once, not nine times.
 */
class TriedSection {
  readonly section: StackSection;
  readonly name: string;
  /** The thread's name did not decode: no layout begins. */
  readonly nameStopped: Stop | null;
  /** After the thread's name. */
  readonly #start: FileOffset;
  readonly #fitting = new Map<LayoutReader, boolean>();
  #fits: Trial | null = null;
  #first: Stop | null = null;
  #furthest: Trial | null = null;

  constructor(section: StackSection) {
    this.section = section;
    const cursor = new Cursor(section.bytes, section.offset);
    const { name, stopped } = readThreadInfo(cursor);
    this.name = name;
    this.nameStopped = stopped;
    this.#start = cursor.offset;
  }

  /** Whether a layout consumes the section exactly. Of a section that is cut that cannot be said. */
  fits(layout: LayoutReader): boolean {
    if (this.nameStopped !== null || !this.section.whole) return false;
    const known = this.#fitting.get(layout);
    return known ?? this.#try(layout).stopped === null;
  }

  /** The first layout that fits; null when none does. */
  get own(): LayoutReader | null {
    return LAYOUTS.find((layout) => this.fits(layout)) ?? null;
  }

  /** The frames in a layout that fits. */
  frames(layout: LayoutReader): readonly Frame[] {
    return this.#fits?.layout === layout ? this.#fits.frames : this.#try(layout).frames;
  }

  /** The trial whose whole frames reach furthest, the first of equals; null where there is no whole frame. */
  get furthest(): Trial | null {
    if (this.nameStopped !== null) return null;
    for (const layout of LAYOUTS) if (!this.#fitting.has(layout)) this.#try(layout);
    return this.#furthest;
  }

  /** What the specified layout stopped at, once `furthest` was asked for. */
  get firstStop(): Stop | null {
    return this.#first;
  }

  #try(layout: LayoutReader): Trial {
    const trial = tryOne(this.section, this.#start, layout);
    this.#fitting.set(layout, trial.stopped === null);
    if (trial.stopped === null) this.#fits = trial;
    if (layout === LAYOUTS[0]) this.#first = trial.stopped;
    const further = trial.frames.length > 0 && trial.reached > (this.#furthest?.reached ?? 0);
    if (this.#fits !== null) this.#furthest = null;
    else if (further) this.#furthest = trial;
    return trial;
  }
}

function readThreadInfo(cursor: Cursor): { readonly name: string; readonly stopped: Stop | null } {
  const start = cursor.offset;
  try {
    const marker = cursor.u8('thread marker');
    if (marker !== 0) {
      throw new DecodeError(start, `thread marker 0x${marker.toString(16).padStart(2, '0')}, expected 0x00`);
    }
    return { name: cursor.name('thread name'), stopped: null };
  } catch (error) {
    return { name: '', stopped: stoppedBy(error) };
  }
}

function tryOne(section: StackSection, start: FileOffset, layout: LayoutReader): Trial {
  const cursor = new Cursor(section.bytes, section.offset);
  cursor.seek(start);
  const frames: Frame[] = [];
  let reached = start;
  try {
    const count = layout.head(cursor);
    while (count === null ? cursor.remaining > 0 : frames.length < count) {
      frames.push(layout.frame(cursor));
      reached = cursor.offset;
    }
    if (cursor.remaining > 0) {
      throw new DecodeError(
        cursor.offset,
        `${cursor.remaining} bytes left over after ${frames.length} frames`,
      );
    }
    return { layout, frames, reached, stopped: null };
  } catch (error) {
    return { layout, frames, reached, stopped: stoppedBy(error) };
  }
}

/** The first layout that fits all sections of which it is known that one fits; null when there is none. */
function commonLayout(tried: readonly TriedSection[]): LayoutReader | null {
  const fitting = tried.filter(({ own }) => own !== null);
  if (fitting.length === 0) return null;
  return LAYOUTS.find((layout) => fitting.every((one) => one.fits(layout))) ?? null;
}

function decide(
  tried: TriedSection,
  common: LayoutReader | null,
): { thread: Thread; problem: Problem | null } {
  const { name, section } = tried;
  const fitted = common !== null && tried.fits(common) ? common : tried.own;
  if (fitted !== null) {
    const { layout } = fitted;
    const thread = { name, layout, frames: tried.frames(fitted), complete: true, offset: section.offset };
    return { thread, problem: null };
  }
  const best = tried.furthest;
  const thread: Thread = {
    name,
    layout: best?.layout.layout ?? null,
    frames: best?.frames ?? [],
    complete: false,
    offset: section.offset,
  };
  return { thread, problem: explained(tried, best) ? null : stackProblem(tried, best) };
}

/** What the end of the file explains is said once, by the walk. */
function explained(tried: TriedSection, best: Trial | null): boolean {
  if (tried.section.whole) return false;
  const stopped = tried.nameStopped ?? best?.stopped ?? null;
  return stopped === null || stopped.short;
}

function stackProblem(tried: TriedSection, best: Trial | null): Problem {
  const stopped = tried.nameStopped ?? best?.stopped ?? null;
  if (stopped !== null) {
    const kept = best === null ? '' : `. Kept ${best.frames.length} frames in layout ${best.layout.layout}`;
    return { section: 'corestack', offset: stopped.offset, message: `${stopped.message}${kept}` };
  }
  const first = tried.firstStop;
  return {
    section: 'corestack',
    offset: first?.offset ?? tried.section.offset,
    message: `no frame decodes in any of 7 layouts; as L1: ${first?.message ?? 'empty'}`,
  };
}
