import type { Address, Bytes } from '../../bytes/units';
import { unreadBytes } from '../../memory/words';
import type { MemoryWindow } from '../../session/types';
import { grouped } from '../../ui/numbers';

/** A value and the bytes it took, or the reason why there is none. Never a number that the dump does not hold. */
export type Read =
  | { readonly known: true; readonly text: string; readonly bytes: Bytes; readonly note: string }
  | { readonly known: false; readonly reason: string; readonly bytes: Bytes };

const WORDS = [
  ['missing', 'missing'],
  ['lost', 'lost'],
  ['out-of-bounds', 'past the end'],
  ['pending', 'not indexed yet'],
] as const;

/** Why [address, address + length) has no value: each state that is not known, with both numbers; null where all is known. */
export function whyUnread(window: MemoryWindow, address: Address, length: Bytes): string | null {
  const unread = unreadBytes(window.states, address, address + length);
  const parts = WORDS.flatMap(([state, word]) => {
    const bytes = unread.get(state);
    return bytes === undefined ? [] : [{ bytes, word }];
  });
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  const noun = length === 1 ? 'byte' : 'bytes';
  const others = rest.map(({ bytes, word }) => `, ${grouped(bytes)} ${word}`).join('');
  return `${grouped(first.bytes)} of ${grouped(length)} ${noun} ${first.word}${others}`;
}

/** The state words of the one byte at `address`, where it has no value; null where it has one. */
export function whyNoByte(window: MemoryWindow, address: Address): string | null {
  const unread = unreadBytes(window.states, address, address + 1);
  return WORDS.find(([state]) => unread.has(state))?.[1] ?? null;
}

/** A copy of the bytes in which known zeros are zero: what the window holds there means nothing. */
export function knownBytes(window: MemoryWindow, address: Address, length: Bytes): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (const run of window.states) {
    if (run.state !== 'captured') continue;
    const from = Math.max(run.start, address);
    const to = Math.min(run.end, address + length);
    if (from < to)
      bytes.set(window.bytes.subarray(from - window.address, to - window.address), from - address);
  }
  return bytes;
}
