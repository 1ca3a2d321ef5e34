/** How the bytes of a scalar are read. `character` is C's `char`: a number that is mostly text. */
export type ScalarKind = 'signed' | 'unsigned' | 'float' | 'bool' | 'character';

/** A type without parts. `word`: as wide as an address of the memory. */
export interface BasicType {
  readonly name: string;
  readonly scalar: ScalarKind;
  readonly size: 1 | 2 | 4 | 8 | 'word';
}

const basic = (scalar: ScalarKind, size: BasicType['size'], ...names: string[]): BasicType[] =>
  names.map((name) => ({ name, scalar, size }));

/** Types of one word. C's own, which may take several (`unsigned long`), are put together by `cType`. */
export const BASIC_TYPES: ReadonlyMap<string, BasicType> = new Map(
  [
    ...basic('unsigned', 1, 'u8', 'uint8_t', 'byte'),
    ...basic('signed', 1, 'i8', 's8', 'int8_t'),
    ...basic('unsigned', 2, 'u16', 'uint16_t', 'char16_t'),
    ...basic('signed', 2, 'i16', 's16', 'int16_t'),
    ...basic('unsigned', 4, 'u32', 'uint32_t', 'char32_t'),
    ...basic('signed', 4, 'i32', 's32', 'int32_t', 'wchar_t'),
    ...basic('unsigned', 8, 'u64', 'uint64_t'),
    ...basic('signed', 8, 'i64', 's64', 'int64_t'),
    ...basic('float', 4, 'f32'),
    ...basic('float', 8, 'f64'),
    ...basic('unsigned', 'word', 'usize', 'size_t', 'uintptr_t'),
    ...basic('signed', 'word', 'isize', 'ssize_t', 'intptr_t', 'ptrdiff_t'),
  ].map((type) => [type.name, type]),
);

/** The words of which C puts its own types together. */
export const C_WORDS: ReadonlySet<string> = new Set([
  'char',
  'short',
  'int',
  'long',
  'float',
  'double',
  'signed',
  'unsigned',
  'bool',
  '_Bool',
]);

/**
 * The type that these words name in any order (C standard, 6.7.3.1), in the data model that clang uses for Wasm:
 * `int` 4 bytes, `long` as wide as an address, `long long` 8, plain `char` signed. null where they name none, or one that
 * is not read here (`long double`).
 */
export function cType(words: readonly string[]): BasicType | null {
  const name = words.join(' ');
  const count = (word: string) => words.filter((own) => own === word).length;
  const rest = words.filter((word) => word !== 'signed' && word !== 'unsigned' && word !== 'int');
  const signs = count('signed') + count('unsigned');
  if (signs > 1 || count('int') > 1) return null;
  const scalar = count('unsigned') === 1 ? 'unsigned' : 'signed';
  const [core] = rest;
  if (core === undefined) return { name, scalar, size: 4 };
  if (rest.length === 2) return core === 'long' && rest[1] === 'long' ? { name, scalar, size: 8 } : null;
  if (rest.length > 2) return null;
  if (core === 'short') return { name, scalar, size: 2 };
  if (core === 'long') return { name, scalar, size: 'word' };
  if (count('int') > 0) return null;
  if (core === 'char') return { name, scalar: signs === 0 ? 'character' : scalar, size: 1 };
  if (signs > 0) return null;
  if (core === 'float') return { name, scalar: 'float', size: 4 };
  if (core === 'double') return { name, scalar: 'float', size: 8 };
  return { name, scalar: 'bool', size: 1 };
}
