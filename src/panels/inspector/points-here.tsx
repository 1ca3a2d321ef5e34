import { useMemo } from 'react';
import { type PickedValue, useStore } from '../../app/store';
import { LINK_FROM } from '../../app/values';
import type { Address, Bytes } from '../../bytes/units';
import type { Snapshot } from '../../session/types';
import { counted, grouped, hexAddress } from '../../ui/numbers';
import { PointersToThis } from '../search/pointers-to-this';
import { valuesPointingInto } from './pointed-by';
import { usePointers, type WordScan } from './use-pointers';

interface Props {
  readonly snapshot: Snapshot;
  readonly memory: number;
  readonly first: Address;
  readonly length: Bytes;
}

/** Hits drawn; the rest is counted. */
const SHOWN = 100;

/** The globals, locals and words that hold an address of these bytes. */
export function PointsHere({ snapshot, memory, first, length }: Props) {
  const last = first + length - 1;
  const found = useMemo(
    () => valuesPointingInto(snapshot, memory, first, last),
    [snapshot, memory, first, last],
  );
  const scan = usePointers(memory, first, last, snapshot.version);
  // The full search is of the selected bytes; a picked value's target is not selected.
  const selected = useStore((state) => state.picked === null);
  const captured = snapshot.memories[memory]?.captured ?? 0;
  const { pick, selectFrame } = useStore.getState();
  const go = (picked: PickedValue) => {
    if (picked.kind !== 'global') selectFrame(picked.frame);
    pick(picked);
  };
  return (
    <>
      <h3 className="section-head">
        Points here <span className="count">{grouped(found.values.length + scan.hits.length)}</span>
      </h3>
      {last < LINK_FROM ? (
        <p className="note">Not searched: numbers below {grouped(LINK_FROM)} are hardly addresses.</p>
      ) : (
        <>
          <ul className="hits" aria-label="What points here">
            {found.values.map(({ picked, label, where, target }) => (
              <li key={JSON.stringify(picked)}>
                <button type="button" className="link mono" onClick={() => go(picked)}>
                  {label}
                </button>
                <span className="quiet clip">{where}</span>
                <Offset from={first} to={target} />
              </li>
            ))}
            {scan.hits.slice(0, SHOWN).map(({ address, target }) => (
              <Hit key={address} memory={memory} address={address}>
                <Offset from={first} to={target} />
              </Hit>
            ))}
          </ul>
          {found.more && <p className="note">More values hold such addresses; these are the first.</p>}
          <ScanState scan={scan} captured={captured} />
          {selected && (
            <div className="inspector-actions">
              <PointersToThis />
            </div>
          )}
        </>
      )}
    </>
  );
}

/** How far past the first of the bytes a pointer points. */
function Offset({ from, to }: { readonly from: Address; readonly to: Address }) {
  return to === from ? null : <span className="quiet">to byte {grouped(to - from)}</span>;
}

interface HitProps {
  readonly memory: number;
  readonly address: Address;
  readonly children: React.ReactNode;
}

function Hit({ memory, address, children }: HitProps) {
  const { mark, jump } = useStore.getState();
  const width = useStore((state) =>
    state.phase.kind === 'open' && state.phase.snapshot.memories[memory]?.declaration.memory64 === true
      ? 8
      : 4,
  );
  const marked = { memory, first: address, last: address + width - 1 };
  return (
    <li>
      <button
        type="button"
        className="link mono"
        onPointerEnter={() => mark(marked)}
        onPointerLeave={() => mark(null)}
        onFocus={() => mark(marked)}
        onBlur={() => mark(null)}
        onClick={() => jump(memory, address, width)}
      >
        {hexAddress(address)}
      </button>
      <span className="quiet">word in memory</span>
      {children}
    </li>
  );
}

/** What was searched, exactly: a list of hits means nothing without it. */
function ScanState({ scan, captured }: { readonly scan: WordScan; readonly captured: Bytes }) {
  const { hits, scanned, state, goOn, stop } = scan;
  const all = hits.length > SHOWN ? `, ${grouped(SHOWN)} shown` : '';
  const searched = `${grouped(Math.min(scanned, captured))} of ${counted(captured, 'captured byte')} searched`;
  return (
    <p className="note scan">
      <span>
        {counted(hits.length, 'word')} in memory{all}; {searched}, aligned words only.
      </span>
      {state === 'running' && (
        <button type="button" className="button edge" onClick={stop}>
          Stop
        </button>
      )}
      {state === 'stopped' && (
        <button type="button" className="button edge" onClick={goOn}>
          Go on
        </button>
      )}
    </p>
  );
}
