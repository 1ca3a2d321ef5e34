import { rowAt, rowCount, rowOfPath, type Tree } from '../../memory/structs/tree';
import { movedRow } from '../../ui/list-keys';

/** What a key does to the tree of a struct. */
export type TreeAction =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'open' | 'close' | 'select' };

/** The keys of a tree grid whose rows take the focus (ARIA practices); null where the key is not the tree's. */
export function treeAction(key: string, tree: Tree, at: number, page: number): TreeAction | null {
  const row = rowAt(tree, at);
  if (row === null) return null;
  const last = rowCount(tree) - 1;
  const move = (to: number): TreeAction => ({ kind: 'move', to: Math.max(0, Math.min(last, to)) });
  const to = movedRow(key, at, rowCount(tree), page);
  if (to !== null) return move(to);
  switch (key) {
    case 'ArrowRight':
      if (row.open === null) return null;
      return row.open ? move(at + 1) : { kind: 'open' };
    case 'ArrowLeft':
      if (row.open === true) return { kind: 'close' };
      return row.path.length === 1 ? null : move(rowOfPath(tree, row.path.slice(0, -1)));
    case ' ':
      return row.open === null ? null : { kind: row.open ? 'close' : 'open' };
    case 'Enter':
      return { kind: 'select' };
    default:
      return null;
  }
}
