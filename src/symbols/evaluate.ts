import type { Address, Bytes } from '../bytes/units';
import type { Value } from '../coredump/model';
import { accessSize } from '../wasm/traps';
import type { Operand } from './operands';

/** What the dump holds of the frame whose operands are asked for; null: it does not. */
export interface FrameState {
  readonly local: (index: number) => Value | null;
  readonly global: (index: number) => Value | null;
  /** Bytes of a memory of the frame's module; null unless every one is known. */
  readonly read: (memory: number, address: Address, length: Bytes) => Promise<Uint8Array | null>;
}

/** The value of an operand when the frame stopped; null where the dump does not hold what it was made of. */
export async function evaluate(operand: Operand, state: FrameState): Promise<Value | null> {
  switch (operand.kind) {
    case 'constant':
      return operand.value;
    case 'local': {
      const captured = operand.kept ? state.local(operand.index) : null;
      if (captured !== null) return captured;
      const copied = operand.global === null ? null : state.global(operand.global);
      if (copied !== null) return copied;
      return operand.is === null ? null : evaluate(operand.is, state);
    }
    case 'global':
      return operand.kept ? state.global(operand.index) : null;
    case 'load':
      return operand.kept ? load(operand, state) : null;
    case 'operation': {
      const values: Value[] = [];
      for (const one of operand.operands) {
        const value = await evaluate(one, state);
        if (value === null) return null;
        values.push(value);
      }
      return operate(operand.name, values);
    }
    default:
      return null;
  }
}

/** An i32 or i64 as an address; null for others and above 2^53 - 1. */
export function unsigned(value: Value | null): number | null {
  if (value?.type === 'i32') return value.value >>> 0;
  if (value?.type !== 'i64') return null;
  const wide = BigInt.asUintN(64, value.value);
  return wide <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(wide) : null;
}

async function load(
  { name, memory, address, offset }: Extract<Operand, { kind: 'load' }>,
  state: FrameState,
): Promise<Value | null> {
  const base = unsigned(await evaluate(address, state));
  if (base === null || offset > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const at = base + Number(offset);
  if (!Number.isSafeInteger(at)) return null;
  const bytes = await state.read(memory, at, accessSize(name));
  return bytes === null ? null : loaded(name, bytes);
}

/** Bytes, little-endian, as a load instruction of that name reads them; null for vectors. */
export function loaded(name: string, bytes: Uint8Array): Value | null {
  const padded = new Uint8Array(8);
  padded.set(bytes.subarray(0, 8));
  const view = new DataView(padded.buffer);
  const wide = view.getBigUint64(0, true);
  const bits = 8 * accessSize(name);
  const integer = name.endsWith('_s') ? BigInt.asIntN(bits, wide) : BigInt.asUintN(bits, wide);
  switch (name.slice(0, 4)) {
    case 'i32.':
      return { type: 'i32', value: Number(BigInt.asIntN(32, integer)) };
    case 'i64.':
      return { type: 'i64', value: BigInt.asIntN(64, integer) };
    case 'f32.':
      return { type: 'f32', bits: view.getUint32(0, true) };
    case 'f64.':
      return { type: 'f64', bits: wide };
    default:
      return null;
  }
}

const BINARY: ReadonlyMap<string, (a: bigint, b: bigint, bits: bigint) => bigint> = new Map([
  ['add', (a, b) => a + b],
  ['sub', (a, b) => a - b],
  ['mul', (a, b) => a * b],
  ['and', (a, b) => a & b],
  ['or', (a, b) => a | b],
  ['xor', (a, b) => a ^ b],
  ['shl', (a, b, bits) => a << (b & (bits - 1n))],
  ['shr_s', (a, b, bits) => a >> (b & (bits - 1n))],
  ['shr_u', (a, b, bits) => BigInt.asUintN(Number(bits), a) >> (b & (bits - 1n))],
]);

/** The integer operations that addresses and divisors are made of; null for all others. */
function operate(name: string, values: readonly Value[]): Value | null {
  const [a, b] = values;
  const [type, operation = ''] = name.split('.');
  if (name === 'i32.wrap_i64' && a?.type === 'i64')
    return { type: 'i32', value: Number(BigInt.asIntN(32, a.value)) };
  if (name === 'i64.extend_i32_u' && a?.type === 'i32') return { type: 'i64', value: BigInt(a.value >>> 0) };
  if (name === 'i64.extend_i32_s' && a?.type === 'i32') return { type: 'i64', value: BigInt(a.value) };
  const work = BINARY.get(operation);
  if (work === undefined) return null;
  if (type === 'i32' && a?.type === 'i32' && b?.type === 'i32')
    return { type: 'i32', value: Number(BigInt.asIntN(32, work(BigInt(a.value), BigInt(b.value), 32n))) };
  if (type === 'i64' && a?.type === 'i64' && b?.type === 'i64')
    return { type: 'i64', value: BigInt.asIntN(64, work(a.value, b.value, 64n)) };
  return null;
}
