import { visible } from '../../coredump/visible';
import type { FrameLine } from '../../session/types';
import { placeText } from './words';

interface Props {
  readonly lines: readonly FrameLine[];
  readonly shown: number;
  readonly onShow: (inline: number) => void;
}

/** The functions that were inlined into each other at the frame, innermost first: each shows its own line. */
export function InlineChain({ lines, shown, onShow }: Props) {
  return (
    <ol className="inline-chain" aria-label="Inlined calls of this frame">
      {lines.map((at, inline) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a call is its place in the chain
        <li key={inline}>
          {inline > 0 && <span className="quiet">inlined in</span>}
          <button
            type="button"
            className="chip"
            aria-pressed={inline === shown}
            onClick={() => onShow(inline)}
          >
            <b className="mono">{at.function === null ? '?' : visible(at.function, 60)}</b>
            <span className="mono quiet">{placeText(at)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
