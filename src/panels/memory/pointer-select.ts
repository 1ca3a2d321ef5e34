import { type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Address, Bytes } from '../../bytes/units';
import type { Side } from './row-props';
import { plainColumn, TEXT_CELL } from './view';

/** What lies under the pointer. */
export type Hit =
  /** `bytes`: of the group that was hit. */
  | { readonly kind: 'byte'; readonly address: Address; readonly bytes: Bytes; readonly side: Side }
  | { readonly kind: 'fold'; readonly first: Address; readonly last: Address };

/** Finds the byte or the fold at a point of the window; null beside the rows. */
export function hitAt(x: number, y: number): Hit | null {
  const target = document.elementFromPoint(x, y);
  const row = target?.closest<HTMLElement>('.mem-row');
  if (!target || !row) return null;
  const { address, group, fold, last } = row.dataset;
  if (fold !== undefined) return { kind: 'fold', first: Number(fold), last: Number(last) };
  if (address === undefined) return null;
  if (target.closest('.o')) return null;
  const cells = target.closest('.mem-hex, .mem-text');
  if (cells?.className === 'mem-text') {
    const column = Math.floor((x - cells.getBoundingClientRect().left) / TEXT_CELL);
    return { kind: 'byte', address: Number(address) + column, bytes: 1, side: 'text' };
  }
  const bytes = Number(group);
  const left = x - (cells?.getBoundingClientRect().left ?? x);
  const index =
    cells === null ? 0 : cells.classList.contains('mem-groups') ? cellAt(cells, x) : plainColumn(left);
  return { kind: 'byte', address: Number(address) + index * bytes, bytes, side: 'hex' };
}

/** The last cell that begins left of `x`. */
function cellAt(cells: Element, x: number): number {
  const lefts = Array.from(cells.children, (cell) => cell.getBoundingClientRect().left);
  return Math.max(
    0,
    lefts.findLastIndex((left) => left <= x),
  );
}

/** The most pixels that a drag past the edge scrolls in one frame. */
const FASTEST = 60;

/**
 * Selection by mouse: press, drag, shift-press. A drag past the upper or lower edge scrolls, the faster the farther, and goes
 * on selecting. `onPress` answers whether a drag may follow.
 */
export function usePointerSelect(
  scroller: RefObject<HTMLElement | null>,
  onPress: (hit: Hit, shift: boolean) => boolean,
  onDrag: (hit: Hit) => void,
) {
  const drag = useRef<{ x: number; y: number; frame: number } | null>(null);
  const dragged = useRef(onDrag);
  useEffect(() => {
    dragged.current = onDrag;
  });

  const follow = useCallback(() => {
    const element = scroller.current;
    const at = drag.current;
    if (element === null || at === null) return;
    const box = element.getBoundingClientRect();
    const beyond = at.y < box.top ? at.y - box.top : at.y > box.bottom ? at.y - box.bottom : 0;
    if (beyond !== 0) element.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, beyond));
    const hit = hitAt(
      Math.max(box.left + 1, Math.min(at.x, box.left + element.clientWidth - 2)),
      Math.max(box.top + 1, Math.min(at.y, box.bottom - 2)),
    );
    if (hit !== null) dragged.current(hit);
    at.frame = beyond === 0 ? 0 : requestAnimationFrame(follow);
  }, [scroller]);

  const end = useCallback(() => {
    if (drag.current !== null) cancelAnimationFrame(drag.current.frame);
    drag.current = null;
  }, []);
  useEffect(() => end, [end]);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // A press on the scroll bar is the browser's.
      if (event.button !== 0 || event.nativeEvent.offsetX > event.currentTarget.clientWidth) return;
      const hit = hitAt(event.clientX, event.clientY);
      if (hit === null || !onPress(hit, event.shiftKey)) return;
      // On a touch screen the same gesture scrolls.
      if (event.pointerType === 'touch') return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY, frame: 0 };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const at = drag.current;
      if (at === null) return;
      at.x = event.clientX;
      at.y = event.clientY;
      if (at.frame === 0) follow();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
