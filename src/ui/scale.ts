/**
 * Rows of one height behind a scroll bar of bounded height. Browsers cap how high an element can be (Chromium at 2^25 px
 * divided by the device's pixel ratio, Firefox at about 17.9 million px), so the scrolled element holds a window of the rows:
 * its first row is the list's row `base`. The thumb moves the base in proportion; wheel, touch and keys leave it where it is,
 * and so move by rows exactly. A list that fits has base 0 for ever: that is native scrolling.
 *
 * Near both ends the base stands still for the thumb too, so that there the list scrolls natively and the ends of the scroll
 * bar are the ends of the list.
 */

/** The tallest element, in px: 2^25 over a pixel ratio of 4, with room. */
export const TALLEST = 8_000_000;

/** How much of each end scrolls natively, in px: half a percent of the bar. */
export const ZONE = 40_000;

/** A thumb that is off by less than this, in px, is where it belongs: on no screen that is a tenth of a pixel. */
const TOLERANCE = 400;

/** The most that one scroll event of a hand moves, in px, and where only the size of the move can tell it from the thumb's. */
const HAND = ZONE / 2;
const DOUBTFUL = 5_000;

/** A list of equal rows behind a viewport. Heights in px. */
export interface Rows {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** Where the scrolled element stands in the list. */
export interface Place {
  /** List index of the element's first row. */
  readonly base: number;
  /** Of the element, in px. */
  readonly scrollTop: number;
}

export const START: Place = { base: 0, scrollTop: 0 };

export type ScrollAction =
  /** The element was scrolled, by whatever; `hand`: a wheel turned just before. */
  | { readonly kind: 'scrolled'; readonly scrollTop: number; readonly hand: boolean }
  /** Nothing has moved for a while. */
  | { readonly kind: 'rest' }
  /** Show row `index` with `offset` px of the list above the row's top hidden or, when negative, visible. */
  | { readonly kind: 'show'; readonly index: number; readonly offset: number };

/** Rows that the scrolled element holds. */
export function windowRows({ count, rowHeight }: Rows): number {
  return Math.min(count, Math.floor(TALLEST / rowHeight));
}

/** What the scrolled element is as high as. */
export function contentHeight(rows: Rows): number {
  return windowRows(rows) * rows.rowHeight;
}

/** The largest base: the window ends where the list ends. */
export function lastBase(rows: Rows): number {
  return rows.count - windowRows(rows);
}

/** The list's row at the viewport's top, with its fraction. */
export function topRow({ rowHeight }: Rows, { base, scrollTop }: Place): number {
  return base + scrollTop / rowHeight;
}

/** The next place. The rows in view move by what was scrolled when a hand did it, and in proportion when the thumb did. */
export function scroll(rows: Rows, place: Place, action: ScrollAction): Place {
  if (action.kind === 'show') return placeAt(rows, action.index, action.offset);
  const kept = { base: Math.min(place.base, lastBase(rows)), scrollTop: place.scrollTop };
  if (action.kind === 'rest') {
    const there = inProportion(rows, kept);
    return Math.abs(there.scrollTop - kept.scrollTop) > TOLERANCE ? there : place;
  }
  const { scrollTop, hand } = action;
  const far = Math.abs(scrollTop - place.scrollTop) > (hand ? HAND : leap(rows));
  const next = { base: far ? baseAt(rows, scrollTop) : kept.base, scrollTop };
  const there = inProportion(rows, next);
  return there.base !== next.base && isAstray(rows, next, there) ? there : next;
}

/** The place of a row where the thumb stands in proportion. The row comes exactly where it is wanted; only the thumb is rounded. */
export function placeAt(rows: Rows, index: number, offset: number): Place {
  const { count, rowHeight, viewport } = rows;
  const wanted = Math.max(0, Math.min(index, count - 1));
  const last = lastBase(rows);
  const travel = travelOf(rows);
  const zone = zoneOf(rows);
  const above = wanted * rowHeight + offset;
  const below = (count - wanted) * rowHeight - offset - viewport;
  const slope = last / (travel - 2 * zone);
  const thumb = (wanted + offset / rowHeight + slope * zone) / (slope + 1 / rowHeight);
  const scaled = Math.max(0, Math.min(wanted - Math.round((thumb - offset) / rowHeight), last));
  const base = last === 0 || above <= zone ? 0 : below <= zone ? last : scaled;
  return { base, scrollTop: clamp((wanted - base) * rowHeight + offset, travel) };
}

/** The base for a thumb at `scrollTop`. */
export function baseAt(rows: Rows, scrollTop: number): number {
  const zone = zoneOf(rows);
  const middle = travelOf(rows) - 2 * zone;
  const part = middle <= 0 ? 0 : Math.max(0, Math.min(1, (scrollTop - zone) / middle));
  return Math.round(part * lastBase(rows));
}

/** The scroll that brings a row into view and moves no more than it must; null when it is in view. */
export function nearestScroll(
  { rowHeight, viewport }: Rows,
  rowTop: number,
  scrollTop: number,
): number | null {
  if (rowTop < scrollTop) return rowTop;
  if (rowTop + rowHeight > scrollTop + viewport) return rowTop + rowHeight - viewport;
  return null;
}

/** The same rows at the same pixels, with the thumb where it belongs. */
function inProportion(rows: Rows, { base, scrollTop }: Place): Place {
  const within = Math.floor(scrollTop / rows.rowHeight);
  return placeAt(rows, base + within, scrollTop - within * rows.rowHeight);
}

/** Whether the thumb is so far off that scrolling on could end at an end of the bar that is not the list's. */
function isAstray(rows: Rows, { scrollTop }: Place, there: Place): boolean {
  const zone = zoneOf(rows);
  const nearEnd = there.scrollTop <= zone || there.scrollTop >= travelOf(rows) - zone;
  return nearEnd || Math.abs(there.scrollTop - scrollTop) > HAND;
}

/**
 * A move that is longer than this is the thumb's, unless a wheel turned just before. One pixel of the thumb is
 * `TALLEST / viewport` of content: 13,333 px behind a viewport of 600. A click beside the thumb scrolls a viewport, and is
 * to move by one exactly ("moves by a viewport exactly" in tests/ui/scale.test.ts).
 */
function leap({ viewport }: Rows): number {
  return Math.max(viewport, Math.min(DOUBTFUL, TALLEST / Math.max(1, viewport) / 4));
}

function travelOf(rows: Rows): number {
  return Math.max(0, contentHeight(rows) - rows.viewport);
}

function zoneOf(rows: Rows): number {
  return Math.min(ZONE, travelOf(rows) / 4);
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
