import { isMemory64, pointerMemory } from '../../app/pointers';
import { type ByteSelection, useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { hexAddress } from '../../ui/numbers';
import { PointersToThis } from '../search/pointers-to-this';
import { LONGEST_SCALAR, readPointer, readScalar, SCALARS, statesText } from './scalars';
import { PointsTo } from './target-section';
import { useWindow } from './use-window';

/** States are counted over at most this much of a selection. */
const COUNTED = 1 << 20;

/** The selected bytes in every type, and what they point at. */
export function BytesSection({
  snapshot,
  bytes,
}: {
  readonly snapshot: Snapshot;
  readonly bytes: ByteSelection;
}) {
  const first = Math.min(bytes.anchor, bytes.focus);
  const length = Math.abs(bytes.anchor - bytes.focus) + 1;
  const window = useWindow(bytes.memory, first, Math.max(LONGEST_SCALAR, Math.min(length, COUNTED)));
  const picked = useStore((state) => state.picked);
  const memory64 = useStore((state) => isMemory64(snapshot, pointerMemory(state)));
  return (
    <section className="inspector-part" aria-label="Bytes">
      <h2 className="inspector-head">
        <span className="quiet">At</span> <span className="mono">{hexAddress(first)}</span>
        <span className="quiet clip">
          {window !== null && statesText(window, first, Math.min(length, COUNTED))}
          {length > COUNTED && ' in the first MiB'}
        </span>
        <span className="grow" />
        <span className="tag">little endian</span>
      </h2>
      <dl className="scalars">
        {SCALARS.map((type) => {
          const read = window === null ? null : readScalar(type, window, first);
          return (
            <div key={type.name} className={type.length === 8 ? 'wide' : undefined}>
              <dt>{type.name}</dt>
              <dd>
                {read === null && <span className="skeleton" />}
                {read?.known === true && read.text}
                {read?.known === false && <span className="warn-text">{read.reason}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
      <div className="inspector-actions">
        <PointersToThis />
      </div>
      {picked === null && window !== null && (
        <PointsTo snapshot={snapshot} pointer={readPointer(window, first, memory64)} announce={null} />
      )}
    </section>
  );
}
