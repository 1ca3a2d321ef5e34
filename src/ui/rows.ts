/**
 * Rows of one height are arithmetic: no list of offsets is kept, so that 5 million rows cost what 50 do.
 * Browsers cap an element's height (Chromium at 2^25 px divided by the device's pixel ratio), so above `TALLEST`
 * the scroll bar is a scale: its thumb moves in proportion, while wheel and keys move by rows exactly.
 */

/** The tallest content that scrolls natively, in px: 2^25 over a pixel ratio of 4, with room. */
export const TALLEST = 8_000_000;

/** A list of equal rows behind a viewport. Heights in px. */
export interface Rows {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** What the scrolled element is as high as. */
export function contentHeight({ count, rowHeight }: Rows): number {
  return Math.min(count * rowHeight, TALLEST);
}

/** Whether the scroll bar is a scale instead of the rows' own height. */
export function isScaled({ count, rowHeight }: Rows): boolean {
  return count * rowHeight > TALLEST;
}

/** The largest `top`, in rows, fractions allowed: the last row then stands at the viewport's foot. */
export function lastTop({ count, rowHeight, viewport }: Rows): number {
  return Math.max(0, count - viewport / rowHeight);
}

/** The row (with fraction) at the viewport's top for a scroll position. */
export function topOf(rows: Rows, scrollTop: number): number {
  if (!isScaled(rows)) return Math.max(0, scrollTop / rows.rowHeight);
  const travel = Math.max(1, contentHeight(rows) - rows.viewport);
  return Math.min(1, Math.max(0, scrollTop / travel)) * lastTop(rows);
}

/** The scroll position for a row at the viewport's top: the inverse of `topOf`. */
export function scrollTopOf(rows: Rows, top: number): number {
  const clamped = Math.min(Math.max(0, top), lastTop(rows));
  if (!isScaled(rows)) return clamped * rows.rowHeight;
  return (clamped / Math.max(1, lastTop(rows))) * (contentHeight(rows) - rows.viewport);
}

/** The least move of `top` that brings a row whole into view. */
export function topToShow(rows: Rows, top: number, row: number): number {
  const inView = rows.viewport / rows.rowHeight;
  if (row < top) return row;
  if (row + 1 > top + inView) return Math.min(Math.max(0, row + 1 - inView), lastTop(rows));
  return top;
}

/** The rows to draw: those in view and `extra` on each side, as [first, end). */
export function drawn(rows: Rows, top: number, extra: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(top) - extra);
  const end = Math.min(rows.count, Math.ceil(top + rows.viewport / rows.rowHeight) + extra);
  return { first, end: Math.max(first, end) };
}
