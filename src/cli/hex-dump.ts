import type { StateRun } from '../coredump/model';
import type { MemoryWindow } from '../session/types';

const ROW = 16;

/** Two characters for each byte of a window: `??` missing, `xx` lost, blank past the memory, `00` for elided zeros. */
export function byteCells(window: MemoryWindow): string[] {
  const cells: string[] = Array.from(window.bytes, (byte) => byte.toString(16).padStart(2, '0'));
  for (const { start, end, state } of window.states) {
    const cell =
      state === 'lost'
        ? 'xx'
        : state === 'out-of-bounds'
          ? '  '
          : state === 'missing' || state === 'pending'
            ? '??'
            : null;
    if (cell !== null) cells.fill(cell, start - window.address, end - window.address);
  }
  return cells;
}

/** As `byteCells`, for `read --json`: every byte whose value is not known is `??`. */
export function jsonCells(window: MemoryWindow): string[] {
  return byteCells(window).map((cell) => (/^[0-9a-f]{2}$/.test(cell) ? cell : '??'));
}

/** Appends the runs of a window that follows, so that runs of one state stay one run. */
export function appendRuns(runs: StateRun[], more: readonly StateRun[]): void {
  for (const run of more) {
    const last = runs.at(-1);
    if (last !== undefined && last.state === run.state && last.end === run.start)
      runs[runs.length - 1] = { ...last, end: run.end };
    else runs.push(run);
  }
}

/** A hex dump, 16 bytes a row from the row of the first address: address, bytes in two groups, text. */
export function* hexDump(window: MemoryWindow): Generator<string> {
  const cells = byteCells(window);
  const end = window.address + cells.length;
  for (let row = window.address - (window.address % ROW); row < end; row += ROW) {
    const at = (column: number): string => cells[row + column - window.address] ?? '  ';
    const columns = Array.from({ length: ROW }, (_, column) => at(column));
    const text = columns.map(character).join('');
    const hex = `${columns.slice(0, 8).join(' ')}  ${columns.slice(8).join(' ')}`;
    yield `${row.toString(16).padStart(8, '0')}  ${hex}  |${text}|`;
  }
}

/** Printable ASCII (32 to 126) as it is, any other byte as a dot; what is no byte stays blank. */
function character(cell: string): string {
  if (!/^[0-9a-f]{2}$/.test(cell)) return ' ';
  const byte = Number.parseInt(cell, 16);
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
}
