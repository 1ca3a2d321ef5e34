import { Cursor, DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { type Opcode, type OpcodeInfo, opcodesOf, PREFIXES } from './opcodes';
import { readHeapType, readValueType } from './value-types';

/** What an index counts in. */
export type IndexSpace =
  | 'function'
  | 'type'
  | 'table'
  | 'memory'
  | 'global'
  | 'local'
  | 'tag'
  | 'element'
  | 'data'
  | 'field';

/** A clause of `try_table` (core specification, 5.4.1). */
export interface CatchClause {
  readonly kind: 'catch' | 'catch_ref' | 'catch_all' | 'catch_all_ref';
  /** Null in the two that catch all. */
  readonly tag: number | null;
  readonly label: number;
}

/** A handler of `resume` (stack-switching proposal): `label` null where the handler switches. */
export interface Handler {
  readonly tag: number;
  readonly label: number | null;
}

export type Immediate =
  /** `type`: a value type by its name, a type index, or null where the block neither takes nor leaves anything. */
  | { readonly kind: 'block'; readonly type: string | number | null }
  | { readonly kind: 'label'; readonly depth: number }
  /** Of `br_table`: the default stands last. */
  | { readonly kind: 'labels'; readonly depths: Uint32Array }
  | { readonly kind: 'index'; readonly space: IndexSpace; readonly index: number }
  | { readonly kind: 'count'; readonly count: number }
  /** `align` is the exponent of two. */
  | { readonly kind: 'memarg'; readonly align: number; readonly offset: bigint; readonly memory: number }
  | { readonly kind: 'i32'; readonly value: number }
  | { readonly kind: 'i64'; readonly value: bigint }
  /** Floats by their bits: a NaN keeps its payload. */
  | { readonly kind: 'f32'; readonly bits: number }
  | { readonly kind: 'f64'; readonly bits: bigint }
  | { readonly kind: 'v128'; readonly bytes: Uint8Array }
  | { readonly kind: 'lane'; readonly lane: number }
  | { readonly kind: 'lanes'; readonly lanes: Uint8Array }
  /** The heap type of `ref.null`. */
  | { readonly kind: 'heap'; readonly heap: string }
  | { readonly kind: 'reference'; readonly nullable: boolean; readonly heap: string }
  | { readonly kind: 'types'; readonly types: readonly string[] }
  | { readonly kind: 'catches'; readonly clauses: readonly CatchClause[] }
  | { readonly kind: 'handlers'; readonly handlers: readonly Handler[] };

export interface Instruction {
  /** From the body's start, local declarations included. */
  readonly offset: Bytes;
  readonly length: Bytes;
  readonly opcode: Opcode;
  readonly name: string;
  readonly immediates: readonly Immediate[];
}

const SPACES: ReadonlyMap<string, IndexSpace> = new Map([
  ['f', 'function'],
  ['t', 'type'],
  ['T', 'table'],
  ['M', 'memory'],
  ['g', 'global'],
  ['v', 'local'],
  ['x', 'tag'],
  ['e', 'element'],
  ['d', 'data'],
  ['F', 'field'],
]);

const CATCHES = ['catch', 'catch_ref', 'catch_all', 'catch_all_ref'] as const;

/**
 * Decodes the instruction at `offset` of a body (core specification, 5.4). Offsets, also of errors, count from the body's
 * start.
 * @throws DecodeError where no known instruction stands, or where it is cut off.
 */
export function decodeInstruction(body: Uint8Array, offset: Bytes): Instruction {
  const cursor = new Cursor(body, 0);
  cursor.seek(offset);
  const { opcode, info } = readOpcode(cursor);
  const immediates: Immediate[] = [];
  for (const letter of info.shape) readImmediate(cursor, letter, immediates);
  return { offset, length: cursor.offset - offset, opcode, name: info.name, immediates };
}

function readOpcode(cursor: Cursor): { readonly opcode: Opcode; readonly info: OpcodeInfo } {
  const start = cursor.offset;
  const byte = cursor.u8('opcode');
  const prefixed = PREFIXES.has(byte);
  const sub = prefixed ? cursor.u32(`opcode after the prefix ${hex(byte)}`) : byte;
  const info = opcodesOf(prefixed ? byte : 0)[sub];
  if (info === undefined) throw new DecodeError(start, unknownOpcode(byte, prefixed ? sub : null));
  return { opcode: prefixed ? byte * 0x10000 + sub : byte, info };
}

function unknownOpcode(byte: number, sub: number | null): string {
  return `opcode ${hex(byte)}${sub === null ? '' : ` ${hex(sub)}`} is not known`;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}

function readImmediate(cursor: Cursor, letter: string, into: Immediate[]): void {
  const space = SPACES.get(letter);
  if (space !== undefined) {
    into.push({ kind: 'index', space, index: cursor.u32(`${space} index`) });
    return;
  }
  switch (letter) {
    case 'b':
      into.push({ kind: 'block', type: readBlockType(cursor) });
      return;
    case 'l':
      into.push({ kind: 'label', depth: cursor.u32('label') });
      return;
    case 'L':
      into.push({ kind: 'labels', depths: readLabels(cursor) });
      return;
    case 'N':
      into.push({ kind: 'count', count: cursor.u32('count') });
      return;
    case 'm':
      into.push(readMemoryArgument(cursor));
      return;
    case 'i':
      into.push({ kind: 'i32', value: cursor.s32('i32 constant') });
      return;
    case 'I':
      into.push({ kind: 'i64', value: cursor.s64('i64 constant') });
      return;
    case 's':
      into.push({ kind: 'f32', bits: cursor.u32le('f32 constant') });
      return;
    case 'D':
      into.push({ kind: 'f64', bits: cursor.u64le('f64 constant') });
      return;
    case 'V':
      into.push({ kind: 'v128', bytes: cursor.take(16, 'v128 constant').slice() });
      return;
    case 'k':
      into.push({ kind: 'lane', lane: cursor.u8('lane') });
      return;
    case 'K':
      into.push({ kind: 'lanes', lanes: cursor.take(16, 'lanes').slice() });
      return;
    case 'y':
      into.push({ kind: 'heap', heap: readHeapType(cursor) });
      return;
    case 'h':
    case 'n':
      into.push({ kind: 'reference', nullable: letter === 'n', heap: readHeapType(cursor) });
      return;
    case 'S':
      into.push({ kind: 'types', types: readMany(cursor, 'value type', 1, () => readValueType(cursor)) });
      return;
    case 'c':
      into.push({ kind: 'catches', clauses: readMany(cursor, 'catch clause', 2, () => readCatch(cursor)) });
      return;
    case 'C':
      readBranchOnCast(cursor, into);
      return;
    case 'H':
      into.push({ kind: 'handlers', handlers: readMany(cursor, 'handler', 2, () => readHandler(cursor)) });
      return;
    case 'z':
      readZero(cursor);
      return;
    default:
      throw new RangeError(`no immediate has the letter ${letter}`);
  }
}

/** Block types (core specification, 5.4.1): 0x40, a value type, or a type index as a signed LEB128 of 33 bits. */
function readBlockType(cursor: Cursor): string | number | null {
  const byte = cursor.peek();
  if (byte === 0x40) {
    cursor.u8('block type');
    return null;
  }
  // A value type reads as a negative number of one byte, a type index never does.
  if (byte !== null && byte < 0x80 && (byte & 0x40) !== 0) return readValueType(cursor);
  const start = cursor.offset;
  const index = cursor.s33('block type');
  if (index < 0) throw new DecodeError(start, `block type ${index} is not known`);
  return index;
}

function readLabels(cursor: Cursor): Uint32Array {
  const count = cursor.count('label', 1);
  const depths = new Uint32Array(count + 1);
  for (let index = 0; index <= count; index += 1) depths[index] = cursor.u32('label');
  return depths;
}

/** Memory arguments (core specification, 5.4.6): bit 6 of the alignment says that a memory's index follows. */
function readMemoryArgument(cursor: Cursor): Immediate {
  const start = cursor.offset;
  const flags = cursor.u32('alignment');
  if (flags >= 0x80) throw new DecodeError(start, badAlignment(flags));
  const memory = (flags & 0x40) === 0 ? 0 : cursor.u32('memory index');
  return { kind: 'memarg', align: flags & 0x3f, memory, offset: cursor.u64('offset') };
}

function badAlignment(flags: number): string {
  return `alignment ${hex(flags)}, expected below 0x80`;
}

function readBranchOnCast(cursor: Cursor, into: Immediate[]): void {
  const start = cursor.offset;
  const flags = cursor.u8('cast flags');
  if (flags > 3) throw new DecodeError(start, `cast flags ${hex(flags)}, expected 0x00 to 0x03`);
  into.push({ kind: 'label', depth: cursor.u32('label') });
  into.push({ kind: 'reference', nullable: (flags & 1) !== 0, heap: readHeapType(cursor) });
  into.push({ kind: 'reference', nullable: (flags & 2) !== 0, heap: readHeapType(cursor) });
}

function readCatch(cursor: Cursor): CatchClause {
  const start = cursor.offset;
  const byte = cursor.u8('catch clause');
  const kind = CATCHES[byte];
  if (kind === undefined) throw new DecodeError(start, `catch clause ${hex(byte)} is not known`);
  const tag = byte < 2 ? cursor.u32('tag index') : null;
  return { kind, tag, label: cursor.u32('label') };
}

function readHandler(cursor: Cursor): Handler {
  const start = cursor.offset;
  const byte = cursor.u8('handler');
  if (byte > 1) throw new DecodeError(start, `handler ${hex(byte)} is not known`);
  const tag = cursor.u32('tag index');
  return { tag, label: byte === 0 ? cursor.u32('label') : null };
}

function readZero(cursor: Cursor): void {
  const start = cursor.offset;
  const byte = cursor.u8('zero byte');
  if (byte !== 0) throw new DecodeError(start, `${hex(byte)}, expected a zero byte`);
}

function readMany<T>(cursor: Cursor, field: string, least: Bytes, item: () => T): readonly T[] {
  return Array.from({ length: cursor.count(field, least) }, item);
}
