import { useEffect, useState } from 'react';
import { session } from '../../app/session';
import type { Strip } from '../../session/types';

const WIDTH = 72;
/** Pieces of the meter: 2 px each. */
const PIECES = WIDTH / 2;

/** The coverage of a memory's whole address space, on its side; each run as wide as the logarithm of its length. */
export function CoverageMeter({ memory, version }: { readonly memory: number; readonly version: number }) {
  const [strip, setStrip] = useState<Strip | null>(null);
  useEffect(() => {
    let wanted = true;
    // Asked for `version`: the index grows, an override changes what gaps are.
    if (version === -1) return;
    session()
      .strip(memory, PIECES)
      .then(
        (found) => {
          if (wanted) setStrip(found);
        },
        // The dump was replaced or the worker died: the page as a whole says so.
        () => setStrip(null),
      );
    return () => {
      wanted = false;
    };
  }, [memory, version]);
  return (
    <span className="meter" aria-hidden="true">
      {strip?.runs.map((run) => (
        <span
          key={run.start}
          className={`cover-${run.state}`}
          style={{ flexGrow: strip.exact ? Math.log2(run.end - run.start + 1) : run.end - run.start }}
        />
      ))}
    </span>
  );
}
