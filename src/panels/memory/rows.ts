import { partition } from '../../bytes/partition';
import type { Address, Bytes } from '../../bytes/units';
import type { RunState } from '../../coredump/model';
import type { Folds } from '../../session/types';
import { foldState } from './byte-state';

/**
 * The rows of a memory as a list: arithmetic over the folds, nothing kept a row. A closed fold is one list row; an open one
 * is a head row and then its rows. The last list row says where the memory ends.
 */
export interface RowSpace {
  readonly size: Bytes;
  readonly rowBytes: Bytes;
  /** Rows of the memory, unfolded. */
  readonly rows: number;
  readonly folds: Folds;
  /** List index of each fold while all are closed. */
  readonly closed: Float64Array;
  /** Which folds are open, ascending: few, for each was opened by hand. */
  readonly open: readonly number[];
  /** List rows that the open folds before each add; one longer than `open`, so the last entry is the sum. */
  readonly added: readonly number[];
  /** Rows of the list, the end row included. */
  readonly length: number;
}

/** One row of the list. */
export type ListRow =
  | { readonly kind: 'bytes'; readonly address: Address }
  | {
      readonly kind: 'fold';
      readonly fold: number;
      readonly address: Address;
      readonly bytes: Bytes;
      readonly state: RunState;
      readonly open: boolean;
    }
  | { readonly kind: 'end'; readonly address: Address };

/** The row at the top of the view and how many of its pixels are hidden: survives any change of the list. */
export interface Anchor {
  readonly address: Address;
  /** The row is the head of an open fold, which has the address of the row below it. */
  readonly head: boolean;
  readonly offset: number;
}

/** The first row of the memory, whole. */
export const TOP: Anchor = { address: 0, head: false, offset: 0 };

/** No folds at all. */
export const NO_FOLDS: Folds = {
  rows: new Float64Array(0),
  counts: new Float64Array(0),
  states: new Uint8Array(0),
  version: 0,
};

/** List indices of the folds while all are closed. Depends on the folds alone, so opening one does not cost it again. */
export function closedIndices(folds: Folds): Float64Array {
  const closed = new Float64Array(folds.rows.length);
  let hidden = 0;
  for (let fold = 0; fold < closed.length; fold += 1) {
    closed[fold] = (folds.rows[fold] ?? 0) - hidden;
    hidden += (folds.counts[fold] ?? 1) - 1;
  }
  return closed;
}

/**
 * The list of a memory. `opened` are addresses: a fold is open when it holds one, so that a fold stays open when indexing
 * makes it shorter. Addresses in no fold are passed over.
 */
export function rowSpace(
  size: Bytes,
  rowBytes: Bytes,
  folds: Folds,
  opened: readonly Address[],
  closed: Float64Array = closedIndices(folds),
): RowSpace {
  const rows = Math.ceil(size / rowBytes);
  const found = opened.map((address) => foldOfRow(folds, Math.floor(address / rowBytes)));
  const open = [...new Set(found.filter((fold) => fold >= 0))].sort((a, b) => a - b);
  const added = [0];
  for (const fold of open) added.push((added.at(-1) ?? 0) + (folds.counts[fold] ?? 0));
  const last = closed.length - 1;
  const listed =
    last < 0 ? rows : (closed[last] ?? 0) + 1 + rows - (folds.rows[last] ?? 0) - (folds.counts[last] ?? 0);
  return { size, rowBytes, rows, folds, closed, open, added, length: listed + (added.at(-1) ?? 0) + 1 };
}

/** The list row at an index; from the end of the list on it is the end row. */
export function rowAt(space: RowSpace, index: number): ListRow {
  if (index >= space.length - 1) return { kind: 'end', address: space.size };
  const fold = lastAtOrBefore(space.closed.length, (at) => listIndex(space, at), index);
  if (fold < 0) return { kind: 'bytes', address: index * space.rowBytes };
  const after = index - listIndex(space, fold);
  if (after === 0) return foldRow(space, fold);
  const first = space.folds.rows[fold] ?? 0;
  const skipped = isOpen(space, fold) ? 0 : (space.folds.counts[fold] ?? 1);
  return { kind: 'bytes', address: (first + skipped + after - 1) * space.rowBytes };
}

