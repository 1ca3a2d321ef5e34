import type { FrameRef } from '../../app/store';
import type { Frame, Thread } from '../../coredump/model';
import { foldFrames, type Piece } from './fold';

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

/** The tree as a flat list, in the order in which it is drawn. */
export function treeRows(pieces: readonly (readonly Piece[])[], toggled: Toggled): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const [thread, own] of pieces.entries()) {
    const id = threadId(thread);
    const open = !toggled.has(id);
    rows.push({ kind: 'thread', id, thread, open, position: thread + 1, siblings: pieces.length });
    if (open)
      for (const [at, piece] of own.entries()) pushPiece(rows, thread, piece, at + 1, own.length, toggled);
  }
  return rows;
}

function pushPiece(
  rows: TreeRow[],
  thread: number,
  piece: Piece,
  position: number,
  siblings: number,
  toggled: Toggled,
): void {
  if (piece.kind === 'frame') {
    const { frame } = piece;
    rows.push({ kind: 'frame', id: frameId({ thread, frame }), thread, frame, level: 2, position, siblings });
    return;
  }
  const { start, period, rounds } = piece;
  const id = cycleId(thread, start);
  const open = toggled.has(id);
  rows.push({ kind: 'cycle', id, thread, start, period, rounds, open, position, siblings });
  if (!open) return;
  const inside = period * rounds;
  for (let at = 0; at < inside; at++) {
    const frame = start + at;
    rows.push({
      kind: 'frame',
      id: frameId({ thread, frame }),
      thread,
      frame,
      level: 3,
      position: at + 1,
      siblings: inside,
    });
  }
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
  }
  return holder;
}

function inCycle(row: Extract<TreeRow, { kind: 'cycle' }>, frame: number): boolean {
  return frame >= row.start && frame < row.start + row.period * row.rounds;
}
