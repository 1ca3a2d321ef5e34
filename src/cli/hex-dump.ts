import type { StateRun } from '../coredump/model';
import type { MemoryWindow } from '../session/types';

const ROW = 16;
/** The longest line: an address of 16 digits, 16 bytes in two groups, 16 characters between bars, the line's end. */
const LONGEST_LINE = 16 + 2 + 48 + 2 + 1 + 16 + 2;

const ascii = (text: string): number => text.charCodeAt(0);
const SPACE = ascii(' ');
const DOT = ascii('.');
const BAR = ascii('|');
const DIGITS = Uint8Array.from('0123456789abcdef', ascii);
/** What stands for a byte without a value: missing from the dump (or not indexed), lost, past the memory's end. */
const GLYPHS = Uint8Array.from('\0?x ', ascii);

/** For each byte 0, or which of GLYPHS stands in its place. */
function glyphCodes({ address, bytes, states }: MemoryWindow): Uint8Array {
  const codes = new Uint8Array(bytes.length);
  for (const { start, end, state } of states) {
    const code =
      state === 'lost'
        ? 2
        : state === 'out-of-bounds'
          ? 3
          : state === 'missing' || state === 'pending'
            ? 1
            : 0;
    if (code > 0) codes.fill(code, start - address, end - address);
  }
  return codes;
}

/** The bytes of a window for `read --json`: two characters each, `??` where the value is not known. */
export function jsonBytes(window: MemoryWindow): string {
  const { address, bytes, states } = window;
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return states
    .map(({ start, end, state }) => {
      const known = state === 'captured' || state === 'zero-elided';
      return known ? hex.slice((start - address) * 2, (end - address) * 2) : '??'.repeat(end - start);
    })
    .join('');
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

/**
 * A hex dump as ASCII, 16 bytes a row from the row of the first address: address, bytes in two groups, text (32 to 126 as
 * they are, any other byte as a dot, none where there is no value). Written into bytes, because strings of 64 MiB keep
 * the collector busy for longer than the dump takes to read.
 */
export function hexDump(window: MemoryWindow): Uint8Array {
  const { address, bytes } = window;
  const codes = glyphCodes(window);
  const end = address + bytes.length;
  const first = address - (address % ROW);
  const text = new Uint8Array(Math.ceil((end - first) / ROW) * LONGEST_LINE);
  let at = 0;
  for (let row = first; row < end; row += ROW) {
    for (const digit of row.toString(16).padStart(8, '0')) text[at++] = ascii(digit);
    text[at++] = SPACE;
    const characters = at + 51;
    for (let column = 0; column < ROW; column += 1) {
      const index = row + column - address;
      const byte = bytes[index];
      const code = byte === undefined ? 3 : (codes[index] ?? 0);
      const glyph = GLYPHS[code] ?? SPACE;
      text[at++] = SPACE;
      if (column === ROW / 2) text[at++] = SPACE;
      text[at++] = code === 0 ? (DIGITS[(byte ?? 0) >> 4] ?? 0) : glyph;
      text[at++] = code === 0 ? (DIGITS[(byte ?? 0) & 15] ?? 0) : glyph;
      const printable = byte !== undefined && byte >= 0x20 && byte <= 0x7e;
      text[characters + 1 + column] = code > 0 ? SPACE : printable ? byte : DOT;
    }
    text[at++] = SPACE;
    text[at++] = SPACE;
    text[at++] = BAR;
    at += ROW;
    text[at++] = BAR;
    text[at++] = ascii('\n');
  }
  return text.subarray(0, at);
}
