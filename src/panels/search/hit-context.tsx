import { Fragment, type ReactNode } from 'react';
import type { Address, Bytes } from '../../bytes/units';
import { useWindow } from '../inspector/use-window';
import { CAPTURED, hexGlyph, stateCodes, textGlyph } from '../memory/byte-state';

/** Bytes shown before a hit, and in all. */
const BEFORE = 4;
const SHOWN = 18;

interface Props {
  readonly memory: number;
  readonly address: Address;
  readonly length: Bytes;
}

/** A hit with the bytes around it, as hex and as text: what is not captured shows as what it is. */
export function HitContext({ memory, address, length }: Props) {
  const start = Math.max(0, address - BEFORE);
  const window = useWindow(memory, start, SHOWN);
  if (window === null) return <span className="skeleton" />;
  const codes = stateCodes(window.states, start, SHOWN);
  const cells = Array.from({ length: SHOWN }, (_, index) => {
    const [byte, code] = [window.bytes[index] ?? 0, codes[index] ?? CAPTURED];
    return { at: start + index, hex: hexGlyph(byte, code), text: textGlyph(byte, code) };
  });
  const parts = [
    { key: 'before', cells: cells.filter(({ at }) => at < address) },
    { key: 'hit', cells: cells.filter(({ at }) => at >= address && at < address + length) },
    { key: 'after', cells: cells.filter(({ at }) => at >= address + length) },
  ];
  return (
    <span className="hit-context mono">
      <span className="hit-hex">
        {parts.map(({ key, cells: some }) => (
          <Fragment key={key}>
            <Part hit={key === 'hit'}>{some.map(({ hex }) => hex.padEnd(2)).join(' ')}</Part>
            {some.length > 0 && ' '}
          </Fragment>
        ))}
      </span>
      <span className="hit-text" aria-hidden="true">
        {parts.map(({ key, cells: some }) => (
          <Part key={key} hit={key === 'hit'}>
            {some.map(({ text }) => (text === '' ? ' ' : text)).join('')}
          </Part>
        ))}
      </span>
    </span>
  );
}

function Part({ hit, children }: { readonly hit: boolean; readonly children: ReactNode }) {
  return hit ? <mark>{children}</mark> : <span className="quiet">{children}</span>;
}
