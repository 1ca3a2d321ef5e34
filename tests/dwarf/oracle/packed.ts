import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** What LLVM says of one module, or of several that it says the same of (make.mjs). Tables that refer to each other by position. */
export interface InlineAnswers {
  /** Paths in tests/fixtures; with ` dwo` or ` dwp` after it where the answer is with these. */
  readonly modules: readonly string[];
  readonly texts: readonly string[];
  /** [function, mangled, file, line, column]: positions in `texts` or -1; line and column are 0 for none. */
  readonly frames: readonly (readonly [number, number, number, number, number])[];
  /** Positions in `frames`, innermost first. */
  readonly chains: readonly (readonly number[])[];
  /** [difference to the offset before, function, its body's start, its end, position in `chains`]. */
  readonly offsets: readonly (readonly [number, number, number, number, number])[];
}

/** The line tables of one module. Addresses and lines are differences to the row before. */
export interface RowAnswers {
  readonly module: string;
  /** Start and end of each body. */
  readonly bodies: readonly number[];
  readonly tables: readonly {
    readonly offset: number;
    readonly files: readonly (string | null)[];
    readonly address: readonly number[];
    readonly file: readonly number[];
    readonly line: readonly number[];
    readonly column: readonly number[];
    /** 1: is_stmt, 2: end_sequence. */
    readonly flags: readonly number[];
  }[];
}

/** Every mapping of a source map: [offset in the file, position in `sources`, line from 1, column from 0]. */
export interface MapAnswers {
  readonly map: string;
  readonly sources: readonly string[];
  readonly rows: readonly (readonly [number, number, number, number])[];
}

export const inlineAnswers = (): InlineAnswers[] => unpacked('inlines') as InlineAnswers[];
export const rowAnswers = (): RowAnswers[] => unpacked('rows') as RowAnswers[];
export const mapAnswers = (): MapAnswers[] => unpacked('source-maps') as MapAnswers[];

function unpacked(name: string): unknown {
  const path = fileURLToPath(new URL(`./${name}.json.br`, import.meta.url));
  return JSON.parse(brotliDecompressSync(readFileSync(path)).toString('utf8'));
}
