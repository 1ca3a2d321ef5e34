import { progressShare, progressText } from '../../app/progress';
import type { Progress } from '../../session/types';

/** How far a long task is, with its numbers. */
export function ProgressBar({ progress }: { readonly progress: Progress }) {
  const share = progressShare(progress);
  const text = progressText(progress);
  return (
    <div className="progress">
      <div
        className="progress-bar"
        role="progressbar"
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      >
        <span style={{ width: `${(share ?? 0) * 100}%` }} />
      </div>
      <p>{text}</p>
    </div>
  );
}
