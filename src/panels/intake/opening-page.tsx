import { useEffect } from 'react';
import './intake.css';
import { closeDump } from '../../app/open';
import { visible } from '../../coredump/visible';
import type { Progress } from '../../session/types';
import { ProgressBar } from '../page/progress-bar';

/** Nothing of the file is known yet: a moment, or as long as gzip takes to reach the stack. */
export function OpeningPage({
  name,
  progress,
}: {
  readonly name: string;
  readonly progress: Progress | null;
}) {
  const shown = visible(name, 80);
  useEffect(() => {
    document.title = `Opening ${shown} — Wasmortem`;
  }, [shown]);
  return (
    <main className="start" data-region="start">
      <div className="message">
        <h1>Opening {shown}</h1>
        {progress !== null && <ProgressBar progress={progress} />}
        <div className="actions">
          <button type="button" className="button edge" onClick={() => void closeDump()}>
            Cancel
          </button>
        </div>
      </div>
    </main>
  );
}
