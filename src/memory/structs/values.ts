import type { Address, Bytes } from '../../bytes/units';
import type { RunState, StateRun } from '../../coredump/model';
import type { BitRange, ScalarType, Type } from './layout';

/** Bytes of a memory and what each of them is, as a read answers. */
export interface KnownBytes {
  readonly address: Address;
  readonly bytes: Uint8Array;
  readonly states: readonly StateRun[];
}

/** How many bytes of a value are in a state that holds no value. */
export interface Shortfall {
  readonly state: Exclude<RunState, 'captured' | 'zero-elided'>;
  readonly bytes: Bytes;
}

/** What stands in memory as a type. Integers of 8 bytes are `bigint`, floats are their bits. */
export type Value =
  | { readonly kind: 'integer'; readonly value: number | bigint; readonly size: Bytes }
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'bool'; readonly value: number }
  | { readonly kind: 'f32'; readonly bits: number }
  | { readonly kind: 'f64'; readonly bits: bigint }
  /** `target` null: past what addresses reach. */
  | { readonly kind: 'pointer'; readonly bits: bigint; readonly target: Address | null; readonly size: Bytes }
  /** Up to the first zero, or the whole array: `ended` tells which. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array; readonly ended: boolean }
  /** Records and arrays: their parts have values. */
  | { readonly kind: 'parts' }
  /** Not all of its bytes have a value, so it has none. Never a number. */
  | { readonly kind: 'unknown'; readonly shortfalls: readonly Shortfall[]; readonly size: Bytes };

/** Bytes of an array of characters that are read as its text. */
export const LONGEST_STRING: Bytes = 256;

/** How many bytes from its address on `readValue` needs. */
export function bytesNeeded(type: Type, bits: BitRange | null): Bytes {
  if (bits !== null) return Math.ceil((bits.shift + bits.width) / 8);
  if (type.kind === 'record') return 0;
  if (type.kind === 'array') return isText(type) ? Math.min(type.size, LONGEST_STRING) : 0;
  return type.size;
}

/** The value at `address`, out of bytes that cover what `bytesNeeded` says. */
export function readValue(window: KnownBytes, address: Address, type: Type, bits: BitRange | null): Value {
  const size = bytesNeeded(type, bits);
  if (size === 0) return { kind: 'parts' };
  const shortfalls = shortfallsOf(window, address, size);
  if (shortfalls.length > 0) return { kind: 'unknown', shortfalls, size };
  const bytes = valueBytes(window, address, size);
  if (type.kind === 'array') return textOf(bytes, type.size);
  if (type.kind === 'pointer') return pointerOf(unsigned(bytes), type.size);
  if (type.kind !== 'scalar') return { kind: 'parts' };
  return bits === null ? scalarOf(type, bytes) : bitFieldOf(type, unsigned(bytes), bits);
}

/** The states without a value in [address, address + size), with their bytes; empty where all is known. */
export function shortfallsOf(window: KnownBytes, address: Address, size: Bytes): readonly Shortfall[] {
  const counts = new Map<Shortfall['state'], Bytes>();
  const add = (state: Shortfall['state'], bytes: Bytes) =>
    counts.set(state, (counts.get(state) ?? 0) + bytes);
  let covered = 0;
  for (const run of window.states) {
    const bytes = Math.min(run.end, address + size) - Math.max(run.start, address);
    if (bytes <= 0) continue;
    covered += bytes;
    if (run.state !== 'captured' && run.state !== 'zero-elided') add(run.state, bytes);
  }
  // What the read did not cover is no zero either.
  if (covered < size) add('out-of-bounds', size - covered);
  return Array.from(counts, ([state, bytes]) => ({ state, bytes }));
}

/** A copy in which known zeros are zero, whatever the window holds there. */
function valueBytes(window: KnownBytes, address: Address, size: Bytes): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const run of window.states) {
    if (run.state !== 'captured') continue;
    const from = Math.max(run.start, address);
    const to = Math.min(run.end, address + size);
    if (from < to)
      bytes.set(window.bytes.subarray(from - window.address, to - window.address), from - address);
  }
  return bytes;
}

function unsigned(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function integer(value: bigint, size: Bytes): Value {
  return { kind: 'integer', value: size === 8 ? value : Number(value), size };
}

function scalarOf({ scalar, size }: ScalarType, bytes: Uint8Array): Value {
  const raw = unsigned(bytes);
  switch (scalar) {
    case 'float':
      return size === 4 ? { kind: 'f32', bits: Number(raw) } : { kind: 'f64', bits: raw };
    case 'bool':
      return { kind: 'bool', value: Number(raw) };
    case 'character':
      return { kind: 'character', code: Number(raw) };
    case 'signed':
      return integer(BigInt.asIntN(size * 8, raw), size);
    case 'unsigned':
      return integer(raw, size);
  }
}

/** Plain `int` and `char` bit-fields are signed, as clang and gcc have them for these targets. */
function bitFieldOf({ scalar, size }: ScalarType, raw: bigint, { shift, width }: BitRange): Value {
  const own = BigInt.asUintN(width, raw >> BigInt(shift));
  if (scalar === 'bool') return { kind: 'bool', value: Number(own) };
  return integer(scalar === 'unsigned' ? own : BigInt.asIntN(width, own), size);
}

function pointerOf(bits: bigint, size: Bytes): Value {
  const target = bits <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bits) : null;
  return { kind: 'pointer', bits, target, size };
}

function textOf(bytes: Uint8Array, size: Bytes): Value {
  const end = bytes.indexOf(0);
  const ended = end !== -1 || size <= bytes.length;
  return { kind: 'text', bytes: end === -1 ? bytes : bytes.subarray(0, end), ended };
}

/** Arrays of `char` are read as text; arrays of `u8` are numbers. */
export function isText(type: Type): boolean {
  return type.kind === 'array' && type.of.kind === 'scalar' && type.of.scalar === 'character';
}
