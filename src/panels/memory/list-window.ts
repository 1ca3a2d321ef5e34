/**
 * A list of rows can be longer than a browser lets an element be high, so the scrolled element holds a window of it.
 * Where the window starts is `base`; everything here keeps the same row at the same pixel when the base moves.
 */

/** Height of a row, in pixels: `--h-hex`. */
export const ROW_HEIGHT = 20;

/** 8 million pixels: below Chromium's limit up to a device pixel ratio of 4, and half of Firefox's. */
export const WINDOW_ROWS = 400_000;

/** Nearer than this to an edge that is not the list's own, the window moves. */
const EDGE_ROWS = 2_000;

/** Where the scrolled element stands in the list. */
export interface Place {
  /** List index of the element's first row. */
  readonly base: number;
  /** Of the element, in pixels. */
  readonly scrollTop: number;
}

/** Rows in the window, wherever it starts: its base never lets it reach past the list. */
export function windowRows(total: number): number {
  return Math.min(WINDOW_ROWS, total);
}

/** The largest base: the window ends where the list ends. */
export function lastBase(total: number): number {
  return Math.max(0, total - WINDOW_ROWS);
}

/**
 * The place that shows list row `index` with `offset` pixels of the list above the row's top hidden or, when negative,
 * visible. The base is kept where the row lies well inside its window.
 */
export function placeAt(total: number, base: number, index: number, offset: number, height: number): Place {
  const wanted = Math.max(0, Math.min(index, total - 1));
  const kept = Math.min(base, lastBase(total));
  const from = kept === 0 ? 0 : kept + EDGE_ROWS;
  const to = kept === lastBase(total) ? total : kept + WINDOW_ROWS - EDGE_ROWS;
  const inside = wanted >= from && wanted < to;
  const next = inside ? kept : Math.max(0, Math.min(wanted - WINDOW_ROWS / 2, lastBase(total)));
  const bottom = Math.max(0, windowRows(total) * ROW_HEIGHT - height);
  const top = (wanted - next) * ROW_HEIGHT + offset;
  return { base: next, scrollTop: Math.max(0, Math.min(top, bottom)) };
}

/** A new place that shows the same rows, when the view came near an edge behind which the list goes on; else null. */
export function rebased(total: number, place: Place, height: number): Place | null {
  const first = place.scrollTop / ROW_HEIGHT;
  const last = first + height / ROW_HEIGHT;
  const above = place.base > 0 && first < EDGE_ROWS;
  const below = place.base < lastBase(total) && last > WINDOW_ROWS - EDGE_ROWS;
  if (!above && !below) return null;
  const top = place.base + Math.floor(first);
  const base = Math.max(0, Math.min(top - WINDOW_ROWS / 2, lastBase(total)));
  if (base === place.base) return null;
  return { base, scrollTop: place.scrollTop + (place.base - base) * ROW_HEIGHT };
}

/** The scroll that brings a row into view and moves no more than it must; null when it is in view. */
export function nearestScroll(rowTop: number, scrollTop: number, height: number): number | null {
  if (rowTop < scrollTop) return rowTop;
  if (rowTop + ROW_HEIGHT > scrollTop + height) return rowTop + ROW_HEIGHT - height;
  return null;
}
