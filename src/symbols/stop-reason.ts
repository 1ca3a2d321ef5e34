import type { Bytes } from '../bytes/units';
import { floatOf } from '../coredump/floats';
import type { Value } from '../coredump/model';
import { type BodyIndex, callKind, type Instruction } from '../wasm/body';
import { stackEffect } from '../wasm/stack-effect';
import { type Trap, type TrapCondition, trapsOf } from '../wasm/traps';
import { evaluate, type FrameState, unsigned } from './evaluate';
import { functionText, type OperandNames, operandText } from './operand-text';
import { type CallTypes, type Operand, operandsOf } from './operands';

/** What is known of the frame that stopped at an instruction. */
export interface StopContext extends CallTypes, FrameState, OperandNames {
  readonly isImport: (index: number) => boolean;
  /** Of a memory of the module; null where the dump does not say. */
  readonly memorySize: (memory: number) => Bytes | null;
}

/** Why a frame stands where it stands. */
export type StopReason =
  /** The instruction traps: each way in which it can, and whether the dump says that it did. */
  | { readonly kind: 'trap'; readonly ways: readonly TrapWay[] }
  /** It called something that has not returned; in the youngest frame an import, where the host gave up. */
  | { readonly kind: 'call'; readonly sentence: string }
  /** It does not trap by itself; the sentence says what stops a program there. */
  | { readonly kind: 'other'; readonly sentence: string };

export interface TrapWay {
  /** `integer divide by zero`. */
  readonly trap: string;
  /** What it takes, by the operands: `the divisor, local 1 ($by), is 0`; empty where nothing has to be so. */
  readonly when: string;
  /** By what the dump holds; null: it does not hold the operands. */
  readonly holds: boolean | null;
}

/** The trap in one line: `integer divide by zero: the divisor, local 1 ($by), is 0`. What does not hold is left out. */
export function stopSentence(reason: StopReason): string {
  if (reason.kind !== 'trap') return reason.sentence;
  const ways = likely(reason.ways);
  if (ways.length === 0) {
    // The rewriter's own check of addresses fires below the memory's end (fixture rewriter/fault-022).
    const claims = reason.ways.map(({ when }) => when).join(', nor that ');
    return `by what the dump holds this did not trap: it is not so that ${claims}`;
  }
  // Only one way is left, and it did trap.
  const word = ways[0]?.holds === true ? ':' : ways.length === 1 ? ', so' : ' if';
  return ways.map(({ trap, when }) => `${trap}${when === '' ? '' : `${word} ${when}`}`).join('; ');
}

/** What to call the trap: `integer divide by zero or integer overflow`; empty where the instruction does not trap. */
export function stopName(reason: StopReason): string {
  return reason.kind === 'trap' ? [...new Set(likely(reason.ways).map(({ trap }) => trap))].join(' or ') : '';
}

/** The one way that holds, or those that the dump does not rule out. */
function likely(ways: readonly TrapWay[]): readonly TrapWay[] {
  const certain = ways.find(({ holds }) => holds === true);
  return certain === undefined ? ways.filter(({ holds }) => holds === null) : [certain];
}

/** Why the youngest frame of a thread stopped at instruction `row` of its function. */
export async function stopReason(
  body: Uint8Array,
  index: BodyIndex,
  row: number,
  instruction: Instruction,
  context: StopContext,
): Promise<StopReason> {
  const traps = trapsOf(instruction.opcode);
  if (traps.length === 0) return otherReason(instruction, context);
  const count = operandCount(instruction, traps);
  const operands = operandsOf(body, index, row, count, context);
  const ways: TrapWay[] = [];
  for (const trap of traps) ways.push(await trapWay(trap, instruction, operands, context));
  return { kind: 'trap', ways };
}

/** What a frame that called another stands at. */
export function callReason(instruction: Instruction, context: OperandNames): StopReason {
  const [first] = instruction.immediates;
  const kind = callKind(instruction.opcode);
  if (kind === null)
    return { kind: 'other', sentence: `${instruction.name} is no call: the offset or the module is another` };
  if (kind !== 'call') return { kind: 'call', sentence: 'called from here' };
  const callee = first?.kind === 'index' ? first.index : 0;
  return { kind: 'call', sentence: `called ${functionText(callee, context)} from here` };
}

function otherReason(instruction: Instruction, context: StopContext): StopReason {
  const { name, immediates, opcode } = instruction;
  const [first] = immediates;
  if (callKind(opcode) === 'call' && first?.kind === 'index') {
    const callee = functionText(first.index, context);
    const sentence = context.isImport(first.index)
      ? `in a call of the import ${callee}: the host stopped there`
      : `in a call of ${callee}, which has no frame: stack overflow, or the call never began`;
    return { kind: 'call', sentence };
  }
  if (name === 'loop')
    return {
      kind: 'other',
      sentence: 'at a loop: fuel ran out or the epoch ended, if nothing else stopped it',
    };
  if (name === 'if' || name === 'br_if')
    return { kind: 'other', sentence: `${name} into unreachable: Wasmtime makes one trap of the two` };
  return { kind: 'other', sentence: `${name} cannot trap: the host stopped it, or the offset is another` };
}

