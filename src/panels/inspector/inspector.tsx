// biome-ignore-all lint/a11y/useSemanticElements: a fieldset is for the fields of a form
import './inspector.css';
import { lazy, Suspense } from 'react';
import { pointerMemory } from '../../app/pointers';
import { useStore } from '../../app/store';
import { LINK_FROM } from '../../app/values';
import type { Snapshot } from '../../session/types';
import { CauseSection } from './cause-section';
import { FrameSection } from './frame-section';
import { PickedSection, pickedAddress } from './target-section';

/** Most of the inspector is about bytes, and none are selected when the page opens: the shell does without it. */
const SelectedPart = lazy(async () => ({ default: (await import('./selected-part')).SelectedPart }));

/** What is selected: the frame above, the picked value and the bytes below, and what is known of the address that is picked. */
export function Inspector({ snapshot }: { readonly snapshot: Snapshot }) {
  const picked = useStore((state) => state.picked);
  const bytes = useStore((state) => state.bytes);
  const frame = useStore((state) => state.frame);
  const into = useStore(pointerMemory);
  const address = picked === null ? null : pickedAddress(snapshot, picked, into);
  const leads = address !== null && address >= LINK_FROM && into < snapshot.memories.length;
  const target = leads ? { memory: into, address } : null;
  const shown = bytes !== null && bytes.memory < snapshot.memories.length ? bytes : null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reached by the keyboard
    <div className="inspector" tabIndex={0} role="group" aria-label="Selected">
      {frame !== null && <CauseSection snapshot={snapshot} at={frame} />}
      <FrameSection snapshot={snapshot} />
      {picked !== null && <PickedSection snapshot={snapshot} picked={picked} />}
      {(shown !== null || target !== null) && (
        <Suspense fallback={null}>
          <SelectedPart snapshot={snapshot} bytes={shown} target={target} />
        </Suspense>
      )}
    </div>
  );
}
