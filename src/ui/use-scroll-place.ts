import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { type Place, type Rows, type ScrollAction, START, scroll } from './scale';

/** A wheel that turned this long ago is still what scrolls, and after as long without scrolling the list is at rest. In ms. */
const WHEEL = 200;
const REST = 200;

export interface ScrollPlace {
  /** Where the element stands; not state, for a jump moves base and scroll bar at once and the scroll event may come first. */
  readonly place: RefObject<Place>;
  readonly show: (index: number, offset: number) => void;
}

/**
 * Keeps the place of a scrolled element: what moved it is told apart here, the arithmetic is `scroll`. `onPlace` hears of
 * each new place before anyone else hears of the scroll; `written`: the scroll bar was moved from here.
 */
export function useScrollPlace(
  scroller: RefObject<HTMLElement | null>,
  rows: Rows,
  onPlace: (place: Place, written: boolean) => void,
): ScrollPlace {
  const place = useRef<Place>(START);
  const latest = useRef({ rows, onPlace });
  useLayoutEffect(() => {
    latest.current = { rows, onPlace };
  });

  const take = useCallback(
    (action: ScrollAction) => {
      const element = scroller.current;
      if (element === null) return;
      const next = scroll(latest.current.rows, place.current, action);
      const stands = action.kind === 'scrolled' ? action.scrollTop : place.current.scrollTop;
      if (next === place.current) return;
      place.current = next;
      const written = next.scrollTop !== stands;
      if (written) element.scrollTop = next.scrollTop;
      latest.current.onPlace(next, written);
    },
    [scroller],
  );

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let turned = Number.NEGATIVE_INFINITY;
    let rest = 0;
    const onWheel = (event: WheelEvent) => {
      turned = event.timeStamp;
    };
    const onScroll = (event: Event) => {
      const { scrollTop } = element;
      window.clearTimeout(rest);
      rest = window.setTimeout(() => take({ kind: 'rest' }), REST);
      if (scrollTop !== place.current.scrollTop)
        take({ kind: 'scrolled', scrollTop, hand: event.timeStamp - turned < WHEEL });
    };
    element.addEventListener('wheel', onWheel, { passive: true });
    // Captured: before the virtualizer's own listener, which draws at once.
    element.addEventListener('scroll', onScroll, { passive: true, capture: true });
    return () => {
      window.clearTimeout(rest);
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('scroll', onScroll, { capture: true });
    };
  }, [scroller, take]);

  const show = useCallback((index: number, offset: number) => take({ kind: 'show', index, offset }), [take]);
  return { place, show };
}
