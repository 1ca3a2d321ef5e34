// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell
import { memo } from 'react';
import { GroupCells } from './group-cells';
import { HexCells } from './hex-cells';
import type { ByteRowProps } from './row-props';
import { TextCells } from './text-cells';
import { isPlain } from './view';
import { hexAddress } from './words';

/** One row of bytes. Drawn again only when its page, its selection or its place changes: all else is arithmetic on a number. */
export const ByteRow = memo(function ByteRow(props: ByteRowProps) {
  const { address, view } = props;
  return (
    <div
      role="row"
      aria-rowindex={Math.floor(address / props.rowBytes) + 1}
      className={props.cursor >= 0 ? 'mem-row mem-row-current' : 'mem-row'}
      style={{ transform: `translateY(${props.top}px)` }}
      data-address={address}
      data-group={view.group}
    >
      <span role="rowheader" className="mem-address">
        {hexAddress(address, props.digits)}
      </span>
      {isPlain(view) ? <HexCells {...props} /> : <GroupCells {...props} />}
      <TextCells {...props} />
    </div>
  );
});
