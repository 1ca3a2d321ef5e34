import type { OffsetBase } from '../../app/code-place';
import { session } from '../../app/session';
import type { Disassembly, InstructionRow } from '../../session/code-types';
import { counted } from '../../ui/numbers';
import { offsetText, offsetWidth } from './offsets';

/** More lines than anyone pastes; as text some 4 MB. */
export const COPY_LIMIT = 100_000;
const PAGE = 1000;

/** A row as it is copied: offset, indentation, text. */
export function rowText(row: InstructionRow, base: OffsetBase, code: Disassembly): string {
  const text = row.parts.map((part) => part.text).join(' ');
  const offset = offsetText(row.offset, base, code).padEnd(offsetWidth(base, code));
  return `${offset}  ${'  '.repeat(Math.min(row.depth, 40))}${text}`;
}

/**
 * Lines first to last, under a head that says of what they are.
 * @throws an Error whose message says why they are not copied
 */
export async function copiedLines(
  code: Disassembly,
  base: OffsetBase,
  first: number,
  last: number,
): Promise<string> {
  const count = last - first + 1;
  if (count > COPY_LIMIT)
    throw new Error(`Not copied: ${counted(count, 'line')}, at most ${counted(COPY_LIMIT, 'line')}.`);
  const lines = [`;; ${title(code)}`];
  for (let at = first; at <= last; at += PAGE) {
    const rows = await session().code.instructions(code.place, at, Math.min(PAGE, last - at + 1));
    for (const row of rows) lines.push(rowText(row, base, code));
  }
  return lines.join('\n');
}

/** `func[8] $divide (param i32 i32) (result i32)`. */
export function title({ place, name, signature }: Disassembly): string {
  return [`func[${place.function}]`, name === null ? '' : `$${name}`, signature]
    .filter((part) => part !== '')
    .join(' ');
}
