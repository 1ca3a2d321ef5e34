// biome-ignore-all lint/a11y/useSemanticElements: a fieldset is for the fields of a form
import './inspector.css';
import { pointerMemory } from '../../app/pointers';
import { useStore } from '../../app/store';
import { LINK_FROM } from '../../app/values';
import type { Snapshot } from '../../session/types';
import { AddressSection } from './address-section';
import { BytesSection } from './bytes-section';
import { FrameSection } from './frame-section';
import { PickedSection, pickedAddress } from './target-section';

/** What is selected: the frame above, the picked value and the bytes below, and what is known of the address that is picked. */
export function Inspector({ snapshot }: { readonly snapshot: Snapshot }) {
  const picked = useStore((state) => state.picked);
  const bytes = useStore((state) => state.bytes);
  const into = useStore(pointerMemory);
  const target = picked === null ? null : pickedAddress(snapshot, picked, into);
  const shown = bytes !== null && bytes.memory < snapshot.memories.length ? bytes : null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reached by the keyboard
    <div className="inspector" tabIndex={0} role="group" aria-label="Selected">
      <FrameSection snapshot={snapshot} />
      {picked !== null && <PickedSection snapshot={snapshot} picked={picked} />}
      {target !== null && target >= LINK_FROM && into < snapshot.memories.length && (
        <AddressSection snapshot={snapshot} memory={into} address={target} length={1} />
      )}
      {shown !== null && <BytesSection snapshot={snapshot} bytes={shown} />}
      {shown !== null && picked === null && (
        <AddressSection
          snapshot={snapshot}
          memory={shown.memory}
          address={Math.min(shown.anchor, shown.focus)}
          length={Math.abs(shown.anchor - shown.focus) + 1}
        />
      )}
    </div>
  );
}
