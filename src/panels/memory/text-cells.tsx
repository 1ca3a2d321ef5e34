import type { ByteRowProps } from './row-props';
import { textRuns } from './text-runs';

/** The text of a row, beside its bytes. Not read aloud: the bytes are. */
export function TextCells(props: ByteRowProps) {
  return (
    <span className="mem-text" aria-hidden="true">
      {textRuns(props).map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the element of the run before is as good as any other
        <span key={index} className={run.look === '' ? undefined : run.look}>
          {run.text}
        </span>
      ))}
    </span>
  );
}
