import { describe, expect, it } from 'vitest';
import { openDebugInfo } from '../../src/dwarf/debug-info';
import { type RowAnswers, rowAnswers } from './oracle/packed';
import { fixtureSections } from './oracle/sections';

const END_SEQUENCE = 2;

interface Row {
  readonly address: number;
  readonly text: string;
}

/** The rows of code of each table, by address; those of one address in the order of their program. Ends of sequences have no code. */
function tablesOf({ tables }: RowAnswers): Row[][] {
  return tables.map((table) => {
    const rows: Row[] = [];
    let address = 0;
    let line = 0;
    for (const [index, step] of table.address.entries()) {
      address += step;
      line += table.line[index] ?? 0;
      if (((table.flags[index] ?? 0) & END_SEQUENCE) !== 0) continue;
      const file = table.files[table.file[index] ?? -1] ?? null;
      rows.push({ address, text: said(address, file, line, table.column[index] ?? 0) });
    }
    return rows.toSorted((a, b) => a.address - b.address);
  });
}

/** The rows of [start, end) in each table that has some. `positions` go up with the bodies. */
function rowsIn(tables: readonly Row[][], positions: number[], start: number, end: number): string[][] {
  const found: string[][] = [];
  for (const [index, rows] of tables.entries()) {
    let at = positions[index] ?? 0;
    while ((rows[at]?.address ?? end) < start) at += 1;
    const texts: string[] = [];
    for (; (rows[at]?.address ?? end) < end; at += 1) texts.push(rows[at]?.text ?? '');
    positions[index] = at;
    if (texts.length > 0) found.push(texts);
  }
  return found;
}

const said = (address: number, file: string | null, line: number, column: number): string =>
  `0x${address.toString(16)} ${file}:${line}:${column}`;

describe('every row of the line table is as llvm-dwarfdump prints it', () => {
  it('there are tables of every producer', () => {
    expect(rowAnswers().length).toBeGreaterThan(22);
  });

  it.each(rowAnswers().map((answers) => [answers.module, answers] as const))(
    '%s',
    async (module, answers) => {
      const info = await openDebugInfo(...fixtureSections(module));
      const found: string[] = [];
      const expected: string[] = [];
      const tables = tablesOf(answers);
      const positions: number[] = [];
      for (let body = 0; body < answers.bodies.length; body += 2) {
        const [start = 0, end = 0] = answers.bodies.slice(body, body + 2);
        const rows = (await info?.rows({ start, end })) ?? [];
        const ours = rows.map(({ address, file, line, column }) =>
          said(address, file, line ?? 0, column ?? 0),
        );
        // An inline function that two units compiled is in both tables, and the linker points both at the one that it kept:
        // in cpp-shapes `stdexcept`:241 of the program and of libc++. The rows are those of one of them.
        const theirs = rowsIn(tables, positions, start, end);
        found.push(...ours);
        expected.push(...(theirs.find((one) => one.join() === ours.join()) ?? theirs[0] ?? []));
      }
      expect(expected.length).toBeGreaterThan(module.includes('worthless') ? -1 : 100);
      expect(found).toEqual(expected);
    },
  );
});
