import type { RunState } from '../../../src/coredump/model';
import type { MemoryWindow } from '../../../src/session/types';

const LETTERS: Readonly<Record<string, RunState>> = {
  c: 'captured',
  z: 'zero-elided',
  m: 'missing',
  l: 'lost',
  o: 'out-of-bounds',
  p: 'pending',
};

/** Where `windowOf` begins. */
export const AT = 0x100;

/** A window at 0x100: a letter a byte says its state. What is not captured holds 0xee, which must never be seen. */
export function windowOf(letters: string, bytes: Iterable<number>): MemoryWindow {
  const states = Array.from(letters, (letter, at) => ({
    start: AT + at,
    end: AT + 1 + at,
    state: LETTERS[letter] ?? 'missing',
  }));
  const data = Uint8Array.from([...bytes], (byte, at) => (letters[at] === 'c' ? byte : 0xee));
  return { memory: 0, address: AT, bytes: data, states, version: 1 };
}

/** All captured. */
export function captured(bytes: Uint8Array): MemoryWindow {
  return windowOf('c'.repeat(bytes.length), bytes);
}

/** Bytes written as hex digits. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
