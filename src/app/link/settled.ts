import type { Snapshot } from '../../session/types';

/** Nothing more will be found of how many frames and memories there are, and of how large those are. */
export function settled(snapshot: Snapshot): boolean {
  return snapshot.sectionsKnown && snapshot.indexing.state !== 'running';
}
