// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell
import { memo } from 'react';
import type { Address, Bytes } from '../../bytes/units';
import { CAPTURED, cellName, hexGlyph, OUTSIDE, textGlyph } from './byte-state';
import { CURSOR_ID, STATE_CLASSES } from './cells';
import { GroupCells } from './group-cells';
import { markClasses } from './mark';
import type { Stretch } from './pointer';
import { isPlain, type View } from './view';
import { hexAddress } from './words';

/** In which column the cursor is drawn strong. */
export type Side = 'hex' | 'text';

export interface ByteRowProps {
  readonly address: Address;
  readonly top: number;
  readonly rowBytes: Bytes;
  readonly digits: number;
  /** The page that holds the row; undefined while it is fetched. */
  readonly page: Stretch | undefined;
  readonly size: Bytes;
  /** First and last selected column; -1 and -1 where none is. */
  readonly from: number;
  readonly to: number;
  /** The cursor's column, or -1. */
  readonly cursor: number;
  readonly side: Side;
  readonly view: View;
  /** The marked range in columns of this row, which it may begin before and end after; `markTo` below `markFrom`: none. */
  readonly markFrom: number;
  readonly markTo: number;
}

/** One row of bytes. Drawn again only when its page, its selection or its place changes: all else is arithmetic on a number. */
export const ByteRow = memo(function ByteRow(props: ByteRowProps) {
  const { address, top, rowBytes, digits, page, size, cursor, side, view } = props;
  const header = hexAddress(address, digits);
  const columns = Array.from({ length: rowBytes }, (_, column) => column);
  const at = page === undefined ? 0 : address - page.address;
  const codeAt = (column: number) =>
    address + column >= size ? OUTSIDE : (page?.codes[at + column] ?? OUTSIDE);
  const byteAt = (column: number) => page?.bytes[at + column] ?? 0;
  const loading = (column: number) => page === undefined && address + column < size;
  return (
    <div
      role="row"
      aria-rowindex={Math.floor(address / rowBytes) + 1}
      className={cursor >= 0 ? 'mem-row mem-row-current' : 'mem-row'}
      style={{ transform: `translateY(${top}px)` }}
      data-address={address}
      data-group={view.group}
    >
      <span role="rowheader" className="mem-address">
        {header}
      </span>
      {isPlain(view) ? (
        <span className="mem-hex">
          {columns.map((column) => {
            const selected = column >= props.from && column <= props.to;
            const marks = marksOf(props, column, side === 'hex');
            if (loading(column))
              return (
                <span
                  key={column}
                  role="gridcell"
                  aria-selected={selected}
                  id={cursor === column ? CURSOR_ID : undefined}
                  aria-label={`${hexAddress(address + column, digits)}, loading`}
                  className={`w ${marks}`}
                />
              );
            const code = codeAt(column);
            const byte = byteAt(column);
            if (code === OUTSIDE) return <span key={column} className="o" />;
            return (
              <span
                key={column}
                role="gridcell"
                aria-selected={selected}
                id={cursor === column ? CURSOR_ID : undefined}
                aria-label={cellName(hexAddress(address + column, digits), byte, code)}
                className={`${code === CAPTURED && byte === 0 ? 'z' : (STATE_CLASSES[code] ?? '')} ${marks}`}
              >
                {hexGlyph(byte, code)}
              </span>
            );
          })}
        </span>
      ) : (
        <GroupCells {...props} active={side === 'hex'} />
      )}
      <span className="mem-text" aria-hidden="true">
        {columns.map((column) => {
          const marks = marksOf(props, column, side === 'text');
          if (loading(column)) return <span key={column} className={`w ${marks}`} />;
          const code = codeAt(column);
          const byte = byteAt(column);
          const faint = code === CAPTURED && (byte < 0x20 || byte > 0x7e);
          return (
            <span
              key={column}
              className={`${faint ? 'z' : (STATE_CLASSES[code] ?? '')} ${code === OUTSIDE ? '' : marks}`}
            >
              {textGlyph(byte, code)}
            </span>
          );
        })}
      </span>
    </div>
  );
});

function marksOf(props: ByteRowProps, column: number, active: boolean): string {
  const selected = column >= props.from && column <= props.to;
  const start = selected && column === props.from ? ' s0' : '';
  const mark = markClasses(column, props.rowBytes, props.markFrom, props.markTo);
  const cursor = props.cursor === column ? (active ? ' cursor' : ' cursor-2') : '';
  return `${selected ? 'sel' : ''}${start}${cursor}${mark}`;
}
