import { create } from 'zustand';
import { NOTHING_OPEN, type Opened, setOpen } from '../../memory/structs/tree';
import { type DumpKey, NO_OVERLAY, type Overlay, overlayFor, parseSaved, withSaved } from './saved';

const KEY = 'wasmortem.structs';
/** Typing is stored when it pauses. */
const PAUSE_MS = 400;

/** How many nodes of a list are followed before it is asked again, and at most. */
export const FIRST_LIMIT = 1000;
export const LAST_LIMIT = 100_000;

interface StructsState {
  /** The dump that `overlay` belongs to, by its number in the session; null before any. */
  readonly dump: number | null;
  readonly overlay: Overlay;
  readonly opened: Opened;
  /** Nodes after which following a list pauses. */
  readonly limit: number;
}

function atFirst({ count, follow }: Overlay): Opened {
  return count === 1 && follow === null ? setOpen(NOTHING_OPEN, [0], true, null) : NOTHING_OPEN;
}

/** What is laid over the open dump. It outlives the tab, which is only there while it is looked at. */
export const useStructs = create<StructsState>()(() => ({
  dump: null,
  overlay: NO_OVERLAY,
  opened: NOTHING_OPEN,
  limit: FIRST_LIMIT,
}));

/** Takes what was kept for this dump, unless it is the one that is here. */
export function startOverlay(id: number, dump: DumpKey, memory: number): void {
  if (useStructs.getState().dump === id) return;
  storeNow();
  const kept = overlayFor(stored(), dump);
  const overlay = kept === NO_OVERLAY ? { ...NO_OVERLAY, memory } : kept;
  useStructs.setState({ dump: id, overlay, opened: atFirst(overlay), limit: FIRST_LIMIT });
}

/** Changes the overlay of `dump`, and keeps it. Of one struct the members are shown, of several a row each. */
export function changeOverlay(dump: DumpKey, change: Partial<Overlay>): void {
  const overlay = { ...useStructs.getState().overlay, ...change };
  useStructs.setState({ overlay, opened: atFirst(overlay), limit: FIRST_LIMIT });
  waiting = { ...dump, overlay };
  clearTimeout(timer);
  timer = setTimeout(storeNow, PAUSE_MS);
}

/** Lays what a link says over `dump`. What the user laid over it stays stored until they change this. */
export function showOverlay(id: number, overlay: Overlay): void {
  storeNow();
  useStructs.setState({ dump: id, overlay, opened: atFirst(overlay), limit: FIRST_LIMIT });
}

/** Follows the list ten times as far. */
export function followFurther(): void {
  useStructs.setState(({ limit }) => ({ limit: Math.min(LAST_LIMIT, limit * 10) }));
}

let waiting: (DumpKey & { readonly overlay: Overlay }) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Stores what waits. Storage can be forbidden or full: what is laid then lasts until the page is closed. */
export function storeNow(): void {
  clearTimeout(timer);
  if (waiting === null) return;
  const saved = waiting;
  waiting = null;
  try {
    localStorage.setItem(KEY, JSON.stringify(withSaved(stored(), saved)));
  } catch {
    return;
  }
}

function stored() {
  try {
    return parseSaved(localStorage.getItem(KEY));
  } catch {
    return [];
  }
}
