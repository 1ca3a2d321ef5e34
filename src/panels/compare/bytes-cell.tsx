import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { useWindow } from '../inspector/use-window';
import { hexGlyph, OUTSIDE, stateCodes, textGlyph } from '../memory/byte-state';
import { differs } from '../memory/difference';
import { useOtherWindow } from './use-other-window';

/** Bytes of a range that are shown. */
const SHOWN: Bytes = 8;

interface Props {
  readonly memory: number;
  readonly address: Address;
  readonly length: Bytes;
  /** Whose bytes. */
  readonly of: 'here' | 'there';
}

/** The first bytes of a range in one of the dumps, as hex and as text; what differs is marked. */
export function BytesCell({ memory, address, length, of }: Props) {
  const shown = Math.min(SHOWN, length);
  const here = useWindow(memory, address, shown);
  const there = useOtherWindow(memory, address, shown);
  if (here === null || there === null) return <span className="skeleton" />;
  const [mine, theirs] = [stretch(here, shown), stretch(there, shown)];
  const own = of === 'here' ? mine : theirs;
  const cells = Array.from({ length: shown }, (_, index) => {
    const [byte, code] = [own.bytes[index] ?? 0, own.codes[index] ?? OUTSIDE];
    return {
      at: address + index,
      hex: hexGlyph(byte, code),
      text: textGlyph(byte, code),
      differs: differs(mine, theirs, address + index),
    };
  });
  return (
    <span className="compare-bytes mono">
      <span>
        {cells.map((cell, index) => (
          <span key={cell.at}>
            {index > 0 && ' '}
            {cell.differs ? <mark>{cell.hex}</mark> : <span className="quiet">{cell.hex.padEnd(2)}</span>}
          </span>
        ))}
        {length > shown && <span className="quiet"> …</span>}
      </span>
      <span className="quiet" aria-hidden="true">
        {cells.map(({ text }) => (text === '' ? ' ' : text)).join('')}
      </span>
    </span>
  );
}

function stretch({ address, bytes, states }: MemoryWindow, length: Bytes) {
  return { address, bytes, codes: stateCodes(states, address, length) };
}
