import type { Scalar } from './expression';

/** An integer as its bits: what an address or an index is. */
export function asUnsigned(scalar: { readonly type: 'i32' | 'i64'; readonly value: bigint }): bigint {
  return BigInt.asUintN(scalar.type === 'i32' ? 32 : 64, scalar.value);
}

type Integer = (left: bigint, right: bigint, width: number) => bigint | null;

const u = (value: bigint, width: number): bigint => BigInt.asUintN(width, value);
const flag = (holds: boolean): bigint => (holds ? 1n : 0n);
const shift = (value: bigint, width: number): bigint => u(value, width) % BigInt(width);

const BINARY: ReadonlyMap<string, Integer> = new Map<string, Integer>([
  ['add', (a, b) => a + b],
  ['sub', (a, b) => a - b],
  ['mul', (a, b) => a * b],
  ['and', (a, b) => a & b],
  ['or', (a, b) => a | b],
  ['xor', (a, b) => a ^ b],
  ['shl', (a, b, width) => a << shift(b, width)],
  ['shr_s', (a, b, width) => a >> shift(b, width)],
  ['shr_u', (a, b, width) => u(a, width) >> shift(b, width)],
  ['div_s', (a, b) => (b === 0n ? null : a / b)],
  ['div_u', (a, b, width) => (b === 0n ? null : u(a, width) / u(b, width))],
  ['rem_s', (a, b) => (b === 0n ? null : a % b)],
  ['rem_u', (a, b, width) => (b === 0n ? null : u(a, width) % u(b, width))],
]);

const COMPARE: ReadonlyMap<string, Integer> = new Map<string, Integer>([
  ['eq', (a, b) => flag(a === b)],
  ['ne', (a, b) => flag(a !== b)],
  ['lt_s', (a, b) => flag(a < b)],
  ['gt_s', (a, b) => flag(a > b)],
  ['le_s', (a, b) => flag(a <= b)],
  ['ge_s', (a, b) => flag(a >= b)],
  ['lt_u', (a, b, width) => flag(u(a, width) < u(b, width))],
  ['gt_u', (a, b, width) => flag(u(a, width) > u(b, width))],
  ['le_u', (a, b, width) => flag(u(a, width) <= u(b, width))],
  ['ge_u', (a, b, width) => flag(u(a, width) >= u(b, width))],
]);

/**
 * What an instruction makes of integers (core specification, 4.3.2); null for what is not worked out here: floats,
 * counting of bits, division by zero.
 * @param name for example `i32.add`.
 */
export function arithmetic(name: string, operands: readonly Scalar[]): Scalar | null {
  const [left, right] = operands;
  if (left === undefined || typeof left.value !== 'bigint') return null;
  const operator = name.slice(4);
  const type = name.startsWith('i32.') ? 'i32' : name.startsWith('i64.') ? 'i64' : null;
  if (type === null) return null;
  const width = type === 'i32' ? 32 : 64;
  if (right === undefined) return unary(operator, type, left.value);
  if (typeof right.value !== 'bigint') return null;
  const compared = COMPARE.get(operator)?.(left.value, right.value, width);
  if (compared !== undefined && compared !== null) return { type: 'i32', value: compared };
  const value = BINARY.get(operator)?.(left.value, right.value, width) ?? null;
  return value === null ? null : { type, value: BigInt.asIntN(width, value) };
}

function unary(operator: string, type: 'i32' | 'i64', value: bigint): Scalar | null {
  const width = type === 'i32' ? 32 : 64;
  if (operator === 'eqz') return { type: 'i32', value: flag(value === 0n) };
  if (operator === 'wrap_i64' || operator === 'extend_i32_s')
    return { type, value: BigInt.asIntN(width, value) };
  if (operator === 'extend_i32_u') return { type, value: u(value, 32) };
  const narrow = /^extend(8|16|32)_s$/.exec(operator);
  return narrow === null ? null : { type, value: BigInt.asIntN(Number(narrow[1]), value) };
}
