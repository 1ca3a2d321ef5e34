import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { session } from '../../app/session';
import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { PAGE, Pages, pagesOf } from './pages';
import { type RowSpace, rowAt, rowRange } from './rows';

/** List rows fetched ahead in the direction of the scroll. */
const AHEAD_ROWS = 64;

type ReadMemory = (
  memory: number,
  address: Address,
  length: Bytes,
  signal: AbortSignal,
) => Promise<MemoryWindow>;

const readOpen: ReadMemory = (...window) => session().read(...window);

/** The pages of a memory, and a reason to draw again when one of them arrives. */
export function usePages(
  memory: number,
  read: ReadMemory = readOpen,
): { readonly pages: Pages; readonly arrivals: number } {
  const [arrivals, arrived] = useReducer((count: number) => count + 1, 0);
  // Once a frame: several pages arrive for one view, and each would draw its rows again.
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const pages = useMemo(
    () =>
      new Pages(
        (address, length, signal) => read(memory, address, length, signal),
        () => {
          cancelAnimationFrame(frame.current);
          frame.current = requestAnimationFrame(arrived);
        },
      ),
    [memory, read],
  );
  useEffect(() => () => pages.leave(), [pages]);
  return { pages, arrivals };
}

/**
 * Tells the session where the view goes, so that bytes on a server are under way before they are in view. A view that stops
 * has not gone elsewhere: what comes next stays asked for until it does.
 */
export function useReadAhead(
  memory: number,
  first: Address,
  last: Address,
  direction: 'forward' | 'backward' | null,
): void {
  // By the page: a move by a row changes nothing.
  const edge = PAGE * Math.floor((direction === 'backward' ? first : last) / PAGE);
  useEffect(() => {
    if (direction === null) return;
    const at = direction === 'forward' ? edge + PAGE : edge;
    // What cannot be had is said when it is in view.
    session()
      .readAhead(memory, at, direction === 'forward' ? 1 : -1)
      .catch(() => undefined);
  }, [memory, edge, direction]);
  useEffect(
    () => () => {
      session()
        .readAhead(memory, 0, null)
        .catch(() => undefined);
    },
    [memory],
  );
}

/** Bytes that come within this time, in ms, were never missed. */
const LATE = 100;

/** Whether rows in view have been waiting for their bytes for longer than is not noticed. */
export function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), LATE);
    return () => clearTimeout(timer);
  }, [waiting]);
  return late;
}

/** Asks for what list rows [first, last] show, and a screen or two in the direction of the scroll. @param version null: nothing is asked for. */
export function useWanted(
  pages: Pages,
  space: RowSpace,
  version: number | null,
  size: Bytes,
  first: number,
  last: number,
  direction: 'forward' | 'backward' | null,
): void {
  useEffect(() => {
    if (version === null) return;
    const wanted = new Set<number>();
    const add = (index: number) => {
      const row = index >= 0 && index < space.length ? rowAt(space, index) : null;
      if (row?.kind !== 'bytes') return;
      const range = rowRange(space, row);
      for (const page of pagesOf(range.first, range.last)) wanted.add(page);
    };
    for (let index = first; index <= last; index += 1) add(index);
    if (direction === 'forward') for (let step = 1; step <= AHEAD_ROWS; step += 1) add(last + step);
    if (direction === 'backward') for (let step = 1; step <= AHEAD_ROWS; step += 1) add(first - step);
    pages.want({ version, size, pages: [...wanted] });
  }, [pages, space, version, size, first, last, direction]);
}
