import type { FrameLine, Snapshot } from '../../session/types';
import type { FrameRef } from '../store';
import { linesOf, type SourceFile, type Sources, sourceFor } from './registry';

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
  const path = at?.file ?? null;
  if (at === undefined || path === null || path === '') return { kind: 'no-line' };
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
  const isThis = new Map<string, boolean>();
  const frames = snapshot.names.frames[thread] ?? [];
  for (let frame = 0; frame < Math.min(frames.length, MARKED); frame++) {
    for (const [inline, at] of linesOf(snapshot, thread, frame).entries()) {
      if (at.file === null || at.line === null) continue;
      let same = isThis.get(at.file);
      if (same === undefined) {
        const match = sourceFor(sources, at.file);
        same = match.kind === 'one' && match.file === file;
        isThis.set(at.file, same);
      }
      if (!same) continue;
      const known = marks.get(at.line);
      if (known === undefined) marks.set(at.line, [{ frame, inline }]);
      else known.push({ frame, inline });
    }
  }
  return marks;
}
