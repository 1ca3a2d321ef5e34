import type { Disassembly } from '../../session/code-types';

/** A row of a line table: from `address` on, counted from the code section's payload, code is of this line. */
export interface CodeLine {
  readonly address: number;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export const NO_LINES: readonly CodeLine[] = [];

/**
 * The line that begins between two instructions, for the first of them: `c-divide.c:24`; null where none does. `lines` in
 * address order.
 * @param offset of the instruction, from the body's start
 */
export function lineStart(
  lines: readonly CodeLine[],
  { start, codeStart }: Disassembly,
  offset: number,
  length: number,
): string | null {
  const from = start - codeStart + offset;
  const at = firstFrom(lines, from);
  const line = lines[at];
  if (line === undefined || line.address >= from + length) return null;
  const before = lines[at - 1];
  if (before !== undefined && before.file === line.file && before.line === line.line) return null;
  return lineText(line);
}

function lineText({ file, line }: CodeLine): string | null {
  if (file === null && line === null) return null;
  const name = file === null ? '?' : (file.split(/[/\\]/).at(-1) ?? file);
  return line === null ? name : `${name}:${line}`;
}

/** The index of the first row at or after an address. */
function firstFrom(lines: readonly CodeLine[], address: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.address ?? 0) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}
