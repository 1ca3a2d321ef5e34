import type { FrameRef } from '../../app/store';
import type { FileOffset } from '../../bytes/units';
import type { Snapshot } from '../../session/types';
import { sectionName } from '../sections/section-names';

/** Where on the page a place in the file is shown. */
export type Place =
  | { readonly kind: 'frame'; readonly frame: FrameRef }
  /** In the data section: the segment that holds the offset, if any, is found by asking the session. */
  | { readonly kind: 'data'; readonly offset: FileOffset; readonly section: number }
  | { readonly kind: 'globals' }
  | { readonly kind: 'section'; readonly section: number }
  | { readonly kind: 'none' };

/** The place for an offset: the frame it lies in, the data section, the globals, else its section. */
export function placeOf(snapshot: Snapshot, section: string | null, offset: FileOffset | null): Place {
  const index = sectionAt(snapshot, section, offset);
  if (section === 'corestack' && offset !== null) {
    const frame = frameAt(snapshot, offset);
    if (frame !== null) return { kind: 'frame', frame };
  }
  if (section === 'global') return { kind: 'globals' };
  if (index === -1) return { kind: 'none' };
  if (section === 'data' && offset !== null) return { kind: 'data', offset, section: index };
  return { kind: 'section', section: index };
}

/** The last section that begins at or before the offset (its name lies before the payload); without one, the first of that name. */
function sectionAt(snapshot: Snapshot, name: string | null, offset: FileOffset | null): number {
  const { sections } = snapshot.dump;
  if (offset !== null) return sections.findLastIndex((section) => section.offset <= offset);
  return sections.findIndex(
    (section) => (section.id === 0 ? section.name : sectionName(section.id)) === name,
  );
}

/** The frame in whose bytes the offset lies: the last one that begins at or before it, in the last such thread. */
function frameAt(snapshot: Snapshot, offset: FileOffset): FrameRef | null {
  const { threads } = snapshot.dump;
  const thread = threads.findLastIndex((candidate) => candidate.offset <= offset);
  const frame = threads[thread]?.frames.findLastIndex((candidate) => candidate.offset <= offset) ?? -1;
  return frame === -1 ? null : { thread, frame };
}
