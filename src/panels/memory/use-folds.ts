import { useEffect, useRef, useState } from 'react';
import { session } from '../../app/session';
import type { Bytes } from '../../bytes/units';
import type { Folds } from '../../session/types';
import { closedIndices } from './rows';

/** The folds of a memory, with what they were asked for. */
export interface LoadedFolds {
  readonly folds: Folds;
  readonly closed: Float64Array;
  readonly rowBytes: Bytes;
}

/** Rows of one state before they fold. */
const MINIMUM_ROWS = 4;

/**
 * The folds of a memory for a snapshot's version and a row's width. Those of the version before stay until the new ones
 * are here. One request at a time: while indexing, versions come faster than answers.
 */
export function useFolds(
  memory: number,
  version: number,
  rowBytes: Bytes,
): { readonly loaded: LoadedFolds | null; readonly failure: string | null } {
  const [loaded, setLoaded] = useState<LoadedFolds | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = useRef({ version, rowBytes });
  const busy = useRef(false);
  const alive = useRef(true);

  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);

  useEffect(() => {
    wanted.current = { version, rowBytes };
    if (busy.current) return;
    const fetchWanted = async () => {
      let asked: { version: number; rowBytes: number } | null = null;
      while (alive.current && asked !== wanted.current) {
        asked = wanted.current;
        const folds = await session().folds(memory, asked.rowBytes, MINIMUM_ROWS);
        if (!alive.current) return;
        setLoaded({ folds, closed: closedIndices(folds), rowBytes: asked.rowBytes });
        setFailure(null);
      }
    };
    busy.current = true;
    fetchWanted()
      .catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        busy.current = false;
      });
  }, [memory, version, rowBytes]);

  return { loaded, failure };
}
