import type { MarkedRange } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';

/** A marked range in the columns of one row. */
export interface Mark {
  readonly markFrom: number;
  readonly markTo: number;
}

const NONE: Mark = { markFrom: 0, markTo: -1 };

/**
 * The marked range as a row sees it: in its columns, cut to the rows above and below, because the outline of a row
 * depends on those and on nothing farther. A row amid a long range gets the same numbers as the next one, and is not
 * drawn again when the range's far end moves.
 */
export function markIn(marked: MarkedRange | null, address: Address, rowBytes: Bytes): Mark {
  if (marked === null || marked.last < address || marked.first >= address + rowBytes) return NONE;
  return {
    markFrom: Math.max(-rowBytes, marked.first - address),
    markTo: Math.min(2 * rowBytes - 1, marked.last - address),
  };
}

/** The classes of a column: tint, and each side on which the range ends there. Empty outside the range. */
export function markClasses(column: number, rowBytes: Bytes, from: number, to: number): string {
  if (column < from || column > to) return '';
  const top = column - rowBytes < from ? ' rng-t' : '';
  const bottom = column + rowBytes > to ? ' rng-b' : '';
  const left = column === from || column === 0 ? ' rng-l' : '';
  const right = column === to || column === rowBytes - 1 ? ' rng-r' : '';
  return ` rng${top}${bottom}${left}${right}`;
}
