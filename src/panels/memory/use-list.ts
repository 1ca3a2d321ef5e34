import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Address, Bytes } from '../../bytes/units';
import { lastBase, nearestScroll, placeAt, ROW_HEIGHT, rebased, windowRows } from './list-window';
import { indexOf, openFoldAt, type RowSpace, rowAt, rowSpace } from './rows';
import type { LoadedFolds } from './use-folds';

/** The row at the top of the view and how many of its pixels are hidden: survives any change of the list. */
export interface Anchor {
  readonly address: Address;
  /** The row is the head of an open fold, which has the address of the row below it. */
  readonly head: boolean;
  readonly offset: number;
}

/** The scrolled list of a memory's rows. */
export interface List {
  readonly space: RowSpace;
  readonly base: number;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly setOpened: (next: (opened: readonly Address[]) => readonly Address[]) => void;
  readonly onScroll: () => void;
  /** Scrolls to the address: `nearest` moves as little as it must, `third` puts a row out of view a third down. */
  readonly reveal: (address: Address, how: 'nearest' | 'third') => void;
  readonly anchor: () => Anchor;
  readonly restore: (anchor: Anchor) => void;
}

/** What the memory panel scrolls: the row arithmetic, the window into it, and the open folds. */
export function useList(size: Bytes, loaded: LoadedFolds, scroller: RefObject<HTMLDivElement | null>): List {
  const [opened, setOpened] = useState<readonly Address[]>([]);
  // Not state: a jump moves the base and the scroll bar at once, and the scroll event can come before the next drawing. Told
  // apart, the old base and the new scroll would be taken for a view at the window's edge, and the jump would be undone.
  const moved = useRef(0);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const space = useMemo(
    () => rowSpace(size, loaded.rowBytes, loaded.folds, opened, loaded.closed),
    [size, loaded, opened],
  );
  const base = Math.min(moved.current, lastBase(space.length));
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: windowRows(space.length),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const anchored = useRef<Anchor>({ address: 0, head: false, offset: 0 });
  const drawn = useRef(space);

  const move = useCallback(
    (index: number, offset: number) => {
      const element = scroller.current;
      if (element === null) return;
      const next = placeAt(space.length, moved.current, index, offset, heightOf(virtualizer));
      element.scrollTop = next.scrollTop;
      // The virtualizer hears of it in the next frame; told now, this frame already draws the right rows.
      virtualizer.scrollOffset = next.scrollTop;
      anchored.current = anchorAt(space, next.base, next.scrollTop);
      moved.current = next.base;
      redraw();
    },
    [space, scroller, virtualizer],
  );

  const restore = useCallback(
    (anchor: Anchor) => move(indexOfAnchor(space, anchor), anchor.offset),
    [move, space],
  );

  useLayoutEffect(() => {
    if (drawn.current === space) return;
    drawn.current = space;
    restore(anchored.current);
  }, [space, restore]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    // Asked of the element: React hears of the scroll before the virtualizer does.
    const { scrollTop } = element;
    const now = Math.min(moved.current, lastBase(space.length));
    anchored.current = anchorAt(space, now, scrollTop);
    const next = rebased(space.length, { base: now, scrollTop }, heightOf(virtualizer));
    if (next === null) return;
    element.scrollTop = next.scrollTop;
    virtualizer.scrollOffset = next.scrollTop;
    moved.current = next.base;
    redraw();
  }, [space, scroller, virtualizer]);

  const reveal = useCallback(
    (address: Address, how: 'nearest' | 'third') => {
      const index = indexOf(space, address);
      const rowTop = (index - Math.min(moved.current, lastBase(space.length))) * ROW_HEIGHT;
      const height = heightOf(virtualizer);
      const to = nearestScroll(rowTop, scroller.current?.scrollTop ?? 0, height);
      if (to === null) return;
      const third = -Math.floor(height / 3 / ROW_HEIGHT) * ROW_HEIGHT;
      move(index, how === 'nearest' ? to - rowTop : third);
    },
    [space, scroller, virtualizer, move],
  );

  const anchor = useCallback(() => anchored.current, []);
  return { space, base, virtualizer, setOpened, onScroll, reveal, anchor, restore };
}

/** As observed, not asked of the element: that would lay the page out in the middle of a key press. */
function heightOf(virtualizer: Virtualizer<HTMLDivElement, Element>): number {
  return virtualizer.scrollRect?.height ?? 0;
}

function anchorAt(space: RowSpace, base: number, scrollTop: number): Anchor {
  const row = rowAt(space, base + Math.floor(scrollTop / ROW_HEIGHT));
  return {
    address: row.address,
    head: row.kind === 'fold' && row.open,
    offset: scrollTop % ROW_HEIGHT,
  };
}

function indexOfAnchor(space: RowSpace, anchor: Anchor): number {
  const index = indexOf(space, anchor.address);
  const under = anchor.head && openFoldAt(space, anchor.address)?.address === anchor.address;
  return under ? index - 1 : index;
}
