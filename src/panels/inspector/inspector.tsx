// biome-ignore-all lint/a11y/useSemanticElements: a fieldset is for the fields of a form
import './inspector.css';
import { useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { BytesSection } from './bytes-section';
import { FrameSection } from './frame-section';
import { PickedSection } from './target-section';

/** What is selected: the frame above, the picked value and the bytes below, all at once. */
export function Inspector({ snapshot }: { readonly snapshot: Snapshot }) {
  const picked = useStore((state) => state.picked);
  const bytes = useStore((state) => state.bytes);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reached by the keyboard
    <div className="inspector" tabIndex={0} role="group" aria-label="Selected">
      <FrameSection snapshot={snapshot} />
      {picked !== null && <PickedSection snapshot={snapshot} picked={picked} />}
      {bytes !== null && bytes.memory < snapshot.memories.length && (
        <BytesSection snapshot={snapshot} bytes={bytes} />
      )}
    </div>
  );
}
