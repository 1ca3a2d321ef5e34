import { causeEvidence, causeMessage } from '../../app/cause';
import type { Cause } from '../../session/types';

/** What the program said before it died, and what the reason rests on. */
export function CauseSaid({ cause }: { readonly cause: Cause }) {
  const message = causeMessage(cause);
  return (
    <>
      {message !== '' && <p className="mono said">{message}</p>}
      <ul>
        {causeEvidence(cause).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
