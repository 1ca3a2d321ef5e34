// biome-ignore-all lint/a11y/useFocusableInteractive: the tree grid itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree grid handles the keys of its rows
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual and a tree grid

import { visible } from '../../coredump/visible';
import type { TreeRow } from '../../memory/structs/tree';
import { bytesNeeded, readValue, type Value } from '../../memory/structs/values';
import { Icon } from '../../ui/icon';
import { grouped, hexAddress } from '../../ui/numbers';
import { PointerLink } from '../pointers/pointer-link';
import type { ByteCache } from './byte-cache';
import { summaryBytes, summaryText, typeText, valueText } from './texts';

interface Props {
  readonly id: string;
  readonly index: number;
  readonly row: TreeRow;
  readonly memory: number;
  readonly cache: ByteCache;
  /** The cursor is here. */
  readonly current: boolean;
  /** The innermost shown part that holds the selected byte. */
  readonly marked: boolean;
  readonly top: number;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** Levels that are drawn further in than the one before. */
const DEEPEST_INDENT = 12;

export function StructRow(props: Props) {
  const { id, index, row, memory, cache, current, marked, top, onSelect, onToggle } = props;
  const { type, bits, address, path, open, siblings } = row;
  const needed = bytesNeeded(type, bits);
  const window = needed === 0 ? null : cache.bytes(address, needed);
  const value = window === null ? null : readValue(window, address, type, bits);
  const leads =
    type.kind !== 'pointer' || (value?.kind === 'pointer' && value.bits !== 0n && value.target !== null);
  const opens = open !== null && (leads || open);
  const level = path.length;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-posinset={(path.at(-1) ?? 0) + 1}
      aria-setsize={siblings}
      aria-expanded={opens ? open : undefined}
      aria-selected={marked}
      className={`grid-row structs-row${current ? ' current' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => {
        const target = event.target instanceof Element ? event.target : null;
        if (target?.closest('[data-twist="true"]') != null) onToggle();
        else if (target?.closest('button') == null) onSelect();
      }}
    >
      <div role="rowheader" className="grid-cell structs-name" style={{ paddingLeft: indent(level) }}>
        <span className="structs-twist" data-twist={opens}>
          {opens && <Icon name={open ? 'down' : 'right'} small />}
        </span>
        <span className="mono clip">{visible(row.name)}</span>
      </div>
      <div role="gridcell" className="grid-cell mono secondary">
        {visible(typeText(type, bits))}
      </div>
      <div role="gridcell" className="grid-cell">
        {needed === 0 ? (
          <Summary row={row} cache={cache} />
        ) : (
          <ValueCell value={value} memory={memory} text={type.kind === 'array'} />
        )}
      </div>
      <div role="gridcell" className="grid-cell end mono quiet">
        {row.offset === null ? '' : `+${grouped(row.offset)}`}
      </div>
      <div role="gridcell" className="grid-cell">
        <button type="button" className="link bare mono" tabIndex={-1} onClick={onSelect}>
          {hexAddress(address)}
        </button>
      </div>
    </div>
  );
}

const indent = (level: number): number => 4 + 14 * Math.min(level - 1, DEEPEST_INDENT);

interface ValueProps {
  readonly value: Value | null;
  readonly memory: number;
  readonly text: boolean;
}

function ValueCell({ value, memory, text }: ValueProps) {
  if (value === null) return <span className="skeleton" />;
  if (value.kind === 'pointer' && value.target !== null && value.target !== 0)
    return <PointerLink memory={memory} address={value.target} says="word" inGrid />;
  const written = valueText(value);
  if (!written.known) return <span className="warn-text">{written.text}</span>;
  return (
    <>
      <span className={text ? 'mono structs-text' : 'mono'}>{written.text}</span>
      {written.aside !== '' && <span className="mono quiet"> {written.aside}</span>}
    </>
  );
}

/** The first values of what has parts, so that it need not be opened to be told from its neighbours. */
function Summary({ row, cache }: { readonly row: TreeRow; readonly cache: ByteCache }) {
  const needed = summaryBytes(row.type);
  const window = needed === 0 ? null : cache.bytes(row.address, needed);
  if (needed > 0 && window === null) return <span className="skeleton" />;
  const empty = { address: row.address, bytes: new Uint8Array(0), states: [] };
  return <span className="mono quiet">{summaryText(window ?? empty, row.address, row.type)}</span>;
}
