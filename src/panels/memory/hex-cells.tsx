// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell

import { CAPTURED, cellName, hexGlyph, OUTSIDE } from './byte-state';
import { byteAt, CURSOR_ID, codeAt, look, marksOf } from './cells';
import type { ByteRowProps } from './row-props';
import { hexAddress } from './words';

/**
 * The bytes of a row, each in its cell. A captured byte that nothing marks is inline text, which lays out and paints in half
 * the time of a box; the space behind it is stretched to the cell's width.
 */
export function HexCells(props: ByteRowProps) {
  const { address, digits, cursor } = props;
  const columns = Array.from({ length: props.rowBytes }, (_, column) => column);
  return (
    <span className="mem-hex">
      {columns.map((column) => {
        const code = codeAt(props, column);
        if (code === OUTSIDE) return <span key={column} className="box o" />;
        const at = hexAddress(address + column, digits);
        const byte = byteAt(props, column);
        const marks = marksOf(props, column, 'hex');
        const plain = code === CAPTURED && marks === '';
        const glyph = code === null ? '' : hexGlyph(byte, code);
        return (
          <span
            key={column}
            role="gridcell"
            aria-selected={column >= props.from && column <= props.to}
            id={cursor === column ? CURSOR_ID : undefined}
            aria-label={code === null ? `${at}, loading` : cellName(at, byte, code)}
            className={plain ? (byte === 0 ? 'z' : undefined) : `box ${look(code, byte === 0)}${marks}`}
          >
            {plain ? `${glyph} ` : glyph}
          </span>
        );
      })}
    </span>
  );
}
