import { lastName } from '../../app/intake/given';
import { partition } from '../../bytes/partition';
import { visible } from '../../coredump/visible';
import type { CodeFile, CodeLines, Disassembly } from '../../session/code-types';

/** A place in the sources where code begins. */
export interface CodeLine extends CodeFile {
  readonly line: number | null;
  readonly column: number | null;
}

/**
 * The line that begins between two instructions, for the first of them; null where none does, and where code begins that
 * belongs to no line.
 * @param offset of the instruction, from the body's start
 */
export function lineStart(
  lines: CodeLines,
  { start, codeStart }: Disassembly,
  offset: number,
  length: number,
): CodeLine | null {
  const from = start - codeStart + offset;
  const at = firstFrom(lines.addresses, from);
  return (lines.addresses[at] ?? Number.POSITIVE_INFINITY) < from + length ? lineOf(lines, at) : null;
}

/** The line that an instruction belongs to; null where none is known. */
export function lineHolding(
  lines: CodeLines,
  { start, codeStart }: Disassembly,
  offset: number,
  length: number,
): CodeLine | null {
  return lineOf(lines, firstFrom(lines.addresses, start - codeStart + offset + length) - 1);
}

function lineOf(lines: CodeLines, at: number): CodeLine | null {
  const file = lines.files[lines.fileIndices[at] ?? -1];
  const line = known(lines.lines[at]);
  if (file === undefined || (file.file === null && line === null)) return null;
  return { ...file, line, column: known(lines.columns[at]) };
}

function known(number: number | undefined): number | null {
  return number === undefined || number === 0 ? null : number;
}

/** `c-divide.c:24`, safe to show. */
export function lineText({ file, line }: CodeLine): string {
  const name = file === null ? '?' : visible(lastName(file), 60);
  return line === null ? name : `${name}:${line}`;
}

/** The whole path with line and column, safe to show. */
export function placeText({ column, file, line }: CodeLine): string {
  const path = file === null ? '?' : visible(file, 200);
  if (line === null) return path;
  return column === null ? `${path}:${line}` : `${path}:${line}:${column}`;
}

/** The index of the first address at or after one. */
function firstFrom(addresses: Uint32Array, address: number): number {
  return partition(addresses.length, (at) => (addresses[at] ?? 0) < address);
}
