import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import type { Address } from '../../bytes/units';
import { NOTHING_DRAWN, portion, type RowsDrawn, type RowWanted } from './portions';
import { type RowSpace, rowAt } from './rows';

/**
 * The keys of the rows that are not drawn in this frame but in the next, for which this draws again.
 * @param base list index of the window's first row. @param items the rows in view, as indices from `base` on.
 * @param origin as in `RowKeys`. @param ready whether the bytes of the row at an address are here.
 */
export function usePortions(
  space: RowSpace,
  base: number,
  items: readonly { readonly index: number }[],
  origin: number,
  ready: (address: Address) => boolean,
): ReadonlySet<number> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const before = useRef<RowsDrawn>(NOTHING_DRAWN);
  const rows = items.flatMap(({ index }): RowWanted[] => {
    const row = rowAt(space, base + index);
    if (row.kind !== 'bytes') return [];
    return [{ key: base + index - origin, address: row.address, ready: ready(row.address) }];
  });
  const { waiting, drawn } = portion(before.current, base + (items[0]?.index ?? 0), space, rows);
  useLayoutEffect(() => {
    before.current = drawn;
  });
  useEffect(() => {
    if (waiting.size === 0) return;
    const frame = requestAnimationFrame(redraw);
    return () => cancelAnimationFrame(frame);
  });
  return waiting;
}
