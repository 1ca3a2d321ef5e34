import './intake.css';
import { closeDump } from '../../app/open';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { openPicker } from './picker';

/** A file of another kind: the sentence that says which, and what opens it. */
export function NotADump({ snapshot }: { readonly snapshot: Snapshot }) {
  const messages = snapshot.problems.map((problem) => problem.message);
  return (
    <main className="start" data-region="start">
      <div className="message" role="alert">
        <h1>{visible(snapshot.name, 80)}</h1>
        {messages.map((message) => (
          <p key={message}>{message}</p>
        ))}
        {snapshot.notes.map((note) => (
          <p key={note.message} className="quiet">
            {note.message}
          </p>
        ))}
        <div className="actions">
          <button type="button" className="button edge" onClick={() => openPicker('replace')}>
            Open another file
          </button>
          <button type="button" className="button" onClick={() => void closeDump()}>
            Back to the start
          </button>
        </div>
      </div>
    </main>
  );
}
