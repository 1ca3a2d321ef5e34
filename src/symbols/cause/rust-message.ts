import type { Address, Bytes } from '../../bytes/units';
import { asText, LONGEST_TEXT, stringAt, wordAt } from './text';
import { type CodeFacts, type DumpFacts, hex } from './types';

export interface FoundMessage {
  readonly text: string;
  /** `src/main.rs:12:5`; null where it was not found. */
  readonly place: string | null;
  /** Where it was found, as a sentence. */
  readonly evidence: string;
}

/** The shadow stack is looked through this far for printed text: a default one is 1 MiB at most. */
const MOST_STACK: Bytes = 1 << 20;
/** And this far from its young end for pointers, each of which is followed. */
const MOST_LIVE: Bytes = 1 << 16;

/** `.` stands for no line end; what is not text is sorted out afterwards. */
const PRINTED = /thread '.{1,80}?'(?: \(\d+\))? panicked at (.{1,512}?:\d+:\d+):\n/g;

/**
 * The message that a panic printed, as text that is still in the memory of the stack: Rust since 1.83 puts it together
 * in a buffer there before it writes it.
 */
export async function printedMessage(dump: DumpFacts): Promise<FoundMessage | null> {
  const stack = await stackBytes(dump, 'all');
  if (stack === null) return null;
  const text = new TextDecoder('latin1').decode(stack.bytes);
  for (const match of text.matchAll(PRINTED)) {
    const from = match.index + match[0].length;
    let end = stack.bytes.indexOf(0, from);
    if (end < 0) end = stack.bytes.length;
    if (asText(Uint8Array.from(match[1] ?? '', (letter) => letter.charCodeAt(0))) === null) continue;
    const message = textFrom(stack.bytes.subarray(from, Math.min(end, from + LONGEST_TEXT)));
    if (message === '') continue;
    const evidence = `The stack's memory at ${hex(stack.start + match.index)} holds the text that was printed.`;
    return { text: message, place: match[1] ?? null, evidence };
  }
  return null;
}

