import { movedRow } from '../../ui/list-keys';
import { isFolder, type TreeRow } from './tree-rows';

/** What a key does to the tree: move to a row, or open or close the row it is on. */
export type TreeAction =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'toggle'; readonly id: string };

/** The keys of a tree, as every file manager has them; null where the key is not the tree's. */
export function treeAction(
  key: string,
  rows: readonly TreeRow[],
  at: number,
  page: number,
): TreeAction | null {
  const last = rows.length - 1;
  const row = rows[at];
  const move = (to: number): TreeAction => ({ kind: 'move', to: Math.max(0, Math.min(last, to)) });
  if (last < 0) return null;
  const to = movedRow(key, at, rows.length, page);
  if (to !== null) return move(to);
  switch (key) {
    case 'ArrowRight':
      if (row === undefined || !isFolder(row)) return null;
      return row.open ? move(at + 1) : { kind: 'toggle', id: row.id };
    case 'ArrowLeft':
      if (row === undefined) return null;
      if (isFolder(row) && row.open) return { kind: 'toggle', id: row.id };
      return row.kind === 'thread' ? null : move(parentOf(rows, at));
    case 'Enter':
    case ' ':
      return row === undefined || !isFolder(row) ? null : { kind: 'toggle', id: row.id };
    default:
      return null;
  }
}

/** The row above that holds this one: the nearest of a lower level. */
function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = levelOf(rows[at]);
  let parent = at;
  while (parent > 0 && levelOf(rows[parent]) >= level) parent--;
  return parent;
}

/** As `aria-level` counts: threads 1, their frames and folds 2, frames of an opened fold 3. */
export function levelOf(row: TreeRow | undefined): number {
  if (row === undefined || row.kind === 'thread') return 1;
  return isFolder(row) ? 2 : row.level;
}
