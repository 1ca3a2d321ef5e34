import { type Cursor, DecodeError } from '../bytes/cursor';

/** Abstract heap types by their byte (core specification, 5.3.3; stack switching for `cont`). */
const HEAP_TYPES: ReadonlyMap<number, string> = new Map([
  [0x75, 'nocont'],
  [0x74, 'noexn'],
  [0x73, 'nofunc'],
  [0x72, 'noextern'],
  [0x71, 'none'],
  [0x70, 'func'],
  [0x6f, 'extern'],
  [0x6e, 'any'],
  [0x6d, 'eq'],
  [0x6c, 'i31'],
  [0x6b, 'struct'],
  [0x6a, 'array'],
  [0x69, 'exn'],
  [0x68, 'cont'],
]);

/** The short name of a nullable reference to each of them, as the text format writes it. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['nocont', 'nullcontref'],
  ['noexn', 'nullexnref'],
  ['nofunc', 'nullfuncref'],
  ['noextern', 'nullexternref'],
  ['none', 'nullref'],
  ['func', 'funcref'],
  ['extern', 'externref'],
  ['any', 'anyref'],
  ['eq', 'eqref'],
  ['i31', 'i31ref'],
  ['struct', 'structref'],
  ['array', 'arrayref'],
  ['exn', 'exnref'],
  ['cont', 'contref'],
]);

const NUMBER_TYPES: ReadonlyMap<number, string> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
]);

const inverse = (map: ReadonlyMap<number, string>): ReadonlyMap<string, number> =>
  new Map([...map].map(([byte, name]) => [name, byte]));

const HEAP_BYTES = inverse(HEAP_TYPES);
const NUMBER_BYTES = inverse(NUMBER_TYPES);
const HEAP_OF_SHORT: ReadonlyMap<string, string> = new Map(
  [...SHORT_NAMES].map(([heap, short]) => [short, heap]),
);

/** The byte of an abstract heap type; null for anything else. */
export function heapTypeByte(heap: string): number | null {
  return HEAP_BYTES.get(heap) ?? null;
}

/** The heap type behind a short name: `func` for `funcref`. */
export function shortHeapType(type: string): string | null {
  return HEAP_OF_SHORT.get(type) ?? null;
}

/** The byte of a type that is written as one: a number type, or a short name of a reference. */
export function valueTypeByte(type: string): number | null {
  const heap = shortHeapType(type);
  return heap === null ? (NUMBER_BYTES.get(type) ?? null) : heapTypeByte(heap);
}

/** Whether a type as `readValueType` names it is a reference. */
export function isReference(type: string): boolean {
  return type.startsWith('(ref') || type.endsWith('ref');
}

/** Reads a heap type (core specification, 5.3.3): an abstract one by name, or a type index. */
export function readHeapType(cursor: Cursor): string {
  const start = cursor.offset;
  const value = cursor.s33('heap type');
  if (value >= 0) return String(value);
  const name = HEAP_TYPES.get(value & 0x7f);
  if (value < -64 || name === undefined) {
    throw new DecodeError(start, `heap type 0x${(value & 0x7f).toString(16)} is not known`);
  }
  return name;
}

/**
 * Reads a value type (core specification, 5.3.4), named as in the text format, with the short name where there is one:
 * `i32`, `funcref`, `(ref null 3)`, `(ref extern)`.
 */
export function readValueType(cursor: Cursor): string {
  const start = cursor.offset;
  const byte = cursor.u8('value type');
  const number = NUMBER_TYPES.get(byte);
  if (number !== undefined) return number;
  const heap = HEAP_TYPES.get(byte);
  if (heap !== undefined) return SHORT_NAMES.get(heap) ?? heap;
  if (byte === 0x63 || byte === 0x64) {
    const target = readHeapType(cursor);
    if (byte === 0x64) return `(ref ${target})`;
    return SHORT_NAMES.get(target) ?? `(ref null ${target})`;
  }
  throw new DecodeError(start, `value type 0x${byte.toString(16).padStart(2, '0')} is not known`);
}
