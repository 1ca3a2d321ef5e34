import { isMemory64, pointerMemory } from '../../app/pointers';
import { type ByteSelection, useStore } from '../../app/store';
import { LINK_FROM } from '../../app/values';
import type { Snapshot } from '../../session/types';
import { hexAddress } from '../../ui/numbers';
import { CopyMenu, CopyOutcome } from './copy-menu';
import { readPointer, statesText } from './scalars';
import { useCopy } from './use-copy';
import { useWindow } from './use-window';
import { ValueGrid } from './value-grid';
import { pointerRow, ROW_BYTES, valueRows } from './value-rows';

/** States are counted over at most this much of a selection. */
const COUNTED = 1 << 20;

/** The selected bytes in every type. */
export function BytesSection({
  snapshot,
  bytes,
}: {
  readonly snapshot: Snapshot;
  readonly bytes: ByteSelection;
}) {
  const first = Math.min(bytes.anchor, bytes.focus);
  const copying = useCopy(bytes, snapshot.memories[bytes.memory]?.size ?? 0);
  const { length } = copying;
  const window = useWindow(bytes.memory, first, Math.max(ROW_BYTES, Math.min(length, COUNTED)));
  const endian = useStore((state) => state.endian);
  const into = useStore(pointerMemory);
  const { jump, setEndian } = useStore.getState();
  const memory64 = isMemory64(snapshot, into);
  const target = window === null ? null : readPointer(window, first, memory64);
  const rows =
    window === null ? null : [...valueRows(window, first, endian), pointerRow(window, first, memory64)];
  return (
    <section className="inspector-part" aria-label="Bytes">
      <h2 className="inspector-head">
        <span className="quiet">At</span> <span className="mono">{hexAddress(first)}</span>
        <span className="grow" />
        <button
          type="button"
          className="chip"
          aria-label={`Byte order: ${endian} endian`}
          title={`Byte order: ${endian} endian`}
          onClick={() => setEndian(endian === 'little' ? 'big' : 'little')}
        >
          {endian === 'little' ? 'LE' : 'BE'}
        </button>
        <CopyMenu copying={copying} />
      </h2>
      <p className="note byte-states">
        {window === null ? (
          <span className="skeleton" />
        ) : (
          statesText(window, first, Math.min(length, COUNTED))
        )}
        {length > COUNTED && ' in the first MiB'}
      </p>
      <CopyOutcome copying={copying} />
      <ValueGrid
        memory={bytes.memory}
        address={first}
        rows={rows}
        onFollow={target !== null && target >= LINK_FROM ? () => jump(into, target) : null}
      />
    </section>
  );
}
