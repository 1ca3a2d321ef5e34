import type { Address } from '../../bytes/units';

/** So many rows are drawn anew in one frame: half of a large view. */
export const PORTION = 20;

/** A row of bytes that is to be drawn: in which element, and whether its bytes are here. */
export interface RowWanted {
  readonly key: number;
  readonly address: Address;
  readonly ready: boolean;
}

/** What was drawn last: the first list row, the list it is of, and what the element of each key shows. */
export interface RowsDrawn {
  readonly first: number;
  readonly list: unknown;
  readonly rows: ReadonlyMap<number, { readonly address: Address; readonly seen: boolean }>;
}

export const NOTHING_DRAWN: RowsDrawn = { first: 0, list: null, rows: new Map() };

/**
 * Which rows wait for the next frame, so that a page of new bytes takes two frames and not one that is too long. Only a row
 * that cannot be missed waits: one that shows nothing yet, and after a leap or in another list one whose element showed a row
 * of elsewhere. So a page down never blinks ("does not wait where the view moves by a page" in portions.test.ts). The upper
 * rows come first: what was gone to stands a third down.
 * @param first list index of the first of `rows`. @param list as in `RowsDrawn`: another object, another list.
 */
export function portion(
  before: RowsDrawn,
  first: number,
  list: unknown,
  rows: readonly RowWanted[],
): { readonly waiting: ReadonlySet<number>; readonly drawn: RowsDrawn } {
  const elsewhere = before.list !== list || Math.abs(first - before.first) > rows.length;
  const waiting = new Set<number>();
  const shown = new Map<number, { address: Address; seen: boolean }>();
  let fresh = 0;
  for (const { key, address, ready } of rows) {
    const old = before.rows.get(key);
    const stays = old?.seen === true && old.address === address;
    if (ready && !stays) {
      const missed = old === undefined || (old.seen && !elsewhere);
      if (fresh >= PORTION && !missed) waiting.add(key);
      else fresh += 1;
    }
    shown.set(key, { address, seen: ready && !waiting.has(key) });
  }
  return { waiting, drawn: { first, list, rows: shown } };
}
