import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import type { Address, Bytes } from '../../bytes/units';
import { lastBase, nearestScroll, placeAt, type Rows, windowRows } from '../../ui/scale';
import { useScrollPlace } from '../../ui/use-scroll-place';
import { type Anchor, anchorAt, indexOf, indexOfAnchor, type RowSpace, rowSpace } from './rows';
import type { LoadedFolds } from './use-folds';

/** Height of a row, in pixels: `--h-hex`. */
export const ROW_HEIGHT = 20;

/** What is kept of a memory while another one is shown. */
export interface KeptList {
  readonly anchor: Anchor;
  readonly opened: readonly Address[];
}

/** The scrolled list of a memory's rows. */
export interface List {
  readonly space: RowSpace;
  readonly base: number;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly setOpened: (next: (opened: readonly Address[]) => readonly Address[]) => void;
  /** Opens the closed fold that hides an address, and shows the address a third down in the same pass. */
  readonly openAt: (address: Address) => void;
  /** Scrolls to the address: `nearest` moves as little as it must, `third` puts a row out of view a third down. */
  readonly reveal: (address: Address, how: 'nearest' | 'third') => void;
  readonly anchor: () => Anchor;
  readonly restore: (anchor: Anchor) => void;
}

/**
 * What the memory panel scrolls: the row arithmetic, the window into it, and the open folds. `kept` is where the list was
 * left; `keep` hears of it when it goes.
 */
export function useList(
  size: Bytes,
  loaded: LoadedFolds,
  scroller: RefObject<HTMLDivElement | null>,
  kept: KeptList,
  keep: (kept: KeptList) => void,
): List {
  const [opened, setOpened] = useState(kept.opened);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const space = useMemo(
    () => rowSpace(size, loaded.rowBytes, loaded.folds, opened, loaded.closed),
    [size, loaded, opened],
  );
  const anchored = useRef(kept.anchor);
  const drawn = useRef<RowSpace | null>(null);
  const viewport = useRef(0);
  const rows: Rows = { count: space.length, rowHeight: ROW_HEIGHT, viewport: viewport.current };
  const { place, show } = useScrollPlace(scroller, rows, (next, written) => {
    anchored.current = anchorAt(space, next.base, next.scrollTop, ROW_HEIGHT);
    // The virtualizer hears of it in the next frame; told now, this frame already draws the right rows.
    if (written) virtualizer.scrollOffset = next.scrollTop;
    if (written || next.base !== base) redraw();
  });
  // Another list: what stood at the top is found in it before it is drawn, or a page of rows would be drawn twice.
  const moved = drawn.current !== space;
  if (moved) {
    const { offset } = anchored.current;
    place.current = placeAt(rows, indexOfAnchor(space, anchored.current), offset);
  }
  const base = Math.min(place.current.base, lastBase(rows));
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: windowRows(rows),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  if (moved) virtualizer.scrollOffset = place.current.scrollTop;
  // As observed, not asked of the element: that would lay the page out in the middle of a key press.
  viewport.current = virtualizer.scrollRect?.height ?? 0;

  const restore = useCallback(
    (anchor: Anchor) => show(indexOfAnchor(space, anchor), anchor.offset),
    [show, space],
  );
  useLayoutEffect(() => {
    if (drawn.current === space) return;
    drawn.current = space;
    if (scroller.current !== null) scroller.current.scrollTop = place.current.scrollTop;
  }, [space, place, scroller]);

  const third = useCallback(() => -Math.floor(viewport.current / 3 / ROW_HEIGHT) * ROW_HEIGHT, []);
  const openAt = useCallback(
    (address: Address) => {
      anchored.current = { address, head: false, offset: third() };
      setOpened((opened) => [...opened, address]);
    },
    [third],
  );

  const reveal = useCallback(
    (address: Address, how: 'nearest' | 'third') => {
      const index = indexOf(space, address);
      const view = { count: space.length, rowHeight: ROW_HEIGHT, viewport: viewport.current };
      const rowTop = (index - place.current.base) * ROW_HEIGHT;
      const to = nearestScroll(view, rowTop, place.current.scrollTop);
      if (to === null) return;
      show(index, how === 'nearest' ? to - rowTop : third());
    },
    [space, place, show, third],
  );

  const leave = useRef({ opened, keep });
  leave.current = { opened, keep };
  useEffect(() => () => leave.current.keep({ anchor: anchored.current, opened: leave.current.opened }), []);

  const anchor = useCallback(() => anchored.current, []);
  return { space, base, virtualizer, setOpened, openAt, reveal, anchor, restore };
}
