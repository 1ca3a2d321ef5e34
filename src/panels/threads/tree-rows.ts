import type { FrameRef } from '../../app/store';
import type { Frame, Thread } from '../../coredump/model';
import type { FrameName } from '../../session/types';
import { foldFrames, type Piece } from './fold';
import { startupTail } from './startup';

/** A row of the tree, flat. `position` and `siblings` are what `aria-posinset` and `aria-setsize` say. */
export type TreeRow =
  | {
      readonly kind: 'thread';
      readonly id: string;
      readonly thread: number;
      readonly open: boolean;
      readonly position: number;
      readonly siblings: number;
    }
  | {
      readonly kind: 'frame';
      readonly id: string;
      readonly thread: number;
      readonly frame: number;
      readonly level: 2 | 3;
      readonly position: number;
      readonly siblings: number;
    }
  /** A function that was inlined into the frame below it: `line` counts from the innermost. */
  | {
      readonly kind: 'inlined';
      readonly id: string;
      readonly thread: number;
      readonly frame: number;
      readonly line: number;
      readonly level: 2 | 3;
      readonly position: number;
      readonly siblings: number;
    }
  /** The oldest frames, where they are run-time start-up only. */
  | {
      readonly kind: 'startup';
      readonly id: string;
      readonly thread: number;
      readonly start: number;
      readonly count: number;
      readonly open: boolean;
      readonly position: number;
      readonly siblings: number;
    }
  | {
      readonly kind: 'cycle';
      readonly id: string;
      readonly thread: number;
      readonly start: number;
      readonly period: number;
      readonly rounds: number;
      readonly open: boolean;
      readonly position: number;
      readonly siblings: number;
    };

/** Rows the user opened or closed: threads are open and cycles closed until they are in here. */
export type Toggled = ReadonlySet<string>;

export const threadId = (thread: number) => `t${thread}`;
export const frameId = ({ thread, frame }: FrameRef) => `t${thread}f${frame}`;
const cycleId = (thread: number, start: number) => `t${thread}c${start}`;

/** Each thread's pieces. Depends on the dump only, so that opening a row does not fold 100,000 frames again. */
export function foldThreads(threads: readonly Thread[]): Piece[][] {
  return threads.map((thread) => foldFrames(functionKeys(thread.frames)));
}

/** Two frames are of the same function only in the same instance, whose index can be any number in a rewriter's dump. */
function functionKeys(frames: readonly Frame[]): Float64Array {
  const instances = new Map<number | null, number>();
  return Float64Array.from(frames, ({ instance, function: index }) => {
    const known = instances.get(instance) ?? instances.size;
    instances.set(instance, known);
    return known * 2 ** 32 + index;
  });
}

/** A row that does not yet know its place among its siblings. */
type Unplaced = TreeRow extends infer Row
  ? Row extends TreeRow
    ? Omit<Row, 'position' | 'siblings'>
    : never
  : never;

/**
 * The tree as a flat list, in the order in which it is drawn. Functions that were inlined into a frame stand before it,
 * innermost first: that is the order of the stack.
 * @param names of the frames, a list a thread; without them nothing is inlined and nothing is start-up.
 */
export function treeRows(
  pieces: readonly (readonly Piece[])[],
  toggled: Toggled,
  names: readonly (readonly FrameName[])[] = [],
): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const [thread, own] of pieces.entries()) {
    const id = threadId(thread);
    const open = !toggled.has(id);
    rows.push({ kind: 'thread', id, thread, open, position: thread + 1, siblings: pieces.length });
    if (!open) continue;
    const frames = new ThreadRows(thread, toggled, names[thread] ?? []);
    place(rows, frames.of(own), (row) => frames.inside(row));
  }
  return rows;
}

/** Appends siblings, and below each what it holds. */
function place(
  rows: TreeRow[],
  siblings: readonly Unplaced[],
  inside: (row: Unplaced) => readonly Unplaced[],
): void {
  for (const [at, row] of siblings.entries()) {
    rows.push({ ...row, position: at + 1, siblings: siblings.length });
    const held = inside(row);
    if (held.length > 0) place(rows, held, () => []);
  }
}

class ThreadRows {
  readonly #thread: number;
  readonly #toggled: Toggled;
  readonly #names: readonly FrameName[];

  constructor(thread: number, toggled: Toggled, names: readonly FrameName[]) {
    this.#thread = thread;
    this.#toggled = toggled;
    this.#names = names;
  }

  of(pieces: readonly Piece[]): Unplaced[] {
    const thread = this.#thread;
    const tail = startupTail(this.#names);
    const rows: Unplaced[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'cycle') {
        const { period, rounds, start } = piece;
        const id = cycleId(thread, start);
        rows.push({ kind: 'cycle', id, thread, start, period, rounds, open: this.#toggled.has(id) });
      } else if (tail === null || piece.frame < tail) {
        rows.push(...this.#frame(piece.frame, 2));
      } else if (piece.frame === tail) {
        const id = `t${thread}s${tail}`;
        const count = this.#names.length - tail;
        rows.push({ kind: 'startup', id, thread, start: tail, count, open: this.#toggled.has(id) });
      }
    }
    return rows;
  }

  inside(row: Unplaced): Unplaced[] {
    if ((row.kind !== 'cycle' && row.kind !== 'startup') || !row.open) return [];
    const count = row.kind === 'cycle' ? row.period * row.rounds : row.count;
    const rows: Unplaced[] = [];
    for (let at = 0; at < count; at += 1) for (const one of this.#frame(row.start + at, 3)) rows.push(one);
    return rows;
  }

  #frame(frame: number, level: 2 | 3): Unplaced[] {
    const thread = this.#thread;
    const id = frameId({ thread, frame });
    const lines = this.#names[frame]?.lines.length ?? 0;
    const inlined = Array.from({ length: Math.max(0, lines - 1) }, (_, line): Unplaced => {
      return { kind: 'inlined', id: `${id}i${line}`, thread, frame, line, level };
    });
    return [...inlined, { kind: 'frame', id, thread, frame, level }];
  }
}

/** Whether a row can be opened. */
export function isFolder(row: TreeRow): row is Extract<TreeRow, { readonly open: boolean }> {
  return row.kind !== 'frame' && row.kind !== 'inlined';
}

/** The row that stands for a frame: its own, or the closed cycle or thread that holds it; -1 where there is none. */
export function rowOfFrame(rows: readonly TreeRow[], selected: FrameRef | null): number {
  if (selected === null) return -1;
  const own = frameId(selected);
  let holder = -1;
  for (const [at, row] of rows.entries()) {
    if (row.thread !== selected.thread) continue;
    if (row.id === own) return at;
    if (row.kind === 'thread' && !row.open) holder = at;
    if (row.kind === 'cycle' && !row.open && inCycle(row, selected.frame)) holder = at;
    if (row.kind === 'startup' && !row.open && selected.frame >= row.start) holder = at;
  }
  return holder;
}

function inCycle(row: Extract<TreeRow, { kind: 'cycle' }>, frame: number): boolean {
  return frame >= row.start && frame < row.start + row.period * row.rounds;
}
