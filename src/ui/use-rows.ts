import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { contentHeight, lastBase, nearestScroll, type Place, type Rows, START } from './scale';
import { useScrollPlace } from './use-scroll-place';

/** Rows drawn above and below the view, so that a fast wheel meets no blank. */
const EXTRA = 8;

export interface UseRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** For the element inside the scroller. */
  readonly height: number;
  readonly first: number;
  readonly end: number;
  /** Where a row stands inside that element, in px. */
  readonly offset: (row: number) => number;
  /** Rows that fit: what PageUp and PageDown move by. */
  readonly page: number;
  readonly show: (row: number) => void;
}

/** Draws the rows in view of a list of equal rows. `head` px of the scroller are covered by a sticky head. */
export function useRows(count: number, rowHeight: number, head = 0): UseRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [drawn, setDrawn] = useState<Place>(START);
  const rows = useMemo<Rows>(() => ({ count, rowHeight, viewport }), [count, rowHeight, viewport]);
  const { place, show: showAt } = useScrollPlace(scroller, rows, setDrawn);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setViewport(Math.max(0, element.clientHeight - head));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [head]);

  // Asked for before the viewport was measured, when no row is in view: shown as soon as it is.
  const early = useRef<number | null>(null);
  const show = useCallback(
    (row: number) => {
      if (rows.viewport === 0) {
        early.current = row;
        return;
      }
      const rowTop = (row - place.current.base) * rows.rowHeight;
      const to = nearestScroll(rows, rowTop, place.current.scrollTop);
      if (to !== null) showAt(row, to - rowTop);
    },
    [rows, place, showAt],
  );
  useEffect(() => {
    if (viewport === 0 || early.current === null) return;
    show(early.current);
    early.current = null;
  }, [viewport, show]);

  // A list that got shorter may end above the view.
  const base = Math.min(drawn.base, lastBase(rows));
  const scrollTop = Math.min(drawn.scrollTop, Math.max(0, contentHeight(rows) - viewport));
  const top = base + Math.floor(scrollTop / rowHeight);
  const first = Math.max(0, top - EXTRA);
  const end = Math.max(first, Math.min(count, top + Math.ceil(viewport / rowHeight) + 1 + EXTRA));
  const offset = useCallback((row: number) => (row - base) * rowHeight, [base, rowHeight]);
  const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
  return { scroller, height: contentHeight(rows), first, end, offset, page, show };
}
