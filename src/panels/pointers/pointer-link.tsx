import './pointers.css';
import { useAddress } from '../../app/addresses';
import { useStore } from '../../app/store';
import { LINK_FROM } from '../../app/values';
import type { Address } from '../../bytes/units';
import { hexAddress } from '../../ui/numbers';
import { leadsToBytes, targetText, targetWord } from './target';

interface Props {
  readonly memory: number;
  readonly address: Address;
  /** `word`: beside the link in as few words as possible. `sentence`: with segment, file offset or reason. `none`: the caller says it. */
  readonly says: 'word' | 'sentence' | 'none';
  /** Inside a grid, which holds the focus itself. */
  readonly inGrid?: boolean;
}

/**
 * An address that leads into a memory. What stands there is said beside the link, before it is followed: a solid line
 * leads to a captured byte, a dashed one to none. Numbers below 1,024 are no link and still say what they point at.
 */
export function PointerLink({ memory, address, says, inGrid = false }: Props) {
  const answer = useAddress(memory, address);
  const jump = useStore((state) => state.jump);
  const text = hexAddress(address);
  const dead = answer !== null && !leadsToBytes(answer.state);
  return (
    <span className="pointer">
      {address < LINK_FROM ? (
        <span className="mono">{text}</span>
      ) : (
        <button
          type="button"
          className={`link mono${dead ? ' dead' : ''}`}
          tabIndex={inGrid ? -1 : 0}
          onClick={() => jump(memory, address)}
        >
          {text}
        </button>
      )}
      {says !== 'none' && answer !== null && (
        <span className={`pointer-target state-${answer.state}`}>
          {says === 'word' ? targetWord(answer.state) : targetText(answer)}
        </span>
      )}
    </span>
  );
}
