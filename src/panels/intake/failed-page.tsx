import { useEffect } from 'react';
import './intake.css';
import { canOpenAgain, closeDump, openAgain } from '../../app/open';
import { canFollow, followRedirects, isRemote } from '../../app/remote/open-url';
import { MESSAGE_LIMIT, visible } from '../../coredump/visible';
import { openPicker } from './picker';

interface Props {
  readonly name: string;
  readonly message: string;
}

/** Nothing can be shown: what happened, and what can be done. */
export function FailedPage({ name, message }: Props) {
  const shown = visible(name, 80);
  const remote = isRemote();
  useEffect(() => {
    document.title = `${shown === '' ? 'Failed' : shown} — Wasmortem`;
  }, [shown]);
  return (
    <main className="start" data-region="start">
      <div className="message" role="alert">
        <h1>{shown === '' ? 'Nothing is open' : `${shown} is not open`}</h1>
        <p>{visible(message, MESSAGE_LIMIT)}</p>
        <div className="actions">
          {canOpenAgain() && (
            <button type="button" className="button edge" onClick={openAgain}>
              {remote ? 'Try again' : 'Open again'}
            </button>
          )}
          {canFollow(message) && (
            <button type="button" className="button edge" onClick={followRedirects}>
              Follow the redirect
            </button>
          )}
          <button type="button" className="button edge" onClick={() => openPicker('replace')}>
            {remote ? 'Open a file instead' : 'Open another file'}
          </button>
          <button type="button" className="button" onClick={() => void closeDump()}>
            Back to the start
          </button>
        </div>
      </div>
    </main>
  );
}
