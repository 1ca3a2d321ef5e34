import { type Layouts, layOut } from './layout';
import { parse } from './parse';
import { StructError, type StructProblem } from './tokens';

export type Compiled =
  | { readonly kind: 'layouts'; readonly layouts: Layouts }
  | { readonly kind: 'problem'; readonly problem: StructProblem };

/** The layouts of a text of structs in a memory of 32 or 64-bit addresses, or the first thing that is wrong with it. */
export function compileStructs(text: string, memory64: boolean): Compiled {
  try {
    return { kind: 'layouts', layouts: layOut(parse(text), memory64) };
  } catch (error) {
    if (error instanceof StructError) return { kind: 'problem', problem: error.problem };
    throw error;
  }
}

/** `line 2, column 7: ';' expected, 'x' found`. */
export function problemText({ at, expected, found }: StructProblem): string {
  return `Line ${at.line}, column ${at.column}: ${expected} expected, ${found} found.`;
}
