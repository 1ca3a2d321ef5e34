import type { StateRun } from '../coredump/model';
import type { MemoryWindow } from '../session/types';

const ROW = 16;
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Printable ASCII (32 to 126) as it is, any other byte as a dot. */
const TEXT: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.',
);
/** What stands for a byte without a value: missing from the dump (or not indexed), lost, past the memory's end. */
const GLYPHS = ['', '??', 'xx', '  '] as const;

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

/** A hex dump, 16 bytes a row from the row of the first address: address, bytes in two groups, text. */
export function* hexDump(window: MemoryWindow): Generator<string> {
  const { address, bytes } = window;
  const codes = glyphCodes(window);
  const end = address + bytes.length;
  for (let row = address - (address % ROW); row < end; row += ROW) {
    let hex = '';
    let text = '';
    for (let column = 0; column < ROW; column += 1) {
      const at = row + column - address;
      const byte = bytes[at];
      const code = byte === undefined ? 3 : (codes[at] ?? 0);
      hex += column === 8 ? '  ' : column === 0 ? '' : ' ';
      hex += code === 0 ? HEX[byte ?? 0] : GLYPHS[code];
      text += code === 0 ? TEXT[byte ?? 0] : ' ';
    }
    yield `${row.toString(16).padStart(8, '0')}  ${hex}  |${text}|`;
  }
}
