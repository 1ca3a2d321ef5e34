import { describe, expect, it } from 'vitest';
import type { CodeRange } from '../../src/dwarf/model';
import { fixture } from '../fixture';
import { type RowAnswers, rowAnswers } from './oracle/packed';
import { openModule } from './sections';

interface Row {
  readonly address: number;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** The rows of each table's live sequences as llvm-dwarfdump has them, without those that end a sequence. */
function rowsOf({ tables }: RowAnswers): Row[][] {
  return tables.map(({ files, ...columns }) => {
    const rows: Row[] = [];
    let address = 0;
    let line = 0;
    for (const [index, delta] of columns.address.entries()) {
      address += delta;
      line += columns.line[index] ?? 0;
      if (((columns.flags[index] ?? 0) & 2) !== 0) continue;
      const file = files[columns.file[index] ?? 0] ?? null;
      rows.push({ address, file, line: line || null, column: columns.column[index] || null });
    }
    return rows;
  });
}

function pairs(bodies: readonly number[]): CodeRange[] {
  const list: CodeRange[] = [];
  for (let at = 0; at < bodies.length; at += 2)
    list.push({ start: bodies[at] ?? 0, end: bodies[at + 1] ?? 0 });
  return list;
}

describe('line rows are those of llvm-dwarfdump --debug-line', () => {
  it.each(rowAnswers().map((answer) => ({ module: answer.module, answer })))(
    '$module',
    async ({ module, answer }) => {
      const { info } = await openModule(fixture(module));
      const bodies = pairs(answer.bodies);
      const tables = rowsOf(answer);
      const wrong: unknown[] = [];
      let compared = 0;
      for (const body of bodies) {
        const want = tables
          .map((rows) => rows.filter(({ address }) => address >= body.start && address < body.end))
          .filter((rows) => rows.length > 0);
        const got = (await info?.rows(body)) ?? [];
        compared += got.length;
        // A C++ inline function that several units have: lld points the tables of all of them to the copy that it kept.
        const isOne = want.some((rows) => JSON.stringify(got) === JSON.stringify(rows));
        if (!isOne && (got.length > 0 || want.length > 0)) wrong.push({ body, got, want });
      }
      expect(wrong.slice(0, 2)).toEqual([]);
      if (!module.includes('worthless')) expect(compared).toBeGreaterThan(10);
    },
  );
});
