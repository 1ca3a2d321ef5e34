// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell
import { memo } from 'react';
import type { Address, Bytes } from '../../bytes/units';
import type { RunState } from '../../coredump/model';
import { stateWord } from './byte-state';
import { CURSOR_ID } from './cells';
import { Icon } from './icons';
import { address0x, hexAddress, runLength } from './words';

export interface FoldRowProps {
  readonly address: Address;
  readonly bytes: Bytes;
  readonly state: RunState;
  readonly open: boolean;
  readonly reason: string;
  readonly top: number;
  readonly rowBytes: Bytes;
  readonly digits: number;
  readonly selected: boolean;
  readonly current: boolean;
}

/** A run of one state in one row: address, length, state, why; its texture fills the rest. */
export const FoldRow = memo(function FoldRow(props: FoldRowProps) {
  const { address, bytes, state, open, reason, digits, selected, current } = props;
  const classes = [
    'mem-row',
    'mem-fold',
    selected ? 'mem-fold-selected' : '',
    current ? 'mem-row-current' : '',
  ];
  const range = `${address0x(address, digits)} to ${address0x(address + bytes - 1, digits)}`;
  const why = reason === '' ? '' : `, ${reason}`;
  return (
    <div
      role="row"
      aria-rowindex={open ? undefined : Math.floor(address / props.rowBytes) + 1}
      className={classes.join(' ')}
      style={{ transform: `translateY(${props.top}px)` }}
      data-fold={address}
      data-last={address + bytes - 1}
      title={`${range}: ${stateWord(state)}${why}`}
    >
      <span role="rowheader" className="mem-address">
        {hexAddress(address, digits)}
      </span>
      <span
        role="gridcell"
        aria-expanded={open}
        aria-selected={selected}
        id={current ? CURSOR_ID : undefined}
        aria-label={`${runLength(bytes)} ${stateWord(state)}, ${range}${why}`}
        className={`mem-fold-body mem-fold-${state}`}
      >
        <span className="mem-fold-words">
          <Icon name={open ? 'down' : 'closed'} />
          <b>{runLength(bytes)}</b>
          <span className="mem-fold-why">
            {stateWord(state)}
            {reason === '' ? '' : ` · ${reason}`}
          </span>
        </span>
      </span>
    </div>
  );
});
