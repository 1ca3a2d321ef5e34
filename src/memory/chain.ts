import type { Address, Bytes } from '../bytes/units';
import type { RunState } from '../coredump/model';
import { hasValue, isPointer, type ReadBytes, type Stretch, type WordBytes, wordAt } from './words';

/** How many pointers are followed. */
export const CHAIN_DEPTH = 8;
/** A text is shown up to this many bytes. */
export const TEXT_BYTES: Bytes = 128;
/** So many printable bytes with a zero behind them are a text, whatever number they would make. */
const SURE_TEXT = 4;
/** And so many where the number they make leads to no captured byte. */
const SHORT_TEXT = 2;

/** The word at `address` holds `target`, an address. */
export interface ChainLink {
  readonly address: Address;
  readonly target: Address;
}

/** Where following pointers ends, and why. */
export type ChainEnd =
  | { readonly kind: 'text'; readonly address: Address; readonly text: string; readonly cut: boolean }
  /** A number that is no address: below 1,024, or at or above the memory's size. */
  | { readonly kind: 'number'; readonly address: Address; readonly value: bigint }
  /** Bytes of the word have no value: `bytes` of `of` are in `state`. */
  | {
      readonly kind: 'unread';
      readonly address: Address;
      readonly state: RunState;
      readonly bytes: Bytes;
      readonly of: Bytes;
    }
  /** The last link leads back to this address, which was met before. */
  | { readonly kind: 'cycle'; readonly address: Address }
  /** `CHAIN_DEPTH` pointers were followed; there is another one. */
  | { readonly kind: 'depth'; readonly address: Address };

export interface Chain {
  readonly links: readonly ChainLink[];
  readonly end: ChainEnd;
}

export interface ChainMemory {
  readonly size: Bytes;
  readonly word: WordBytes;
  readonly read: (address: Address, length: Bytes) => Promise<ReadBytes>;
}

/**
 * Follows what stands at `start` as a pointer, and what stands there, and so on. Nothing is followed from a word of
 * which a byte has no value.
 * @param origin where the pointer to `start` itself stands, so that a way back to it is seen as a cycle; null: nowhere.
 */
export async function followChain(
  memory: ChainMemory,
  start: Address,
  origin: Address | null,
): Promise<Chain> {
  const { size, word } = memory;
  const links: ChainLink[] = [];
  const met = new Set<Address>(origin === null ? [start] : [origin, start]);
  let at = start;
  for (;;) {
    const stretch: Stretch = { address: at, ...(await memory.read(at, TEXT_BYTES + 1)) };
    const text = textOf(stretch);
    const asText: ChainEnd = { kind: 'text', address: at, text: text.text, cut: text.cut };
    if (text.ended && text.text.length >= SURE_TEXT) return { links, end: asText };
    const read = wordAt(stretch, at, word);
    if (!read.known) {
      if (text.ended && text.text.length >= SHORT_TEXT) return { links, end: asText };
      const [state, bytes] = [...read.unread][0] ?? ['missing', word];
      return { links, end: { kind: 'unread', address: at, state, bytes, of: word } };
    }
    const { value } = read;
    const short = text.ended && text.text.length >= SHORT_TEXT;
    if (!isPointer(value, size)) {
      return { links, end: short ? asText : { kind: 'number', address: at, value } };
    }
    const target = Number(value);
    // "ok" is 0x6b6f, an address of any memory of 28 KiB: a text unless something stands at that address.
    if (short && !(await captured(memory, target))) return { links, end: asText };
    if (links.length === CHAIN_DEPTH) return { links, end: { kind: 'depth', address: at } };
    links.push({ address: at, target });
    if (met.has(target)) return { links, end: { kind: 'cycle', address: target } };
    met.add(target);
    at = target;
  }
}

async function captured(memory: ChainMemory, address: Address): Promise<boolean> {
  const { states } = await memory.read(address, 1);
  return states[0]?.state === 'captured';
}

interface Text {
  readonly text: string;
  /** A zero byte stands behind it, or it was cut at `TEXT_BYTES`. */
  readonly ended: boolean;
  readonly cut: boolean;
}

/** The printable text (UTF-8) that the stretch begins with. */
function textOf({ address, bytes, states }: Stretch): Text {
  const first = states[0];
  const none: Text = { text: '', ended: false, cut: false };
  if (first === undefined || first.start > address || !hasValue(first.state)) return none;
  let known = first.end;
  for (const run of states) if (run.start === known && hasValue(run.state)) known = run.end;
  const length = Math.min(known - address, bytes.length);
  const zero = bytes.subarray(0, length).indexOf(0);
  const cut = zero < 0 && length > TEXT_BYTES;
  if (zero < 0 && !cut) return none;
  const text = decoded(bytes.subarray(0, cut ? wholeCharacters(bytes, TEXT_BYTES) : zero));
  return text === null || /[^\P{C}\t\n\r]/u.test(text) ? none : { text, ended: true, cut };
}

/** The end of the last whole UTF-8 character at or before `limit`. */
function wholeCharacters(bytes: Uint8Array, limit: number): number {
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8, which is an answer and no failure.
    return null;
  }
}
