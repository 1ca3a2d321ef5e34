// biome-ignore-all lint/a11y/useSemanticElements: rows that stand two in a line are no table rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, its cells have none of their own
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useStore } from '../../app/store';
import type { Address } from '../../bytes/units';
import { copyText } from '../../ui/copy';
import type { ValueRow } from './value-rows';

interface Props {
  readonly memory: number;
  readonly address: Address;
  /** null: the bytes are on their way. */
  readonly rows: readonly ValueRow[] | null;
  /** What Enter and a double click do with a row beside selecting its bytes: the pointer is followed. */
  readonly onFollow: (() => void) | null;
}

/** The bytes at the cursor in every type. The row that is hovered or focused outlines its bytes in the memory. */
export function ValueGrid({ memory, address, rows, onFollow }: Props) {
  const [active, setActive] = useState('u8');
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const { mark, selectBytes, setLive } = useStore.getState();
  const shown = rows?.find(({ name }) => name === (hovered ?? focused));
  const length = shown?.read.bytes ?? 0;
  useEffect(() => {
    mark(length === 0 ? null : { memory, first: address, last: address + length - 1 });
    return () => mark(null);
  }, [mark, memory, address, length]);

  const known = rows ?? [];
  // A time stamp that is no longer plausible takes its row along.
  const current = known.some(({ name }) => name === active) ? active : 'u8';
  const act = (row: ValueRow) => {
    if (row.name === 'pointer' && onFollow !== null) onFollow();
    else if (row.read.bytes > 0)
      selectBytes({ memory, anchor: address + row.read.bytes - 1, focus: address });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = known.findIndex(({ name }) => name === current);
    const row = known[at];
    const to = rowFor(event.key, at, known.length);
    if (to !== null) focusRow(event.currentTarget, to);
    else if (event.key === 'Enter' && row !== undefined) act(row);
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && row?.read.known === true) {
      const { text } = row.read;
      void copyText(text).then((done) =>
        setLive(done ? `${row.name} ${text} copied.` : 'Not copied: the browser did not allow it.'),
      );
    } else return;
    event.preventDefault();
  };
  return (
    <div role="grid" aria-label="Values" className="scalars" onKeyDown={onKeyDown}>
      {rows === null && <div role="row" className="wide" aria-label="loading" />}
      {known.map((row) => (
        <div
          key={row.name}
          role="row"
          tabIndex={row.name === current ? 0 : -1}
          className={row.wide ? 'wide' : undefined}
          onFocus={() => {
            setActive(row.name);
            setFocused(row.name);
          }}
          onBlur={() => setFocused(null)}
          onPointerEnter={() => setHovered(row.name)}
          onPointerLeave={() => setHovered(null)}
          onDoubleClick={() => act(row)}
        >
          <span role="rowheader">{row.name}</span>
          {row.read.known ? (
            <span role="gridcell">
              {row.read.text} {row.read.note !== '' && <span className="quiet">{row.read.note}</span>}
            </span>
          ) : (
            <span role="gridcell" className="warn-text">
              {row.read.reason}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** The row that a key goes to; null for a key that goes nowhere. */
function rowFor(key: string, at: number, length: number): number | null {
  if (key === 'ArrowDown' || key === 'ArrowRight') return Math.min(at + 1, length - 1);
  if (key === 'ArrowUp' || key === 'ArrowLeft') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? length - 1 : null;
}

function focusRow(grid: HTMLElement, at: number): void {
  grid.querySelectorAll<HTMLElement>('[role=row]')[at]?.focus();
}
