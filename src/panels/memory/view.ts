import { type Format, fits, type Group, type View } from '../../app/memory-view';
import type { Bytes } from '../../bytes/units';

/** The widest row: a power of two divides the pages that bytes are fetched in. */
const WIDEST: Bytes = 128;
const NARROWEST: Bytes = 8;

/** The part of a row that does not grow with its bytes, in px: space before the text, scroll bar. */
const FIXED = 28;
/** The address column's padding. */
const ADDRESS = 26;
/** The width of a text cell in px (memory-rows.css). */
export const TEXT_CELL = 7.5;
/** The strip's width, beside a panel that is wide enough for its labels and beside one that is not (memory-strip.css). */
const STRIP = { wide: 87, narrow: 31, from: 680 } as const;

/** Characters of the longest number: `18446744073709551615`, `-1.1754944e-38`, `-2.2250738585072014e-308`. */
const LONGEST: Readonly<Record<Format, Readonly<Record<Group, number>>>> = {
  hex: { 1: 2, 2: 4, 4: 8, 8: 16 },
  unsigned: { 1: 3, 2: 5, 4: 10, 8: 20 },
  signed: { 1: 4, 2: 6, 4: 11, 8: 20 },
  float: { 1: 0, 2: 0, 4: 14, 8: 24 },
};

/** The view with another format or group; of two that do not go together the one just chosen stays. */
export function withFormat(view: View, format: Format): View {
  return { ...view, format, group: fits(view.group, format) ? view.group : 4 };
}

/** As `withFormat`. */
export function withGroup(view: View, group: Group): View {
  return { ...view, group, format: fits(group, view.format) ? view.format : 'hex' };
}

/** Whether rows are bytes in hex, each in its cell: the plain hex dump. */
export function isPlain(view: View): boolean {
  return view.group === 1 && view.format === 'hex';
}

/** Characters that a group's cell has room for. */
export function cellChars(view: View): number {
  return LONGEST[view.format][view.group];
}

/** The width of the plain hex cells of a row in px: 20 each, 4 more after each four, 10 more after each eight. */
export function plainWidth(rowBytes: Bytes): number {
  return rowBytes * 20 + Math.floor((rowBytes - 1) / 4) * 4 + Math.floor((rowBytes - 1) / 8) * 6;
}

/** The plain hex cell at `x` px from the left edge of the first. The space between two belongs to the second. */
export function plainColumn(x: number): number {
  let column = 0;
  while (plainWidth(column + 1) <= x) column += 1;
  return column;
}

/** The width of a row in px. `ch` is the advance of a monospaced character. */
export function rowWidth(view: View, rowBytes: Bytes, digits: number, ch: number): number {
  const groups = rowBytes / view.group;
  const cells = isPlain(view) ? plainWidth(rowBytes) : groups * (cellChars(view) * ch + 12);
  return ADDRESS + digits * ch + cells + rowBytes * TEXT_CELL + FIXED;
}

/**
 * Bytes a row: as chosen where they fit into a panel of `width` px, else the most that do, never less than 8. A width of
 * 0 is not measured yet and holds what was chosen.
 */
export function rowBytesFor(view: View, width: number, digits: number, ch: number): Bytes {
  const most = view.rowBytes === 'fit' ? WIDEST : view.rowBytes;
  if (width === 0) return view.rowBytes === 'fit' ? PLAIN_BYTES : most;
  const room = width - (width > STRIP.from ? STRIP.wide : STRIP.narrow);
  let bytes = NARROWEST;
  while (bytes < most && rowWidth(view, bytes * 2, digits, ch) <= room) bytes *= 2;
  return bytes;
}

const PLAIN_BYTES: Bytes = 16;
