import type { Bytes } from '../bytes/units';
import type { BodyIndex } from '../wasm/body';

const LOOP = 0x03;
const OPENS: ReadonlySet<number> = new Set([0x02, LOOP, 0x04, 0x06, 0x1f]);
const END = 0x0b;
const DELEGATE = 0x18;

/** How many instructions are gone over to find a block: more than compilers put into one, and 1 ms. */
const FARTHEST = 100_000;

/**
 * Where a branch of instruction `row` to `label` goes to: the start of a `loop`, the `end` of any other block or of the
 * function. null where there is no such block, or none within 100,000 instructions.
 */
export function branchTarget(body: Uint8Array, index: BodyIndex, row: number, label: number): Bytes | null {
  const { depths, offsets } = index;
  const depth = depths[row];
  if (depth === undefined || depth === 0xffff) return null;
  const level = depth - 1 - label;
  if (level < -1) return null;
  if (level === -1) return index.problem === null ? (offsets.at(-1) ?? null) : null;
  const opcodeAt = (at: number): number => body[offsets[at] ?? body.length] ?? 0;
  const opener = openerBefore(depths, row, level, opcodeAt);
  if (opener !== null && opcodeAt(opener) === LOOP) return offsets[opener] ?? null;
  const last = Math.min(depths.length, row + FARTHEST);
  for (let at = row + 1; at < last; at += 1) {
    if ((depths[at] ?? 0) > level) continue;
    const opcode = opcodeAt(at);
    if (opcode === END || opcode === DELEGATE) return offsets[at] ?? null;
  }
  return null;
}

function openerBefore(
  depths: Uint16Array,
  row: number,
  level: number,
  opcodeAt: (at: number) => number,
): number | null {
  const first = Math.max(0, row - FARTHEST);
  for (let at = row - 1; at >= first; at -= 1) {
    const depth = depths[at] ?? 0;
    if (depth < level) return null;
    if (depth === level && OPENS.has(opcodeAt(at))) return at;
  }
  return null;
}
