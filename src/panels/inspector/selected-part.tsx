import { type ByteSelection, useStore } from '../../app/store';
import type { Address } from '../../bytes/units';
import type { Snapshot } from '../../session/types';
import { AddressSection } from './address-section';
import { BytesSection } from './bytes-section';

interface Props {
  readonly snapshot: Snapshot;
  readonly bytes: ByteSelection | null;
  /** Where the picked value points; null: no value is picked, or it is no address. */
  readonly target: { readonly memory: number; readonly address: Address } | null;
}

/** What is known of the picked value's target and of the selected bytes. Loaded with the first of them. */
export function SelectedPart({ snapshot, bytes, target }: Props) {
  const picked = useStore((state) => state.picked);
  return (
    <>
      {target !== null && <AddressSection snapshot={snapshot} {...target} length={1} />}
      {bytes !== null && <BytesSection snapshot={snapshot} bytes={bytes} />}
      {bytes !== null && picked === null && (
        <AddressSection
          snapshot={snapshot}
          memory={bytes.memory}
          address={Math.min(bytes.anchor, bytes.focus)}
          length={Math.abs(bytes.anchor - bytes.focus) + 1}
        />
      )}
    </>
  );
}