/** The list index of the row that shows an address: a closed fold's row, or the row of bytes. At or past the end: the end row. */
export function indexOf(space: RowSpace, address: Address): number {
  if (address >= space.size) return space.length - 1;
  const row = Math.floor(Math.max(0, address) / space.rowBytes);
  const fold = lastAtOrBefore(space.closed.length, (at) => space.folds.rows[at] ?? 0, row);
  if (fold < 0) return row;
  const within = row - (space.folds.rows[fold] ?? 0);
  const rows = space.folds.counts[fold] ?? 1;
  const head = listIndex(space, fold);
  if (isOpen(space, fold)) return head + 1 + within;
  return within < rows ? head : head + 1 + within - rows;
}

/** The closed fold that hides an address, or null. */
export function closedFoldAt(space: RowSpace, address: Address): Extract<ListRow, { kind: 'fold' }> | null {
  const fold = foldOfRow(space.folds, Math.floor(address / space.rowBytes));
  return fold < 0 || isOpen(space, fold) ? null : foldRow(space, fold);
}

/** The open fold that an address lies in, or null. */
export function openFoldAt(space: RowSpace, address: Address): Extract<ListRow, { kind: 'fold' }> | null {
  const fold = foldOfRow(space.folds, Math.floor(address / space.rowBytes));
  return fold >= 0 && isOpen(space, fold) ? foldRow(space, fold) : null;
}

/** The first and last address of what a list row stands for; the end row stands for none and gives the size twice. */
export function rowRange(space: RowSpace, row: ListRow): { readonly first: Address; readonly last: Address } {
  if (row.kind === 'end') return { first: row.address, last: row.address };
  const bytes = row.kind === 'fold' ? row.bytes : space.rowBytes;
  return { first: row.address, last: Math.min(space.size, row.address + bytes) - 1 };
}

/** What stands at the top of a view that begins `scrollTop` px below list row `base`. */
export function anchorAt(space: RowSpace, base: number, scrollTop: number, rowHeight: number): Anchor {
  const row = rowAt(space, base + Math.floor(scrollTop / rowHeight));
  return { address: row.address, head: row.kind === 'fold' && row.open, offset: scrollTop % rowHeight };
}

/** The list row of an anchor: the same row where the list still has it, else the one that shows its address. */
export function indexOfAnchor(space: RowSpace, anchor: Anchor): number {
  const index = indexOf(space, anchor.address);
  const under = anchor.head && openFoldAt(space, anchor.address)?.address === anchor.address;
  return under ? index - 1 : index;
}

function foldRow(space: RowSpace, fold: number): Extract<ListRow, { kind: 'fold' }> {
  const address = (space.folds.rows[fold] ?? 0) * space.rowBytes;
  const end = Math.min(space.size, address + (space.folds.counts[fold] ?? 0) * space.rowBytes);
  return {
    kind: 'fold',
    fold,
    address,
    // The last row of a memory can be short: 10 rows of a memory of 157 bytes fold 157 bytes, not 160 (rows.test.ts).
    bytes: end - address,
    state: foldState(space.folds.states[fold] ?? 3),
    open: isOpen(space, fold),
  };
}

function foldOfRow(folds: Folds, row: number): number {
  const fold = lastAtOrBefore(folds.rows.length, (at) => folds.rows[at] ?? 0, row);
  return fold >= 0 && row < (folds.rows[fold] ?? 0) + (folds.counts[fold] ?? 0) ? fold : -1;
}

function listIndex(space: RowSpace, fold: number): number {
  return (space.closed[fold] ?? 0) + (space.added[openBefore(space, fold)] ?? 0);
}

function isOpen(space: RowSpace, fold: number): boolean {
  return space.open[openBefore(space, fold)] === fold;
}

/** How many open folds stand before this one. */
function openBefore(space: RowSpace, fold: number): number {
  return lastAtOrBefore(space.open.length, (at) => space.open[at] ?? 0, fold - 1) + 1;
}

/** The last place in an ascending sequence whose value is at most `limit`; -1 when there is none. */
function lastAtOrBefore(length: number, value: (at: number) => number, limit: number): number {
  return partition(length, (at) => value(at) <= limit) - 1;
}
