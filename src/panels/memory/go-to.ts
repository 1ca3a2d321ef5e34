import type { Address, Bytes } from '../../bytes/units';
import { grouped } from '../../ui/numbers';
import { address0x, addressDigits, byteCount, shortName } from './words';

/** What go-to can refer to. */
export interface GoToContext {
  readonly memory: number;
  readonly size: Bytes;
  /** Where `+0x20` and `-16` count from. */
  readonly cursor: Address;
  /** Globals with a name and an integer value, read as unsigned. */
  readonly globals: readonly { readonly name: string; readonly value: bigint }[];
  /** Data segments with a name. */
  readonly segments: readonly { readonly name: string; readonly address: Address; readonly length: Bytes }[];
  /** The value of `$sp`; null where no global is known to be the stack pointer. */
  readonly stackPointer: bigint | null;
}

/** What a text in the go-to box means. */
export type GoTo =
  | { readonly kind: 'empty' }
  | { readonly kind: 'place'; readonly address: Address; readonly length: Bytes }
  | { readonly kind: 'error'; readonly message: string };

type Term =
  | { readonly kind: 'value'; readonly value: bigint }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Reads `0x1f40`, `1f40h`, `8000`, `+0x20`, `-16`, `end-16`, `a..b` (both included), `a+len`, a global's name, `$sp`, and a data
 * segment's name: alone it is the whole segment, else where that begins.
 * The place lies inside the memory, else the message says by which numbers it does not.
 */
export function parseGoTo(text: string, context: GoToContext): GoTo {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const dots = trimmed.indexOf('..');
  if (dots >= 0) return range(trimmed.slice(0, dots), trimmed.slice(dots + 2), context);
  const relative = /^([+-])(.*)$/s.exec(trimmed);
  if (relative !== null) {
    const distance = term(relative[2] ?? '', context);
    if (distance.kind === 'error') return distance;
    const sign = relative[1] === '-' ? -1n : 1n;
    return place(BigInt(context.cursor) + sign * distance.value, 1n, context);
  }
  return sum(trimmed, context);
}

/** `a`, `a-n`: a place; `a+n`: n bytes from a. A global's name may hold signs itself, so the whole text is tried first. */
function sum(text: string, context: GoToContext): GoTo {
  const segment = segmentNamed(text, context);
  if (segment !== null)
    return segment.kind === 'error'
      ? segment
      : place(BigInt(segment.address), BigInt(segment.length), context);
  const whole = term(text, context);
  if (whole.kind === 'value') return place(whole.value, 1n, context);
  const parts = /^(.+?)\s*([+-])\s*([^+-]+)$/s.exec(text);
  if (parts === null) return whole;
  const base = term(parts[1] ?? '', context);
  if (base.kind === 'error') return base;
  const other = term(parts[3] ?? '', context);
  if (other.kind === 'error') return other;
  if (parts[2] === '-') return place(base.value - other.value, 1n, context);
  if (other.value === 0n) return error('0 bytes are no range.');
  return place(base.value, other.value, context);
}

function range(from: string, to: string, context: GoToContext): GoTo {
  const first = term(from, context);
  if (first.kind === 'error') return first;
  const last = term(to, context);
  if (last.kind === 'error') return last;
  if (last.value < first.value)
    return error(`${written(last.value)} lies before ${written(first.value)}: write the lower one first.`);
  return place(first.value, last.value - first.value + 1n, context);
}

function place(address: bigint, length: bigint, context: GoToContext): GoTo {
  const { size, memory } = context;
  if (address < 0n) return error(`${written(address)} lies before address 0.`);
  const ends = `memory ${memory} ends at ${grouped(size)}`;
  if (address >= BigInt(size)) return error(`${written(address)} out of bounds: ${ends}`);
  if (address + length > BigInt(size))
    return error(
      `${byteCount(Number(length))} from ${address0x(Number(address), addressDigits(size))} end at ${grouped(Number(address + length))}; ${ends}`,
    );
  return { kind: 'place', address: Number(address), length: Number(length) };
}

function term(text: string, context: GoToContext): Term {
  const word = text.trim();
  const number = parseNumber(word);
  if (number !== null) return { kind: 'value', value: number };
  if (/^end$/i.test(word)) return { kind: 'value', value: BigInt(context.size) };
  if (/^\$sp$/i.test(word))
    return context.stackPointer === null
      ? error('$sp is not known: no global is named __stack_pointer.')
      : { kind: 'value', value: context.stackPointer };
  return named(word, context);
}

function named(word: string, context: GoToContext): Term {
  const segment = segmentNamed(word, context);
  if (segment !== null)
    return segment.kind === 'error' ? segment : { kind: 'value', value: BigInt(segment.address) };
  const name = word.replace(/^\$/, '');
  const found = context.globals.filter((global) => global.name === word || global.name === name);
  const first = found[0];
  if (first === undefined) return error(unknown(word));
  const others = found.filter((global) => global.value !== first.value);
  if (others.length > 0)
    return error(
      `${grouped(found.length)} globals are named ${shortName(first.name)}, with different values.`,
    );
  return { kind: 'value', value: first.value };
}

/** The data segment of a name; null where none has it, and where a global has it too, which was there first. */
function segmentNamed(
  word: string,
  context: GoToContext,
):
  | { readonly kind: 'segment'; readonly address: Address; readonly length: Bytes }
  | ReturnType<typeof error>
  | null {
  const found = context.segments.filter(({ name }) => name === word);
  const first = found[0];
  if (first === undefined || context.globals.some(({ name }) => name === word)) return null;
  const { address, length } = first;
  if (found.some((other) => other.address !== address || other.length !== length))
    return error(`${grouped(found.length)} data segments are named ${shortName(word)}.`);
  return { kind: 'segment', address, length };
}

function unknown(word: string): string {
  if (word === '') return 'An address is missing beside the sign.';
  if (/^[0-9a-f]+$/i.test(word))
    return `${shortName(word)} is hex without a mark: write 0x${shortName(word)}.`;
  return `${shortName(word)} is no address and no name of a global or a data segment.`;
}

/**
 * A number, or null. Separators are taken out, so that a count copied from the page, `12,976,128`, is read.
 * Decimal digits that begin with 0 and are eight or more are hex: so the address column prints them, `00011130`, and so
 * they are copied from it. Nobody writes decimals in that form (go-to.test.ts, "an address copied from the grid").
 */
function parseNumber(word: string): bigint | null {
  const plain = word.replace(/(?<=[0-9a-f])[,_](?=[0-9a-f])/gi, '');
  // 20 digits hold 2^64; more are no address, and a text of a million digits would cost seconds.
  if (plain.length > 32) return null;
  if (/^0x[0-9a-f]+$/i.test(plain)) return BigInt(plain);
  if (/^[0-9a-f]+h$/i.test(plain)) return BigInt(`0x${plain.slice(0, -1)}`);
  if (/^0[0-9a-f]{7,}$/i.test(plain)) return BigInt(`0x${plain}`);
  return /^\d+$/.test(plain) ? BigInt(plain) : null;
}

function written(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16).padStart(8, '0')}`;
}

function error(message: string): { readonly kind: 'error'; readonly message: string } {
  return { kind: 'error', message };
}
