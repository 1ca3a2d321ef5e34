import { useEffect, useReducer, useRef } from 'react';
import { session } from '../../app/session';
import type { Address, Bytes } from '../../bytes/units';
import type { PointersFound } from '../../session/types';

type Hits = PointersFound['hits'];

/** The search for words that point here, which goes through the memory a part at a time. */
export interface WordScan {
  readonly hits: Hits;
  /** Captured bytes gone through. */
  readonly scanned: Bytes;
  readonly state: 'running' | 'stopped' | 'done';
  readonly goOn: () => void;
  readonly stop: () => void;
}

/** Without being asked it goes through this much, and finds this many. */
const UNASKED_BYTES: Bytes = 64 * 1024 * 1024;
const UNASKED_HITS = 100;
/** More are not kept. */
const MOST_HITS = 2000;
const REST_MS = 200;

interface Progress {
  readonly key: string;
  readonly hits: Hits;
  readonly scanned: Bytes;
  readonly next: Address | null;
  readonly state: 'running' | 'stopped' | 'done';
}

/** Words that hold an address of [first, last]. `version`: of the snapshot, with which all is asked again. */
export function usePointers(memory: number, first: Address, last: Address, version: number): WordScan {
  const key = `${memory} ${first} ${last} ${version}`;
  const start: Progress = { key, hits: [], scanned: 0, next: 0, state: 'running' };
  const [kept, keep] = useReducer((_: Progress, now: Progress) => now, start);
  const progress = kept.key === key ? kept : start;
  const run = useRef(0);

  const scan = async (from: Progress, bytes: Bytes, most: number) => {
    run.current += 1;
    const mine = run.current;
    let now: Progress = { ...from, state: 'running' };
    keep(now);
    while (now.next !== null && now.scanned < bytes && now.hits.length < most) {
      const found: PointersFound = await session().pointersTo(memory, first, last, now.next);
      if (mine !== run.current) return;
      now = {
        key,
        hits: [...now.hits, ...found.hits],
        scanned: now.scanned + found.scanned,
        next: found.next,
        state: 'running',
      };
      keep(now);
    }
    keep({ ...now, state: now.next === null ? 'done' : 'stopped' });
  };
  const begin = (from: Progress, bytes: Bytes, most: number) => {
    // The dump was replaced or the worker died: the page as a whole says so.
    scan(from, bytes, most).catch(() => keep({ ...from, state: 'stopped' }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the search depends on
  useEffect(() => {
    const timer = setTimeout(() => begin(start, UNASKED_BYTES, UNASKED_HITS), REST_MS);
    return () => {
      clearTimeout(timer);
      run.current += 1;
    };
  }, [key]);
  return {
    hits: progress.hits,
    scanned: progress.scanned,
    state: progress.state,
    goOn: () => begin(progress, Number.POSITIVE_INFINITY, Math.max(MOST_HITS, progress.hits.length + 1)),
    stop: () => {
      run.current += 1;
      keep({ ...progress, state: 'stopped' });
    },
  };
}
