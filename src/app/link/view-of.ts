import type { Snapshot } from '../../session/types';
import { blamedFrame } from '../cause';
import { firstFrame } from '../frames';
import type { SearchRun } from '../search';
import type { AppState, FrameRef } from '../store';
import type { LinkSearch, LinkView } from './types';

/** What of the page's state a link keeps. */
export type ViewState = Pick<AppState, 'frame' | 'memory' | 'bytes' | 'view' | 'drawer' | 'drawerOpen'>;

/** The view of the open dump, as a link says it. */
export function viewOf(state: ViewState, snapshot: Snapshot, run: SearchRun | null): LinkView {
  const { frame, memory, bytes, view, drawer, drawerOpen } = state;
  // Which frame is to blame depends on the modules at hand: a link says so only where nobody could see it otherwise.
  const usual = firstFrame(snapshot);
  const plain = sameFrame(frame, usual) && sameFrame(usual, blamedFrame(snapshot));
  return {
    frame: plain ? null : frame,
    memory,
    bytes,
    middle: view,
    lists: drawerOpen ? (drawer === 'globals' ? null : drawer) : 'closed',
    gaps: snapshot.memories.flatMap(({ override }, memory) =>
      override === null ? [] : [{ memory, gaps: override }],
    ),
    // Of another dump it was; the run stays until the next begins.
    search: run === null || run.dump !== snapshot.id ? null : searchOf(run),
  };
}

function searchOf({ request: { query, zeros } }: SearchRun): LinkSearch | null {
  if (query.kind === 'strings') return null;
  if (query.kind !== 'pointers') return { query, zeros };
  const { kind, text, aligned } = query;
  return { query: { kind, text, aligned }, zeros };
}

export function sameFrame(one: FrameRef | null, other: FrameRef | null): boolean {
  return one?.thread === other?.thread && one?.frame === other?.frame;
}