/** The longest text at the beginning of bytes, up to the line that a panic prints after its message. */
function textFrom(bytes: Uint8Array): string {
  const control = bytes.findIndex((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a);
  const text = new TextDecoder('utf-8').decode(control < 0 ? bytes : bytes.subarray(0, control));
  return (text.split('\nnote: run with')[0] ?? '').trimEnd();
}

/**
 * The message as the panic hook was given it: a `PanicInfo` on the live stack holds, side by side, a pointer to its
 * `fmt::Arguments` and one to its `Location`. Both are recognised by what they lead to, so no layout of a compiler's
 * version is relied on but these: Arguments of pieces and values (up to Rust 1.92), Location of file, line and column.
 *
 * Fixture wasmtime/rust-orders (Rust 1.63): "index out of bounds: the len is 2 but the index is 2", trap.rs:7:53, held by
 * tests/symbols/cause/cause.test.ts.
 */
export async function heldMessage(dump: DumpFacts, code: CodeFacts): Promise<FoundMessage | null> {
  const stack = await stackBytes(dump, 'live');
  if (stack === null) return null;
  const words = stack.bytes.length >>> 2;
  for (let index = 0; index + 1 < words; index += 1) {
    const first = wordAt(stack.bytes, index * 4);
    const second = wordAt(stack.bytes, index * 4 + 4);
    if (first === second || first === 0 || second === 0) continue;
    for (const [args, location] of [
      [first, second],
      [second, first],
    ] as const) {
      const place = await locationAt(dump, location);
      const text = place === null ? null : await argumentsAt(dump, code, args);
      if (text === null) continue;
      const at = hex(stack.start + index * 4);
      return {
        text,
        place,
        evidence: `The panic's arguments and location, which ${at} on the stack points to, say so.`,
      };
    }
  }
  return null;
}

async function stackBytes(
  dump: DumpFacts,
  which: 'live' | 'all',
): Promise<{ readonly start: Address; readonly bytes: Uint8Array } | null> {
  const { low, high } = dump.stackRegion;
  if (high === null) return null;
  // Without the pointer, as in the rewriter's dumps, which hold no globals, the live part is somewhere below the end.
  const live = dump.stackPointer?.value ?? Math.max(low ?? 0, high - MOST_LIVE);
  const from = which === 'live' ? live : Math.max(low ?? 0, high - MOST_STACK);
  const start = Math.max(from - (from % 4), 0);
  if (high <= start) return null;
  const length = Math.min(high - start, which === 'live' ? MOST_LIVE : MOST_STACK);
  return { start, bytes: await dump.peek(0, start, length) };
}

/** A `core::panic::Location`: file (pointer and length), line, column; as `file:line:column`. */
export async function locationAt(dump: DumpFacts, address: Address): Promise<string | null> {
  const bytes = address % 4 === 0 && address > 0 ? await dump.read(0, address, 16) : null;
  if (bytes === null) return null;
  const [pointer, length, line, column] = [0, 4, 8, 12].map((offset) => wordAt(bytes, offset));
  if (pointer === undefined || length === undefined || line === undefined || column === undefined)
    return null;
  if (line === 0 || line > 1e6 || column === 0 || column > 1e4 || length < 4 || length > 512) return null;
  const file = await stringAt(dump, 0, pointer, length);
  return file !== null && /\.rs$/.test(file) ? `${file}:${line}:${column}` : null;
}

const MOST_PIECES = 16;

/** `fmt::Arguments`: its pieces of text, and values between them. */
async function argumentsAt(dump: DumpFacts, code: CodeFacts, address: Address): Promise<string | null> {
  const bytes = address % 4 === 0 ? await dump.read(0, address, 24) : null;
  if (bytes === null) return null;
  // Pieces first; the values stand last in older compilers, and before the format specifications in newer ones.
  for (const values of [16, 8] as const) {
    const text = await format(dump, code, {
      pieces: wordAt(bytes, 0),
      pieceCount: wordAt(bytes, 4),
      values: wordAt(bytes, values),
      valueCount: wordAt(bytes, values + 4),
    });
    if (text !== null) return text;
  }
  return null;
}

interface Formatted {
  readonly pieces: Address;
  readonly pieceCount: number;
  readonly values: Address;
  readonly valueCount: number;
}

async function format(
  dump: DumpFacts,
  code: CodeFacts,
  { pieces, pieceCount, values, valueCount }: Formatted,
): Promise<string | null> {
  if (pieceCount === 0 || pieceCount > MOST_PIECES) return null;
  if (valueCount !== pieceCount && valueCount !== pieceCount - 1) return null;
  const list = await dump.read(0, pieces, pieceCount * 8);
  const given = valueCount === 0 ? new Uint8Array(0) : await dump.read(0, values, valueCount * 8);
  if (list === null || given === null) return null;
  let text = '';
  for (let index = 0; index < pieceCount; index += 1) {
    const piece = await stringAt(dump, 0, wordAt(list, index * 8), wordAt(list, index * 8 + 4));
    if (piece === null) return null;
    text += piece;
    if (index >= valueCount) continue;
    const value = await valueAt(dump, code, wordAt(given, index * 8), wordAt(given, index * 8 + 4));
    if (value === null) return null;
    text += value;
  }
  return text.trim() === '' ? null : text;
}

/** A value by the function that formats it, whose name says the type. `{}` stands where the type is another one. */
async function valueAt(
  dump: DumpFacts,
  code: CodeFacts,
  address: Address,
  formatter: number,
): Promise<string | null> {
  const entry = code.table(0, formatter);
  if (entry.kind === 'outside' || entry.kind === 'null' || formatter === 0) return null;
  const name = entry.kind === 'function' ? (code.functionName(entry.index) ?? '') : '';
  const type = typeFormatted(name);
  if (type === 'str') {
    const pair = await dump.read(0, address, 8);
    return pair === null ? null : stringAt(dump, 0, wordAt(pair, 0), wordAt(pair, 4));
  }
  if (type === null) return '{}';
  const bytes = await dump.read(0, address, type.bytes);
  if (bytes === null) return null;
  let value = 0n;
  for (let index = type.bytes - 1; index >= 0; index -= 1) value = (value << 8n) | BigInt(bytes[index] ?? 0);
  return String(type.signed ? BigInt.asIntN(type.bytes * 8, value) : value);
}

function typeFormatted(name: string): 'str' | { readonly bytes: number; readonly signed: boolean } | null {
  if (/(?:Display|Debug)(?:\$u20\$| )for(?:\$u20\$| )(?:&|\$RF\$)?str\b/.test(name)) return 'str';
  const number = /for(?:\$u20\$| )([iu])(8|16|32|64|128|size)\b/.exec(name);
  if (number === null) return null;
  const bytes = number[2] === 'size' ? 4 : Number(number[2]) / 8;
  return { bytes, signed: number[1] === 'i' };
}

/** What a `panic(message, location)` was called with, where the arguments are constants: a string, or a location alone. */
export async function constantMessage(
  dump: DumpFacts,
  values: readonly (number | null)[],
): Promise<FoundMessage | null> {
  let place: string | null = null;
  for (const value of values) place ??= value === null ? null : await locationAt(dump, value);
  for (const [index, value] of values.entries()) {
    const length = values[index + 1];
    if (value === null || length === null || length === undefined || length < 3) continue;
    const text = value < 64 ? null : await stringAt(dump, 0, value, length);
    if (text !== null && /[a-z]/i.test(text))
      return { text, place, evidence: `The call was given the text at ${hex(value)}.` };
  }
  return place === null ? null : { text: '', place, evidence: `The call was given the location ${place}.` };
}
