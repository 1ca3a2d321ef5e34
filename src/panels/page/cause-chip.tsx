import { causeEvidence, causeMessage, causeTitle, certaintyWord } from '../../app/cause';
import type { Cause } from '../../session/types';
import { Popover } from '../../ui/popover';

/** How sure the headline is: the tag opens what it rests on. */
export function CauseChip({ cause }: { readonly cause: Cause }) {
  const message = causeMessage(cause);
  return (
    <Popover title="Why it died" className="tag dashed button-tag" label={certaintyWord(cause)}>
      <div className="evidence">
        <p>
          <strong>{causeTitle(cause)}</strong> <span className="tag dashed">{certaintyWord(cause)}</span>
        </p>
        {message !== '' && <p className="mono said">{message}</p>}
        <ul>
          {causeEvidence(cause).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="quiet">
          A dump does not store the trap: it is worked out from the code and the state around it.
        </p>
      </div>
    </Popover>
  );
}
