import { CAPTURED, LOST, MISSING, OUTSIDE, PENDING, ZERO } from './byte-state';
import { rowDiffers } from './difference';
import { markClasses } from './mark';
import type { ByteRowProps, Side } from './row-props';

/** The id of the cell (or fold row) that the cursor is on: the grid's active descendant. */
export const CURSOR_ID = 'memory-cursor';

/** The classes that draw a state (memory-rows.css). */
export const STATE_CLASSES: Readonly<Record<number, string>> = {
  [CAPTURED]: '',
  [ZERO]: 'e',
  [MISSING]: 'q',
  [LOST]: 'l',
  [OUTSIDE]: 'o',
  [PENDING]: 'k',
};

/** The class of what stands in a cell; `faint`: of a captured byte that says little. null: the byte is being fetched. */
export function look(code: number | null, faint: boolean): string {
  if (code === null) return 'w';
  return faint && code === CAPTURED ? 'z' : (STATE_CLASSES[code] ?? '');
}

/** The state of the byte in a column; null while it is fetched. */
export function codeAt({ address, page, size }: ByteRowProps, column: number): number | null {
  if (address + column >= size) return OUTSIDE;
  return page === undefined ? null : (page.codes[address - page.address + column] ?? OUTSIDE);
}

/**
 * The look that all cells of a row have in common: of a row that is on its way, or holds no captured byte. Such a row is drawn
 * as one, which costs a third of sixteen textures. null: it is not, or the memory ends in it.
 */
export function wholeLook(props: ByteRowProps): string | null {
  const first = codeAt(props, 0);
  if (first === CAPTURED || first === PENDING) return null;
  for (let column = 1; column < props.rowBytes; column += 1) if (codeAt(props, column) !== first) return null;
  return first === OUTSIDE ? null : look(first, false);
}

/** The byte in a column: it means nothing unless it is captured. */
export function byteAt({ address, page }: ByteRowProps, column: number): number {
  return page === undefined ? 0 : (page.bytes[address - page.address + column] ?? 0);
}

/** The classes of all that marks a column, each behind a space; empty where nothing does. */
export function marksOf(props: ByteRowProps, column: number, side: Side): string {
  const selected = column >= props.from && column <= props.to;
  const start = column === props.from ? ' s0' : '';
  const cursor = props.cursor === column ? (props.side === side ? ' cursor' : ' cursor-2') : '';
  const hit = props.hits[column] === 'h' ? ' hit' : '';
  return `${hit}${selected ? ` sel${start}` : ''}${cursor}${markClasses(column, props.rowBytes, props.markFrom, props.markTo)}${rowDiffers(props, column) ? ' dif' : ''}`;
}
