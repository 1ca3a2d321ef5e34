import { callKind, type Instruction } from '../wasm/body';
import { type Trap, type TrapCondition, trapsOf } from '../wasm/traps';
import type { Question } from './cause/question';
import { type Held, holds, targetOf } from './cause/trap';
import { type DumpFacts, hex, type Site } from './cause/types';
import { functionText, type OperandNames, operandText } from './operand-text';

/** What is known of the frame that stopped at an instruction. */
export interface StopContext extends OperandNames {
  readonly isImport: (index: number) => boolean;
  /** What its operands can be asked of; null: its place or its body is not sure. */
  readonly asked: { readonly question: Question; readonly site: Site; readonly dump: DumpFacts } | null;
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
  /** By what the dump holds. `probably`: it held so, and something may have changed it since it was read. */
  readonly holds: 'yes' | 'probably' | 'no' | 'unknown';
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
  const [first] = ways;
  const held = first?.holds === 'yes' || first?.holds === 'probably';
  // Only one way is left, and it did trap.
  const word = held ? ':' : ways.length === 1 ? ', so' : ' if';
  const told = ways.map(({ trap, when }) => `${trap}${when === '' ? '' : `${word} ${when}`}`).join('; ');
  return first?.holds === 'probably' ? `probably ${told}` : told;
}

/** What to call the trap: `integer divide by zero or integer overflow`; empty where the instruction does not trap. */
export function stopName(reason: StopReason): string {
  return reason.kind === 'trap' ? [...new Set(likely(reason.ways).map(({ trap }) => trap))].join(' or ') : '';
}

/** The one way that holds, or those that the dump does not rule out. */
function likely(ways: readonly TrapWay[]): readonly TrapWay[] {
  const held = ways.find(({ holds }) => holds === 'yes' || holds === 'probably');
  return held === undefined ? ways.filter((way) => way.holds === 'unknown') : [held];
}

/** Why the youngest frame of a thread stopped at an instruction of its function. */
export async function stopReason(instruction: Instruction, context: StopContext): Promise<StopReason> {
  const traps = trapsOf(instruction.opcode);
  if (traps.length === 0) return otherReason(instruction, context);
  const ways: TrapWay[] = [];
  for (const trap of traps) ways.push(await trapWay(trap, instruction, context));
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

/** Words and judgement of one way to trap; the judgement is that of the thread's cause. */
async function trapWay(trap: Trap, instruction: Instruction, context: StopContext): Promise<TrapWay> {
  const { asked } = context;
  const { name, when } = trap;
  if (when.kind === 'always') return { trap: name, when: '', holds: 'yes' };
  const held = asked === null ? 'unknown' : await holds(trap, asked.question, asked.dump, asked.site);
  return { trap: name, when: await wayText(when, instruction, context), holds: judged(held) };
}

function judged(held: Held): TrapWay['holds'] {
  if (held === 'unknown' || held === 'no') return held;
  return held.certainty === 'probably' ? 'probably' : 'yes';
}

async function wayText(when: TrapCondition, instruction: Instruction, context: StopContext): Promise<string> {
  const words = (role: string, index: number): string => {
    const text = textOf(index, context);
    return text === null ? role : `${role}, ${text},`;
  };
  switch (when.kind) {
    case 'always':
      return '';
    case 'zero':
      return `${words('the divisor', when.operand)} is 0`;
    case 'overflow': {
      const least = -(2n ** (instruction.name.startsWith('i32') ? 31n : 63n));
      return `${words('the dividend', when.dividend)} is ${least.toLocaleString('en-US')} and ${words('the divisor', when.divisor)} is -1`;
    }
    case 'memory':
      return memoryText(when, instruction, context);
    case 'nan':
      return `${words('the float', when.operand)} is NaN`;
    case 'range': {
      const [type, sign] = when.to.split('_');
      return `${words('the float', when.operand)} is outside ${sign === 'u' ? 'unsigned' : 'signed'} ${type}`;
    }
    case 'alignment':
      return `${words('the address', when.operand)} plus the offset is no multiple of ${when.bytes}`;
    case 'extent':
      return `the range reaches past the end of the ${when.of}`;
    case 'index':
      return `${words('the index', when.operand)} is past the end of the ${when.of}`;
    case 'null':
      return `${words('the reference', when.operand)} is null`;
    case 'null entry':
      return `the table's entry at ${words('the index', when.operand)} is null`;
    case 'signature':
      return 'the function has another type';
    case 'cast':
      return `${words('the reference', when.operand)} is of another type`;
    case 'state':
      return when.text;
  }
}

/** An operand in words; null where it is not known which one it is, or what. */
function textOf(index: number, { asked, name }: StopContext): string | null {
  const operand = asked?.question.operands.at(index);
  return operand === undefined ? null : operandText(operand, { name });
}

async function memoryText(
  { bytes, operand }: Extract<TrapCondition, { kind: 'memory' }>,
  { immediates }: Instruction,
  context: StopContext,
): Promise<string> {
  const { asked } = context;
  const memarg = immediates.find((immediate) => immediate.kind === 'memarg');
  const offset = memarg?.offset ?? 0n;
  const size = asked?.dump.memorySize(memarg?.memory ?? 0) ?? null;
  const target = asked === null ? null : await targetOf(asked.question, operand);
  const end = size === null ? 'the end of the memory' : `the memory's end at ${size.toLocaleString('en-US')}`;
  const reach = bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (target !== null && size !== null) return `${reach} at ${hex(target.address)} reach past ${end}`;
  const plus = offset === 0n ? '' : ` plus ${offset}`;
  return `${reach} at ${textOf(operand, context) ?? 'the address'}${plus} reach past ${end}`;
}
