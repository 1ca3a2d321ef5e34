// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual and a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import './grid.css';
import { type Cell, moveCell } from './grid-keys';
import { Icon } from './icon';
import { useRows } from './use-rows';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** The least width in px, and the share of what is left over; 0 keeps the least. */
  readonly width: number;
  readonly grow: number;
  readonly align: 'start' | 'end';
  readonly sortable: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface Sort {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly count: number;
  /** null: not here yet, drawn as a skeleton. */
  readonly rowAt: (index: number) => Row | null;
  /** Enter or a click on a row, unless it was meant for a link in it. */
  readonly onActivate?: (row: Row) => void;
  /** The row that the cursor came to, by key or click. */
  readonly onSelect?: (row: Row) => void;
  /** The row to bring into view and mark, when it changes; null leaves the cursor where it is. */
  readonly at?: number | null;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  /** Rows are as high as their text needs, and all of them are drawn: for lists of at most a thousand or so. */
  readonly wrap?: boolean;
  /** What stands there when there are no rows. */
  readonly empty: ReactNode;
}

const HEAD = 24;
const INTERACTIVE = 'a[href], button, input, select';

/** The height of a row as the tokens say it: taller where the pointer is coarse. */
function rowHeight(): number {
  const token = getComputedStyle(document.documentElement).getPropertyValue('--h-row-t');
  return Number.parseInt(token, 10) || 22;
}

/** A virtual grid of any length: one tab stop, arrows between cells, Enter presses what is in the cell or takes the row. */
export function Grid<Row>(props: Props<Row>) {
  const {
    label,
    columns,
    count,
    rowAt,
    onActivate,
    onSelect,
    at: wanted = null,
    sort = null,
    onSort,
    wrap = false,
  } = props;
  const id = useId();
  const [height] = useState(rowHeight);
  const rows = useRows(count, height, HEAD);
  // null: nobody has been here. The first cell takes the focus then, and no row is marked.
  const [cursor, setCursor] = useState<Cell | null>(null);
  const head = columns.some((column) => column.sortable);
  const cell: Cell = {
    row: Math.min(cursor?.row ?? 0, count - 1),
    column: Math.min(cursor?.column ?? 0, columns.length - 1),
  };
  const cellId = ({ row, column }: Cell) => `${id}-${row}-${column}`;
  const { first, end } = wrap ? { first: 0, end: count } : rows;
  const inView = cell.row === -1 || (cell.row >= first && cell.row < end);

  const { show: showEqual } = rows;
  const show = useCallback(
    (row: number) => {
      if (!wrap) showEqual(row);
      else document.getElementById(`${id}-${row}-0`)?.scrollIntoView({ block: 'nearest' });
    },
    [wrap, showEqual, id],
  );
  useEffect(() => {
    if (wanted === null) return;
    setCursor({ row: wanted, column: 0 });
    show(wanted);
  }, [wanted, show]);

  const goTo = (next: Cell) => {
    setCursor(next);
    const row = next.row < 0 ? null : rowAt(next.row);
    if (row !== null) onSelect?.(row);
  };
  const sortBy = (column: Column<Row>) => {
    const again = sort?.key === column.key && sort.direction === 'ascending';
    onSort?.({ key: column.key, direction: again ? 'descending' : 'ascending' });
  };
  const press = () => {
    const column = columns[cell.column];
    if (cell.row === -1) {
      if (column?.sortable) sortBy(column);
      return;
    }
    const inner = document.getElementById(cellId(cell))?.querySelector<HTMLElement>(INTERACTIVE);
    const row = rowAt(cell.row);
    if (inner) inner.click();
    else if (row !== null) onActivate?.(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      press();
      return;
    }
    const next = moveCell(event.key, event.ctrlKey, cell, {
      rows: count,
      columns: columns.length,
      page: rows.page,
      head,
    });
    if (next === null) return;
    event.preventDefault();
    goTo(next);
    if (next.row >= 0) show(next.row);
  };

  const template = { gridTemplateColumns: columns.map(track).join(' ') };
  const minWidth = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div className="grid-scroller" ref={rows.scroller}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-activedescendant={inView ? cellId(cell) : undefined}
        tabIndex={0}
        className="grid"
        style={{ minWidth }}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="grid-head" style={template}>
          {columns.map((column, at) => (
            <div
              key={column.key}
              role="columnheader"
              id={cellId({ row: -1, column: at })}
              className={classOf(column, cell.row === -1 && cell.column === at)}
              aria-sort={ariaSort(column, sort)}
              onClick={() => column.sortable && sortBy(column)}
            >
              {column.label}
              {sort?.key === column.key && (
                <Icon name={sort.direction === 'ascending' ? 'up' : 'down'} small />
              )}
            </div>
          ))}
        </div>
        <div
          className="grid-body"
          role="rowgroup"
          style={{ height: count === 0 || wrap ? undefined : rows.height }}
        >
          {count === 0 && (
            <div role="row" className="grid-empty" aria-rowindex={2}>
              <div role="gridcell">{props.empty}</div>
            </div>
          )}
          {range(first, end).map((index) => {
            const row = rowAt(index);
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={cursor !== null && index === cell.row}
                className={wrap ? 'grid-row wrap' : 'grid-row'}
                style={wrap ? template : { ...template, transform: `translateY(${rows.offset(index)}px)` }}
                onClick={(event) => {
                  const target = event.target instanceof Element ? event.target : null;
                  const at = target?.closest<HTMLElement>('[data-column]')?.dataset['column'];
                  goTo({ row: index, column: Number(at ?? 0) });
                  if (row !== null && !target?.closest(INTERACTIVE)) onActivate?.(row);
                }}
              >
                {columns.map((column, at) => (
                  <div
                    key={column.key}
                    role={at === 0 ? 'rowheader' : 'gridcell'}
                    id={cellId({ row: index, column: at })}
                    data-column={at}
                    className={classOf(column, index === cell.row && at === cell.column)}
                  >
                    {row === null ? <span className="skeleton" /> : column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function track<Row>({ width, grow }: Column<Row>): string {
  return grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`;
}

function classOf<Row>(column: Column<Row>, current: boolean): string {
  return `grid-cell${column.align === 'end' ? ' end' : ''}${current ? ' current' : ''}`;
}

function ariaSort<Row>(
  column: Column<Row>,
  sort: Sort | null,
): 'ascending' | 'descending' | 'none' | undefined {
  if (!column.sortable) return undefined;
  return sort?.key === column.key ? sort.direction : 'none';
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
