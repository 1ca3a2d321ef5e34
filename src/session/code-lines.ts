import type { LineRow } from '../dwarf/model';
import type { CodeFile, CodeLines, EmbeddedFile } from './code-types';

export const NO_CODE_LINES: CodeLines = packed([], []);

/**
 * Where another line begins, out of the rows of a line table in address order. Of rows at one address the last holds; a
 * row that only begins another column of the line, or another statement in it, begins no line.
 */
export function codeLines(
  rows: readonly LineRow[],
  embedded: (path: string | null) => EmbeddedFile | null = () => null,
): CodeLines {
  const files = new Map<string, number>();
  const kept: LineRow[] = [];
  for (const [at, row] of rows.entries()) {
    if (rows[at + 1]?.address === row.address) continue;
    const before = kept.at(-1);
    if (before !== undefined && before.file === row.file && before.line === row.line) continue;
    kept.push(row);
  }
  const named: CodeFile[] = [];
  const indices = kept.map(({ directory, file }) => {
    const key = `${directory}\n${file}`;
    const known = files.get(key);
    if (known !== undefined) return known;
    files.set(key, named.length);
    named.push({ file, directory, embedded: embedded(file) });
    return named.length - 1;
  });
  return packed(named, kept, indices);
}

function packed(
  files: readonly CodeFile[],
  rows: readonly LineRow[],
  indices: readonly number[] = [],
): CodeLines {
  return {
    files,
    addresses: Uint32Array.from(rows, ({ address }) => address),
    fileIndices: Uint32Array.from(indices),
    lines: Uint32Array.from(rows, ({ line }) => line ?? 0),
    columns: Uint32Array.from(rows, ({ column }) => column ?? 0),
  };
}
