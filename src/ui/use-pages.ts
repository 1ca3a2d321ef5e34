import { useCallback, useMemo, useReducer } from 'react';

const PAGE = 256;
/** Pages kept: what is scrolled through at leisure, a few hundred kilobytes. */
const KEPT = 64;

/**
 * Rows that are fetched a page at a time, when one of them is first asked for. `version` makes all of them stale.
 * @returns the row, or null while it is on its way
 */
export function usePages<Row>(
  version: unknown,
  fetch: (first: number, count: number) => Promise<readonly Row[]>,
): (index: number) => Row | null {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version begins with no pages
  const pages = useMemo(() => new Map<number, readonly Row[] | 'asked'>(), [version]);
  return useCallback(
    (index: number) => {
      const page = Math.floor(index / PAGE);
      const known = pages.get(page);
      if (known !== undefined) return known === 'asked' ? null : (known[index % PAGE] ?? null);
      pages.set(page, 'asked');
      const [oldest] = pages.keys();
      if (pages.size > KEPT && oldest !== undefined) pages.delete(oldest);
      fetch(page * PAGE, PAGE).then(
        (rows) => {
          pages.set(page, rows);
          redraw();
        },
        // The dump was replaced or the worker died: the page as a whole says so, and a row in view asks again.
        () => pages.delete(page),
      );
      return null;
    },
    [pages, fetch],
  );
}
