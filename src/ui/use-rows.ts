import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { contentHeight, drawn, isScaled, lastTop, type Rows, scrollTopOf, topOf, topToShow } from './rows';

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
  const [top, setTop] = useState(0);
  // What was last written to scrollTop: the event that answers it carries a rounded value and must not move `top`.
  const written = useRef(-1);
  const rows = useMemo<Rows>(() => ({ count, rowHeight, viewport }), [count, rowHeight, viewport]);
  const state = useRef({ rows, top });
  state.current = { rows, top };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setViewport(Math.max(0, element.clientHeight - head));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [head]);

  const move = useCallback((next: number) => {
    const element = scroller.current;
    if (element === null) return;
    const { rows } = state.current;
    const clamped = Math.min(Math.max(0, next), lastTop(rows));
    element.scrollTop = scrollTopOf(rows, clamped);
    written.current = element.scrollTop;
    setTop(clamped);
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => {
      if (Math.abs(element.scrollTop - written.current) < 1) return;
      written.current = -1;
      setTop(topOf(state.current.rows, element.scrollTop));
    };
    const onWheel = (event: WheelEvent) => {
      const { rows, top } = state.current;
      if (!isScaled(rows) || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const lines =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / rows.rowHeight;
      move(top + lines);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [move]);

  // Asked for before the viewport was measured, when no row is in view: shown as soon as it is.
  const early = useRef<number | null>(null);
  const show = useCallback(
    (row: number) => {
      const { rows, top } = state.current;
      if (rows.viewport === 0) {
        early.current = row;
        return;
      }
      const next = topToShow(rows, top, row);
      if (next !== top) move(next);
    },
    [move],
  );

  const measured = viewport > 0;
  useEffect(() => {
    if (!measured || early.current === null) return;
    show(early.current);
    early.current = null;
  }, [measured, show]);

  // A list that got shorter may end above the view.
  const shownTop = Math.min(top, lastTop(rows));
  const { first, end } = drawn(rows, shownTop, EXTRA);
  const base = scrollTopOf(rows, shownTop);
  const offset = useCallback(
    (row: number) => (isScaled(rows) ? base + (row - shownTop) * rowHeight : row * rowHeight),
    [rows, base, shownTop, rowHeight],
  );
  const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
  return { scroller, height: contentHeight(rows), first, end, offset, page, show };
}
