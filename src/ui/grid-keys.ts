/** A cell; row -1 is the head. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
  /** The head takes part: its cells sort. */
  readonly head: boolean;
}

/** Where a key moves the cell, as in every grid; null where the key is not the grid's. */
export function moveCell(key: string, control: boolean, cell: Cell, shape: GridShape): Cell | null {
  const lastRow = shape.rows - 1;
  const lastColumn = shape.columns - 1;
  const firstRow = shape.head ? -1 : 0;
  const row = (to: number) => ({ ...cell, row: Math.max(firstRow, Math.min(lastRow, to)) });
  const column = (to: number) => ({ ...cell, column: Math.max(0, Math.min(lastColumn, to)) });
  switch (key) {
    case 'ArrowDown':
      return row(cell.row + 1);
    case 'ArrowUp':
      return row(cell.row - 1);
    case 'ArrowRight':
      return column(cell.column + 1);
    case 'ArrowLeft':
      return column(cell.column - 1);
    case 'PageDown':
      return row(cell.row + shape.page);
    case 'PageUp':
      return row(Math.max(Math.min(0, lastRow), cell.row - shape.page));
    case 'Home':
      return control ? { row: Math.min(0, lastRow), column: 0 } : column(0);
    case 'End':
      return control ? { row: lastRow, column: lastColumn } : column(lastColumn);
    default:
      return null;
  }
}