/** All operands; of a call through a table or a reference the last alone, which is what it can trap for. */
function operandCount(instruction: Instruction, traps: readonly Trap[]): number {
  const effect = stackEffect(instruction);
  if (effect !== null) return effect.pops;
  const indices = traps.flatMap(({ when }) => operandIndices(when));
  if (indices.includes(-1)) return 1;
  // Of vector and atomic accesses only the address, which is not the last: it cannot be told how many stand above it.
  return 0;
}

function operandIndices(when: TrapCondition): readonly number[] {
  return Object.entries(when).flatMap(([key, value]) =>
    typeof value === 'number' && key !== 'bytes' ? [value] : [],
  );
}

async function trapWay(
  { name, when }: Trap,
  instruction: Instruction,
  operands: readonly Operand[],
  context: StopContext,
): Promise<TrapWay> {
  const at = (index: number): Operand =>
    operands[index < 0 ? operands.length + index : index] ?? { kind: 'unknown' };
  const value = (index: number) => evaluate(at(index), context);
  const words = (role: string, index: number): string => {
    const text = operandText(at(index), context);
    return text === null ? role : `${role}, ${text},`;
  };
  const way = (text: string, holds: boolean | null): TrapWay => ({ trap: name, when: text, holds });
  switch (when.kind) {
    case 'always':
      return way('', true);
    case 'zero': {
      const divisor = await value(when.operand);
      return way(
        `${words('the divisor', when.operand)} is 0`,
        divisor === null ? null : isInteger(divisor, 0n),
      );
    }
    case 'overflow': {
      const bits = instruction.name.startsWith('i32') ? 32 : 64;
      const least = -(2n ** BigInt(bits - 1));
      const divisor = await value(when.divisor);
      const dividend = await value(when.dividend);
      const both = both3(
        dividend === null ? null : isInteger(dividend, least),
        divisor === null ? null : isInteger(divisor, -1n),
      );
      const text = `${words('the dividend', when.dividend)} is ${least.toLocaleString('en-US')} and ${words('the divisor', when.divisor)} is -1`;
      return way(text, both);
    }
    case 'memory':
      return memoryWay(
        name,
        when,
        instruction,
        await value(when.operand),
        operandText(at(when.operand), context) ?? 'the address',
        context,
      );
    case 'nan': {
      const float = await value(when.operand);
      const holds = float === null ? null : Number.isNaN(numberOf(float));
      return way(`${words('the float', when.operand)} is NaN`, holds);
    }
    case 'range': {
      const float = await value(when.operand);
      const [type, sign] = when.to.split('_');
      const text = `${words('the float', when.operand)} is outside ${sign === 'u' ? 'unsigned' : 'signed'} ${type}`;
      return way(text, float === null ? null : outside(float, type ?? 'i32', sign === 's'));
    }
    case 'alignment': {
      return way(
        `${words('the address', when.operand)} plus the offset is no multiple of ${when.bytes}`,
        null,
      );
    }
    case 'extent':
      return way(`the range reaches past the end of the ${when.of}`, null);
    case 'index':
      return way(`${words('the index', when.operand)} is past the end of the ${when.of}`, null);
    case 'null':
      return way(`${words('the reference', when.operand)} is null`, null);
    case 'null entry':
      return way(`the table's entry at ${words('the index', when.operand)} is null`, null);
    case 'signature':
      return way('the function has another type', null);
    case 'cast':
      return way(`${words('the reference', when.operand)} is of another type`, null);
    case 'state':
      return way(when.text, null);
  }
}

/** Both hold; false as soon as one does not. */
function both3(a: boolean | null, b: boolean | null): boolean | null {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function memoryWay(
  trap: string,
  { bytes }: Extract<TrapCondition, { kind: 'memory' }>,
  { immediates }: Instruction,
  address: Value | null,
  words: string,
  context: StopContext,
): TrapWay {
  const memarg = immediates.find((immediate) => immediate.kind === 'memarg');
  const memory = memarg?.memory ?? 0;
  const size = context.memorySize(memory);
  const offset = memarg?.offset ?? 0n;
  const base = unsigned(address);
  const end = size === null ? 'the end of the memory' : `the memory's end at ${size.toLocaleString('en-US')}`;
  const plus = offset === 0n ? '' : ` plus ${offset}`;
  const reach = bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (base === null || size === null)
    return {
      trap,
      when: `${reach} at ${words}${plus} reach past ${end}`,
      holds: null,
    };
  const first = BigInt(base) + offset;
  const holds = first + BigInt(bytes) > BigInt(size);
  return { trap, when: `${reach} at 0x${first.toString(16).padStart(8, '0')} reach past ${end}`, holds };
}

function isInteger(value: Value, wanted: bigint): boolean {
  return (value.type === 'i32' || value.type === 'i64') && BigInt(value.value) === wanted;
}

function outside(value: Value, type: string, signed: boolean): boolean {
  const float = numberOf(value);
  if (Number.isNaN(float)) return false;
  const bits = type === 'i32' ? 32 : 64;
  const truncated = Math.trunc(float);
  return signed
    ? truncated < -(2 ** (bits - 1)) || truncated >= 2 ** (bits - 1)
    : truncated < 0 || truncated >= 2 ** bits;
}

/** NaN for what is no float: validation keeps such code from running. */
function numberOf(value: Value): number {
  return value.type === 'f32' || value.type === 'f64' ? floatOf(value) : Number.NaN;
}
