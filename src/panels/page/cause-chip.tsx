import { causeTitle } from '../../app/cause';
import type { Cause } from '../../session/types';
import { certaintyWord } from '../../symbols/cause/words';
import { Popover } from '../../ui/popover';
import { CauseSaid } from '../inspector/cause-said';

/** How sure the headline is: the tag opens what it rests on. */
export function CauseChip({ cause }: { readonly cause: Cause }) {
  return (
    <Popover title="Why it died" className="tag dashed button-tag" label={certaintyWord(cause)}>
      <div className="evidence">
        <p>
          <strong>{causeTitle(cause)}</strong> <span className="tag dashed">{certaintyWord(cause)}</span>
        </p>
        <CauseSaid cause={cause} />
        <p className="quiet">
          A dump does not store the trap: it is worked out from the code and the state around it.
        </p>
      </div>
    </Popover>
  );
}
