// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell
import { memo, type ReactNode, useRef } from 'react';
import { GroupCells } from './group-cells';
import { HexCells } from './hex-cells';
import type { ByteRowProps } from './row-props';
import { TextCells } from './text-cells';
import { isPlain } from './view';
import { hexAddress } from './words';

/** The cells that a row drew last, and whether the cursor's was among them. */
interface Drawn {
  readonly cells: ReactNode;
  readonly cursor: boolean;
}

/** One row of bytes. Drawn again only when its page, its selection or its place changes: all else is arithmetic on a number. */
export const ByteRow = memo(function ByteRow(props: ByteRowProps) {
  const { address, view } = props;
  const drawn = useRef<Drawn | null>(null);
  const unseen = canWait(props, drawn.current);
  if (!unseen)
    drawn.current = {
      cells: (
        <>
          {isPlain(view) ? <HexCells {...props} /> : <GroupCells {...props} />}
          <TextCells {...props} />
        </>
      ),
      cursor: props.cursor >= 0,
    };
  return (
    <div
      role="row"
      aria-rowindex={Math.floor(address / props.rowBytes) + 1}
      className={`mem-row${props.cursor >= 0 ? ' mem-row-current' : ''}${unseen ? ' mem-row-unseen' : ''}`}
      style={{ transform: `translateY(${props.top}px)` }}
      data-address={address}
      data-group={view.group}
    >
      <span role="rowheader" className="mem-address">
        {hexAddress(address, props.digits)}
      </span>
      {drawn.current?.cells}
    </div>
  );
});

/**
 * Whether the cells of a row whose bytes are on their way may stay as they are, unseen, until the bytes come or are late. A
 * jump would draw a page of empty cells and a few ms later the page itself: 640 cells twice. Where the cursor is or was, or
 * something is selected, the cells are drawn at once: that must be seen, and the cursor's cell is named by its id.
 */
function canWait({ page, late, from, cursor }: ByteRowProps, drawn: Drawn | null): boolean {
  return page === undefined && !late && from < 0 && cursor < 0 && drawn !== null && !drawn.cursor;
}
