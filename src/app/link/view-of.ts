import type { Snapshot } from '../../session/types';
import { blamedFrame } from '../cause';
import type { GoneCode } from '../code-place';
import { firstFrame } from '../frames';
import type { SearchRun } from '../search';
import { pathOf } from '../sources/registry';
import type { ShownSource } from '../sources/shown';
import type { FrameRef } from '../store';
import { LONGEST_STRUCT } from './list-words';
import { moduleName } from './module-of';
import type { PageNow } from './page-now';
import { LONGEST_PATH } from './place-words';
import type { LinkCode, LinkSearch, LinkSourcePlace, LinkView } from './types';

/** The view of the open dump, as a link says it. */
export function viewOf(page: PageNow, snapshot: Snapshot): LinkView {
  const { frame, memory, bytes, view, drawer, drawerOpen, run, overlay } = page;
  const code = codeOf(page.gone, snapshot);
  const source = placeOf(page.shown);
  // Which frame is to blame depends on the modules at hand: a link says so only where nobody could see it otherwise.
  const usual = firstFrame(snapshot);
  const plain = sameFrame(frame, usual) && sameFrame(usual, blamedFrame(snapshot));
  // A place that was gone to is one of its frame.
  const unsaid = plain && code === null && source === null;
  return {
    frame: unsaid ? null : frame,
    memory,
    bytes,
    middle: view,
    lists: drawerOpen ? (drawer === 'globals' ? null : drawer) : 'closed',
    gaps: snapshot.memories.flatMap(({ override }, memory) =>
      override === null ? [] : [{ memory, gaps: override }],
    ),
    // Of another dump it was; the run stays until the next begins.
    search: run === null || run.dump !== snapshot.id ? null : searchOf(run),
    rows: page.rows,
    code,
    offsets: page.base,
    source,
    strings: page.strings,
    structs: overlay === null || overlay.text === '' || overlay.text.length > LONGEST_STRUCT ? null : overlay,
  };
}

function codeOf(gone: GoneCode | null, snapshot: Snapshot): LinkCode | null {
  if (gone === null || !snapshot.modules.some(({ id }) => id === gone.place.module)) return null;
  const { offset, place } = gone;
  return { module: moduleName(snapshot, place.module), function: place.function, offset };
}

function placeOf(shown: ShownSource | null): LinkSourcePlace | null {
  if (shown === null) return null;
  const { at, file, inline } = shown;
  const path = file?.path ?? (at === null ? null : pathOf(at));
  const line = shown.line ?? at?.line ?? null;
  const known = path === null || path.length > LONGEST_PATH ? null : { path, line };
  return inline === 0 && known === null ? null : { inline, file: known };
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
