import { useEffect, useState } from 'react';
import { session } from '../../app/session';
import type { NamedSegment, Strip } from '../../session/types';
import { STRIP_RUNS } from './strip-layout';

/** The strip's runs: each one true run where they are few, else one piece a pixel. The last one stays until the next is here. */
export function useStrip(memory: number, version: number, height: number): Strip | null {
  const [strip, setStrip] = useState<Strip | null>(null);
  const pixels = Math.floor(height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has other runs
  useEffect(() => {
    if (pixels < 1) return;
    let current = true;
    const load = async () => {
      const few = await session().strip(memory, STRIP_RUNS);
      const found = few.exact || !current ? few : await session().strip(memory, pixels);
      if (current) setStrip(found);
    };
    // Without the strip the grid still says everything; the session's own failure is told by the grid and the page.
    load().catch(() => setStrip(null));
    return () => {
      current = false;
    };
  }, [memory, version, pixels]);
  return strip;
}

const NONE: readonly NamedSegment[] = [];

/** The data segments of a memory that have a name; none until they are known. */
export function useNamedSegments(memory: number, version: number): readonly NamedSegment[] {
  const [found, setFound] = useState({ memory, segments: NONE });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version may have other names
  useEffect(() => {
    let current = true;
    session()
      .namedSegments(memory)
      .then((segments) => {
        // While indexing, versions come by the dozen: an empty answer like the one before draws nothing again.
        if (current)
          setFound((old) =>
            old.memory === memory && old.segments.length + segments.length === 0 ? old : { memory, segments },
          );
      })
      // Names are a help only; that the session failed is told by the grid and the page.
      .catch(() => setFound({ memory, segments: NONE }));
    return () => {
      current = false;
    };
  }, [memory, version]);
  return found.memory === memory ? found.segments : NONE;
}
