import { type Cursor, DecodeError } from '../bytes/cursor';
import { readHeapType } from './value-types';

/** What a constant expression (core specification, 3.4.12) says, as far as it can be known without running anything. */
export type Constant =
  | { readonly type: 'i32'; readonly value: number }
  | { readonly type: 'i64'; readonly value: bigint }
  | { readonly type: 'f32'; readonly bits: number }
  | { readonly type: 'f64'; readonly bits: bigint }
  /** 32 hexadecimal digits, lane 0 last. */
  | { readonly type: 'v128'; readonly bits: string }
  | { readonly type: 'null' }
  | { readonly type: 'func'; readonly index: number }
  /** Nothing but `end`: what WasmEdge 0.15 to 0.17 writes for every global. */
  | { readonly type: 'empty' }
  /** It decodes, but its value depends on what the file does not hold. */
  | { readonly type: 'unknown' };

const UNKNOWN: Constant = { type: 'unknown' };

/** What `global.get` of an earlier global gives; `unknown` where it is imported. */
export type GlobalLookup = (index: number) => Constant;

/**
 * Reads and evaluates a constant expression up to its `end`: constants, `global.get`, references, extended constants
 * (`i32/i64.add/sub/mul`) and, as unknown values, the constant instructions of the GC proposal.
 * @throws DecodeError at an instruction that is not constant: its length is not known, so neither is the end.
 */
export function readConstant(cursor: Cursor, globals: GlobalLookup): Constant {
  const stack: Constant[] = [];
  for (;;) {
    const start = cursor.offset;
    const opcode = cursor.u8('constant expression');
    if (opcode === 0x0b) {
      if (stack.length === 0) return { type: 'empty' };
      return stack.length === 1 ? (stack[0] ?? UNKNOWN) : UNKNOWN;
    }
    step(cursor, opcode, start, stack, globals);
  }
}

function step(cursor: Cursor, opcode: number, start: number, stack: Constant[], globals: GlobalLookup): void {
  switch (opcode) {
    case 0x41:
      stack.push({ type: 'i32', value: cursor.s32('i32.const') });
      return;
    case 0x42:
      stack.push({ type: 'i64', value: cursor.s64('i64.const') });
      return;
    case 0x43:
      stack.push({ type: 'f32', bits: cursor.u32le('f32.const') });
      return;
    case 0x44:
      stack.push({ type: 'f64', bits: cursor.u64le('f64.const') });
      return;
    case 0x23:
      stack.push(globals(cursor.u32('global.get index')));
      return;
    case 0xd0:
      readHeapType(cursor);
      stack.push({ type: 'null' });
      return;
    case 0xd2:
      stack.push({ type: 'func', index: cursor.u32('ref.func index') });
      return;
    case 0x6a:
    case 0x6b:
    case 0x6c:
      stack.push(arithmetic32(opcode, stack.pop(), stack.pop()));
      return;
    case 0x7c:
    case 0x7d:
    case 0x7e:
      stack.push(arithmetic64(opcode, stack.pop(), stack.pop()));
      return;
    case 0xfd:
      stack.push(readVector(cursor, start));
      return;
    case 0xfb:
      readAggregate(cursor, start, stack);
      return;
    default:
      throw new DecodeError(
        start,
        `opcode 0x${opcode.toString(16).padStart(2, '0')} in a constant expression, expected a constant or end`,
      );
  }
}

function arithmetic32(opcode: number, right: Constant | undefined, left: Constant | undefined): Constant {
  if (left?.type !== 'i32' || right?.type !== 'i32') return UNKNOWN;
  if (opcode === 0x6a) return { type: 'i32', value: (left.value + right.value) | 0 };
  if (opcode === 0x6b) return { type: 'i32', value: (left.value - right.value) | 0 };
  return { type: 'i32', value: Math.imul(left.value, right.value) };
}

function arithmetic64(opcode: number, right: Constant | undefined, left: Constant | undefined): Constant {
  if (left?.type !== 'i64' || right?.type !== 'i64') return UNKNOWN;
  if (opcode === 0x7c) return { type: 'i64', value: BigInt.asIntN(64, left.value + right.value) };
  if (opcode === 0x7d) return { type: 'i64', value: BigInt.asIntN(64, left.value - right.value) };
  return { type: 'i64', value: BigInt.asIntN(64, left.value * right.value) };
}

function readVector(cursor: Cursor, start: number): Constant {
  const instruction = cursor.u32('vector opcode');
  if (instruction !== 12) {
    throw new DecodeError(
      start,
      `vector opcode ${instruction} in a constant expression, expected 12 (v128.const)`,
    );
  }
  const lanes = cursor.take(16, 'v128.const');
  let bits = '';
  for (const byte of lanes) bits = byte.toString(16).padStart(2, '0') + bits;
  return { type: 'v128', bits };
}

/** `struct.new`, `array.new` and their like: the value is a reference, which no dump holds; only the length matters. */
function readAggregate(cursor: Cursor, start: number, stack: Constant[]): void {
  const instruction = cursor.u32('aggregate opcode');
  switch (instruction) {
    case 0: // struct.new: takes as many operands as the type has fields, which only the type section says.
      cursor.u32('type index');
      stack.length = 0;
      break;
    case 1: // struct.new_default
    case 7: // array.new_default
      cursor.u32('type index');
      stack.pop();
      break;
    case 6: // array.new
      cursor.u32('type index');
      stack.splice(-2);
      break;
    case 8: {
      // array.new_fixed
      cursor.u32('type index');
      const length = cursor.u32('array length');
      stack.length = Math.max(0, stack.length - length);
      break;
    }
    case 26: // any.convert_extern
    case 27: // extern.convert_any
    case 28: // ref.i31
      stack.pop();
      break;
    default:
      throw new DecodeError(start, `aggregate opcode ${instruction} in a constant expression is not known`);
  }
  stack.push(UNKNOWN);
}
