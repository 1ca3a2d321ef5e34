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

interface Trial {
  readonly frames: readonly Frame[];
  /** After the last whole frame. */
  readonly reached: FileOffset;
  readonly stopped: Stop | null;
}

interface Tried {
  readonly section: StackSection;
  readonly name: string;
  /** The thread's name did not decode: no layout begins. */
  readonly nameStopped: Stop | null;
  readonly trials: readonly Trial[];
}

/**
 * Decodes all `corestack` sections of a file. The layout is found by trial: one fits when it consumes the section
 * exactly. It is the first that fits every section of which one fits; else each section's own first; and where none
 * fits, the one whose whole frames reach furthest (format.md section 2, json.md "Thread").
 */
export function readThreads(sections: readonly StackSection[]): { threads: Thread[]; problems: Problem[] } {
  const tried = sections.map(tryAll);
  const common = commonLayout(tried);
  const problems: Problem[] = [];
  const threads = tried.map((one) => {
    const { thread, problem } = decide(one, common);
    if (problem !== null) problems.push(problem);
    return thread;
  });
  return { threads, problems };
}

function tryAll(section: StackSection): Tried {
  const cursor = new Cursor(section.bytes, section.offset);
  let name = '';
  try {
    const marker = cursor.u8('thread marker');
    if (marker !== 0) {
      throw new DecodeError(
        section.offset,
        `thread marker 0x${marker.toString(16).padStart(2, '0')}, expected 0x00`,
      );
    }
    name = cursor.name('thread name');
  } catch (error) {
    return { section, name, nameStopped: stoppedBy(error), trials: [] };
  }
  const start = cursor.offset;
  return {
    section,
    name,
    nameStopped: null,
    trials: LAYOUTS.map((layout) => tryOne(section, start, layout)),
  };
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
    return { frames, reached, stopped: null };
  } catch (error) {
    return { frames, reached, stopped: stoppedBy(error) };
  }
}

const fits = (tried: Tried, index: number): boolean =>
  tried.section.whole && tried.trials[index]?.stopped === null;

/** The first layout that fits all sections of which it is known that one fits; null when there is none. */
function commonLayout(tried: readonly Tried[]): number | null {
  const fitting = tried.filter((one) => LAYOUTS.some((_, index) => fits(one, index)));
  if (fitting.length === 0) return null;
  const index = LAYOUTS.findIndex((_, candidate) => fitting.every((one) => fits(one, candidate)));
  return index < 0 ? null : index;
}

function decide(tried: Tried, common: number | null): { thread: Thread; problem: Problem | null } {
  const { name, section } = tried;
  const own = LAYOUTS.findIndex((_, index) => fits(tried, index));
  const chosen = common !== null && fits(tried, common) ? common : own;
  const fitted = LAYOUTS[chosen];
  if (fitted !== undefined) {
    const frames = tried.trials[chosen]?.frames ?? [];
    return {
      thread: { name, layout: fitted.layout, frames, complete: true, offset: section.offset },
      problem: null,
    };
  }
  const furthest = tried.trials.reduce(
    (best, trial, index) =>
      trial.frames.length > 0 && trial.reached > (tried.trials[best]?.reached ?? 0) ? index : best,
    -1,
  );
  const best = tried.trials[furthest];
  const layout = best === undefined ? null : (LAYOUTS[furthest]?.layout ?? null);
  const thread: Thread = {
    name,
    layout,
    frames: best?.frames ?? [],
    complete: false,
    offset: section.offset,
  };
  return { thread, problem: explained(tried, best) ? null : stackProblem(tried, best, layout) };
}

/** What the end of the file explains is said once, by the walk. */
function explained(tried: Tried, best: Trial | undefined): boolean {
  if (tried.section.whole) return false;
  const stopped = tried.nameStopped ?? best?.stopped;
  return stopped === null || stopped === undefined || stopped.short;
}

function stackProblem(tried: Tried, best: Trial | undefined, layout: string | null): Problem {
  const stopped = tried.nameStopped ?? best?.stopped;
  if (stopped !== null && stopped !== undefined) {
    const kept = best === undefined ? '' : `. Kept ${best.frames.length} frames in layout ${layout}`;
    return { section: 'corestack', offset: stopped.offset, message: `${stopped.message}${kept}` };
  }
  const first = tried.trials[0]?.stopped;
  return {
    section: 'corestack',
    offset: first?.offset ?? tried.section.offset,
    message: `no frame decodes in any of 7 layouts; as L1: ${first?.message ?? 'empty'}`,
  };
}
