import type { RunState, StateRun } from '../../coredump/model';

/** The states by their code: a page of memory keeps one code a byte. */
export const STATES: readonly RunState[] = [
  'captured',
  'zero-elided',
  'missing',
  'lost',
  'out-of-bounds',
  'pending',
];

/** The codes that the drawing asks for by name; each is the index of its state in `STATES`. */
export const CAPTURED = 0;
export const ZERO = 1;
export const MISSING = 2;
export const LOST = 3;
export const OUTSIDE = 4;
export const PENDING = 5;

const WORDS: Readonly<Record<RunState, string>> = {
  captured: 'captured',
  'zero-elided': 'elided zero',
  missing: 'missing',
  lost: 'lost',
  'out-of-bounds': 'out of bounds',
  pending: 'not indexed yet',
};

/** The state as people read it: in a cell's name, a fold row, the strip. */
export function stateWord(state: RunState): string {
  return WORDS[state];
}

/** The state of a code; a code that is none is out of bounds. */
export function stateOf(code: number): RunState {
  return STATES[code] ?? 'out-of-bounds';
}

/** The state of a code in `Folds.states`, which counts without captured: a fold holds none. */
export function foldState(code: number): RunState {
  return (['zero-elided', 'missing', 'lost', 'pending'] as const)[code] ?? 'pending';
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Two hex digits. */
export function hexByte(byte: number): string {
  return HEX[byte & 0xff] ?? '';
}

/** What a hex cell shows. The glyph alone tells the state: forced colours drop textures. */
export function hexGlyph(byte: number, code: number): string {
  if (code === CAPTURED) return hexByte(byte);
  if (code === ZERO) return '·';
  if (code === MISSING) return '??';
  if (code === LOST) return 'xx';
  return '';
}

/** What a text cell shows: ASCII as it is, `.` for what has no glyph, blank for what is not there. */
export function textGlyph(byte: number, code: number): string {
  if (code === ZERO) return '·';
  if (code !== CAPTURED) return '';
  return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
}

/**
 * A cell's accessible name: address, byte, state. A known zero is read as 00, and what is not indexed has no byte.
 * `address` comes as it is printed in the row's header.
 */
export function cellName(address: string, byte: number, code: number): string {
  const shown = code === ZERO ? '00' : hexGlyph(byte, code);
  const state = stateWord(stateOf(code));
  return shown === '' ? `${address}, ${state}` : `${address}, ${shown}, ${state}`;
}

/** One code a byte for [start, start + length); what no run names is out of bounds. */
export function stateCodes(runs: readonly StateRun[], start: number, length: number): Uint8Array {
  const codes = new Uint8Array(length).fill(OUTSIDE);
  for (const run of runs) {
    const from = Math.max(0, run.start - start);
    const to = Math.min(length, run.end - start);
    if (from < to) codes.fill(STATES.indexOf(run.state), from, to);
  }
  return codes;
}
