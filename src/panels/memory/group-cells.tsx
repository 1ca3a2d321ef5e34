// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from td
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell

import { CAPTURED, OUTSIDE } from './byte-state';
import { CURSOR_ID, STATE_CLASSES } from './cells';
import { groupDiffers } from './difference';
import { groupCell } from './groups';
import { markClasses } from './mark';
import type { ByteRowProps } from './row-props';
import { hexAddress } from './words';

/** The cells of a row whose bytes are read in groups. */
export function GroupCells({ address, rowBytes, digits, page, other, size, view, ...marks }: ByteRowProps) {
  const { group, format } = view;
  const starts = Array.from({ length: rowBytes / group }, (_, index) => index * group);
  return (
    <span className="mem-hex mem-groups">
      {starts.map((start) => {
        const at = address + start;
        if (at >= size) return <span key={start} className="o" />;
        const cell =
          page === undefined
            ? { text: '', name: 'loading', code: CAPTURED, zero: false }
            : groupCell(page, at - page.address, group, format);
        const look =
          page === undefined ? 'w' : cell.zero && cell.code === CAPTURED ? 'z' : STATE_CLASSES[cell.code];
        const here = marks.cursor >= start && marks.cursor < start + group;
        const selected = marks.from < start + group && marks.to >= start;
        const mark = markClasses(
          start / group,
          rowBytes / group,
          Math.floor(marks.markFrom / group),
          Math.floor(marks.markTo / group),
        );
        const hit = marks.hits.slice(start, start + group).includes('h') ? ' hit' : '';
        const changed = page !== undefined && other !== undefined && groupDiffers(page, other, at, group);
        const cursor = here ? (marks.side === 'hex' ? ' cursor' : ' cursor-2') : '';
        return (
          <span
            key={start}
            role="gridcell"
            aria-selected={selected}
            id={here ? CURSOR_ID : undefined}
            aria-label={`${hexAddress(at, digits)}, ${cell.name}${changed ? ', differs' : ''}`}
            className={`${cell.code === OUTSIDE ? '' : look}${hit}${selected ? ' sel' : ''}${cursor}${mark}${changed ? ' dif' : ''}`}
          >
            {cell.text}
          </span>
        );
      })}
    </span>
  );
}
