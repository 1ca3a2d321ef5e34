// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell

import { CAPTURED, cellName, hexGlyph, OUTSIDE } from './byte-state';
import { byteAt, CURSOR_ID, codeAt, look, marksOf, wholeLook } from './cells';
import { differenceName } from './difference';
import type { ByteRowProps } from './row-props';
import { hexAddress } from './words';

/**
 * The bytes of a row, each in its cell. A captured byte that nothing marks is inline text, which lays out and paints in half
 * the time of a box; the space behind it is stretched to the cell's width (memory-rows.css). A byte on its way has no text.
 */
export function HexCells(props: ByteRowProps) {
  const { address, digits, cursor } = props;
  const columns = Array.from({ length: props.rowBytes }, (_, column) => column);
  const whole = wholeLook(props);
  return (
    <span className={whole === null ? 'mem-hex' : `mem-hex whole ${whole}`}>
      {columns.map((column) => {
        const code = codeAt(props, column);
        if (code === OUTSIDE) return <span key={column} className="box o" />;
        const at = hexAddress(address + column, digits);
        const byte = byteAt(props, column);
        const marks = marksOf(props, column, 'hex');
        const plain = marks === '' && (code === CAPTURED || whole !== null);
        const own = whole === null ? look(code, byte === 0) : '';
        const glyph = code === null ? '' : hexGlyph(byte, code);
        return (
          <span
            key={column}
            role="gridcell"
            aria-selected={column >= props.from && column <= props.to}
            id={cursor === column ? CURSOR_ID : undefined}
            aria-label={
              code === null ? `${at}, loading` : cellName(at, byte, code) + differenceName(props, column)
            }
            className={plain ? own || undefined : `box ${own}${marks}`}
          >
            {plain && code !== null ? `${glyph} ` : glyph}
          </span>
        );
      })}
    </span>
  );
}
