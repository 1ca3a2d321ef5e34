import type { Mark } from '../../app/sources/frame-source';
import { Icon } from '../../ui/icon';
import { grouped } from '../../ui/numbers';

interface Props {
  readonly marks: readonly Mark[];
  /** The selected frame, where it stands at this line. */
  readonly here: number | null;
  readonly onFrame: (mark: Mark) => void;
}

/** Which frames stand at a line: the one that stopped by its sign, callers by their arrow, each with its index. */
export function LineMarks({ marks, here, onFrame }: Props) {
  const mark = marks.find(({ frame }) => frame === here) ?? marks[0];
  if (mark === undefined) return null;
  const stopped = mark.frame === 0 && mark.inline === 0;
  const more = marks.length - 1;
  const what = stopped ? 'stopped here' : mark.inline > 0 || mark.frame > 0 ? 'called from here' : '';
  const label = `Frame ${grouped(mark.frame)} ${what}${more > 0 ? `, and ${grouped(more)} more` : ''}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={stopped ? 'src-mark stopped' : 'src-mark'}
      aria-label={label}
      title={label}
      onClick={() => onFrame(mark)}
    >
      <Icon name={stopped ? 'trap' : 'go'} small />
      {mark.frame}
      {more > 0 && <span className="quiet">+{grouped(more)}</span>}
    </button>
  );
}
