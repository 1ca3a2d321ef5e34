import type { FrameLine, Snapshot } from '../../session/types';
import type { FrameRef } from '../store';
import { linesOf, pathOf, type SourceFile, type Sources, sourceFor } from './registry';

/** Where the source of a frame is, as far as that is known. */
export type FrameSource =
  | { readonly kind: 'no-frame' }
  /** No debug information says a line. */
  | { readonly kind: 'no-line' }
  | {
      readonly kind: 'file';
      readonly at: FrameLine;
      readonly path: string;
      readonly file: SourceFile;
      readonly certain: boolean;
    }
  | {
      readonly kind: 'several';
      readonly at: FrameLine;
      readonly path: string;
      readonly files: readonly SourceFile[];
    }
  /** The file was not given. */
  | { readonly kind: 'missing'; readonly at: FrameLine; readonly path: string };

/** @param inline which of the frame's lines: 0 is the innermost inlined function's, the last the function's own. */
export function frameSource(
  snapshot: Snapshot,
  sources: Sources,
  frame: FrameRef | null,
  inline: number,
): FrameSource {
  if (frame === null) return { kind: 'no-frame' };
  const at = linesOf(snapshot, frame.thread, frame.frame)[inline];
  const path = at === undefined ? null : pathOf(at);
  if (at === undefined || path === null) return { kind: 'no-line' };
  const match = sourceFor(sources, path);
  if (match.kind === 'none') return { kind: 'missing', at, path };
  if (match.kind === 'several') return { kind: 'several', at, path, files: match.files };
  return { kind: 'file', at, path, file: match.file, certain: match.certain };
}

/** A frame that stands at a line: the function itself, or one inlined into it. */
export interface Mark {
  readonly frame: number;
  readonly inline: number;
}

/** Frames whose lines are marked: the list beside a line of a deep recursion is counted, not drawn. */
const MARKED = 20_000;

/** The frames of a thread that stand in a file, by line. */
export function marksIn(
  snapshot: Snapshot,
  sources: Sources,
  thread: number,
  file: SourceFile,
): ReadonlyMap<number, readonly Mark[]> {
  const marks = new Map<number, Mark[]>();
  const isThis = remembered((path) => {
    const match = sourceFor(sources, path);
    return match.kind === 'one' && match.file === file;
  });
  const frames = snapshot.names.frames[thread] ?? [];
  for (let frame = 0; frame < Math.min(frames.length, MARKED); frame++) {
    for (const [inline, at] of linesOf(snapshot, thread, frame).entries()) {
      const path = pathOf(at);
      if (path === null || at.line === null || !isThis(path)) continue;
      const known = marks.get(at.line);
      if (known === undefined) marks.set(at.line, [{ frame, inline }]);
      else known.push({ frame, inline });
    }
  }
  return marks;
}

/**
 * The nearest frame of a thread whose file is here, callers first: where a program aborts it stands in its library, and the
 * text that was given is its caller's.
 */
export function nearestWithFile(
  snapshot: Snapshot,
  sources: Sources,
  from: FrameRef,
): (Mark & { readonly at: FrameLine }) | null {
  const frames = snapshot.names.frames[from.thread] ?? [];
  const known = remembered((path) => sourceFor(sources, path).kind === 'one');
  const isHere = (path: string | null) => path !== null && known(path);
  const look = (frame: number) => {
    const lines = linesOf(snapshot, from.thread, frame);
    const inline = lines.findIndex((line) => isHere(pathOf(line)));
    const at = lines[inline];
    return at === undefined ? null : { frame, inline, at };
  };
  const end = Math.min(frames.length, from.frame + MARKED);
  for (let frame = from.frame; frame < end; frame++) {
    const found = look(frame);
    if (found !== null) return found;
  }
  for (let frame = from.frame - 1; frame >= Math.max(0, from.frame - MARKED); frame--) {
    const found = look(frame);
    if (found !== null) return found;
  }
  return null;
}

/** A question about paths, each asked once: a recursion names the same few thousands of times. */
function remembered(ask: (path: string) => boolean): (path: string) => boolean {
  const answers = new Map<string, boolean>();
  return (path) => {
    const known = answers.get(path) ?? ask(path);
    answers.set(path, known);
    return known;
  };
}
