import type { Address } from '../../bytes/units';
import { closedFoldAt, indexOf, type RowSpace, rowAt, rowRange } from './rows';

/** What a key asks the cursor to do. */
export type Motion =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'row-start'
  | 'row-end'
  | 'memory-start'
  | 'memory-end';

const KEYS: Readonly<Record<string, Motion>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'row-start',
  End: 'row-end',
};

/** The motion of a key, or null for a key that moves nothing. */
export function motionOf(key: string, ctrl: boolean): Motion | null {
  if (ctrl) return key === 'Home' ? 'memory-start' : key === 'End' ? 'memory-end' : null;
  return KEYS[key] ?? null;
}

/**
 * Where the cursor goes. A closed fold is one step, whatever its length; up and down keep the column; nothing leaves the
 * memory. `page` is the count of rows in view.
 */
export function moved(space: RowSpace, cursor: Address, motion: Motion, page: number): Address {
  if (space.size === 0) return 0;
  const last = space.size - 1;
  const at = Math.max(0, Math.min(cursor, last));
  switch (motion) {
    case 'left':
      return stepped(space, at, -1);
    case 'right':
      return stepped(space, at, 1);
    case 'up':
      return rowsAway(space, at, -1);
    case 'down':
      return rowsAway(space, at, 1);
    case 'page-up':
      return rowsAway(space, at, -Math.max(1, page - 1));
    case 'page-down':
      return rowsAway(space, at, Math.max(1, page - 1));
    case 'row-start':
      return rowRange(space, rowAt(space, indexOf(space, at))).first;
    case 'row-end':
      return rowRange(space, rowAt(space, indexOf(space, at))).last;
    case 'memory-start':
      return 0;
    case 'memory-end':
      return last;
  }
}

/** One byte on, or over the whole fold where the cursor is on one. Landing on a fold is landing on its row. */
function stepped(space: RowSpace, at: Address, by: 1 | -1): Address {
  const fold = closedFoldAt(space, at);
  const edge = fold === null ? at : by < 0 ? fold.address : fold.address + fold.bytes - 1;
  const to = edge + by;
  return to < 0 || to >= space.size ? at : to;
}

function rowsAway(space: RowSpace, at: Address, by: number): Address {
  const column = at % space.rowBytes;
  const from = indexOf(space, at);
  // The end row holds no byte, so the last place to stand is the row before it.
  const to = Math.max(0, Math.min(from + by, space.length - 2));
  let row = rowAt(space, to);
  // The head of an open fold holds no byte of its own and is passed over; its rows stand right below it.
  if (row.kind === 'fold' && row.open) row = rowAt(space, by > 0 || to === 0 ? to + 1 : to - 1);
  const { first, last } = rowRange(space, row);
  return Math.min(first + column, last);
}
