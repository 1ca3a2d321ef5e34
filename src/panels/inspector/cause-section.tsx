import { blamedFrame, causeTitle } from '../../app/cause';
import { functionName } from '../../app/names';
import { type FrameRef, useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { certaintyWord } from '../../symbols/cause/words';
import { PointerLink } from '../pointers/pointer-link';
import { CauseSaid } from './cause-said';

/** Why the thread died, beside the frame that stopped and the one that is to blame. */
export function CauseSection({ snapshot, at }: { readonly snapshot: Snapshot; readonly at: FrameRef }) {
  const selectFrame = useStore((state) => state.selectFrame);
  const cause = snapshot.causes[at.thread] ?? null;
  if (cause === null || (at.frame !== 0 && at.frame !== cause.frame)) return null;
  const blamed = blamedFrame(snapshot);
  const other = blamed !== null && blamed.thread === at.thread && blamed.frame !== at.frame ? blamed : null;
  const instance = snapshot.dump.threads[at.thread]?.frames[0]?.instance ?? 0;
  const memory =
    cause.address === null
      ? null
      : (snapshot.dump.instances[instance]?.memories[cause.address.memory] ?? null);
  return (
    <section className="inspector-part cause" aria-label="Why it died">
      <h2 className="inspector-head">
        <span className="quiet">Why it died</span>
        <span className="grow" />
        <span className="tag dashed">{certaintyWord(cause)}</span>
      </h2>
      <p className="cause-title">
        <strong>{causeTitle(cause)}</strong>
      </p>
      <CauseSaid cause={cause} />
      {cause.address !== null && memory !== null && (
        <p className="note">
          The access: <PointerLink memory={memory} address={cause.address.address} says="sentence" />
        </p>
      )}
      {other !== null && (
        <p className="note">
          Raised in{' '}
          <button type="button" className="link" onClick={() => selectFrame(other)}>
            frame {other.frame}, {functionName(snapshot, other)}
          </button>
        </p>
      )}
    </section>
  );
}
