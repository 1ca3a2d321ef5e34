/** Which elements the rows in view are given. The row at list index i has key i - origin. */
export interface RowKeys {
  /** List index of the first row that is drawn. */
  readonly first: number;
  readonly origin: number;
}

/** Of the rows in view, moved by more than this part of them, elements change their rows instead of their places. */
const FEW = 1 / 3;

/**
 * The keys for rows that begin at list index `first`. After a small step the rows that stay keep their elements, and those
 * that come get new ones. After a jump each element shows the row that stands where its row stood: nothing is made and
 * nothing moves in the document, where order is what a screen reader follows.
 */
export function rowKeys(before: RowKeys, first: number, count: number): RowKeys {
  const by = first - before.first;
  if (by === 0) return before;
  return { first, origin: Math.abs(by) > count * FEW ? before.origin + by : before.origin };
}
