import { type GoneCode, goneOf, type OffsetBase, useCodePlace } from '../code-place';
import { type View as MemoryView, useMemoryView } from '../memory-view';
import { type SearchRun, useSearch } from '../search';
import { type ShownSource, useShownSource } from '../sources/shown';
import { type AppState, snapshotOf, useStore } from '../store';
import { type StringsForm, useStrings } from '../strings';
import type { Overlay } from '../structs/saved';
import { useStructs } from '../structs/state';

/** What of the page's state a link keeps. */
export interface PageNow
  extends Pick<AppState, 'frame' | 'memory' | 'bytes' | 'view' | 'drawer' | 'drawerOpen'> {
  readonly run: SearchRun | null;
  readonly rows: MemoryView;
  readonly gone: GoneCode | null;
  readonly base: OffsetBase;
  readonly shown: ShownSource | null;
  readonly strings: StringsForm;
  /** What is laid over the open dump; null: nothing was laid yet. */
  readonly overlay: Overlay | null;
}

export function pageNow(): PageNow {
  const state = useStore.getState();
  const { frame, memory, bytes, view, drawer, drawerOpen } = state;
  const placed = useCodePlace.getState();
  const { shown } = useShownSource.getState();
  const structs = useStructs.getState();
  return {
    ...{ frame, memory, bytes, view, drawer, drawerOpen },
    run: useSearch.getState().run,
    rows: useMemoryView.getState().view,
    gone: goneOf(placed, state),
    base: placed.base,
    shown: shown?.of === frame ? shown : null,
    strings: useStrings.getState().form,
    overlay: structs.dump !== null && structs.dump === snapshotOf(state)?.id ? structs.overlay : null,
  };
}

/** Calls when what the address is derived from may have changed beside the store: another store, or another search. */
export function followOthers(changed: () => void): (() => void)[] {
  return [
    useSearch.subscribe((now, before) => {
      if (now.run?.request !== before.run?.request) changed();
    }),
    useStrings.subscribe((now, before) => {
      if (now.form !== before.form) changed();
    }),
    useStructs.subscribe((now, before) => {
      if (now.overlay !== before.overlay) changed();
    }),
    useMemoryView.subscribe(changed),
    useCodePlace.subscribe(changed),
    useShownSource.subscribe(changed),
  ];
}
