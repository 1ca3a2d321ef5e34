import { useCodePlace } from '../../app/code-place';
import type { Disassembly, StopText } from '../../session/code-types';
import { Icon } from '../../ui/icon';
import { offsetText } from './offsets';

interface Props {
  readonly code: Disassembly;
  readonly stop: StopText;
  readonly onShow: () => void;
}

/** Why the frame stands where it stands, whole; the row itself has room for its beginning. */
export function StopLine({ code, stop, onShow }: Props) {
  const base = useCodePlace((state) => state.base);
  return (
    <p className={stop.kind === 'trap' ? 'code-stop trapped' : 'code-stop'}>
      <Icon name={stop.kind === 'call' ? 'right' : 'trap'} small />
      <button type="button" className="link mono" onClick={onShow}>
        {offsetText(stop.offset, base, code)}
      </button>{' '}
      {stop.sentence} {stop.kind !== 'call' && <span className="tag dashed">inferred</span>}
    </p>
  );
}
