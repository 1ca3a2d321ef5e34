import type { Instruction } from '../../wasm/body';
import { type Trap, trapsOf } from '../../wasm/traps';
import { asUnsigned } from '../operands/arithmetic';
import { type Evaluated, effective } from '../operands/evaluate';
import type { Scalar } from '../operands/expression';
import { indirectCall } from './indirect-call';
import { instructionAt, type Question, type StackOfFrames } from './question';
import { type Cause, type DumpFacts, hex, type Site } from './types';
import { sentences } from './words';

/** Why the youngest frame's own instruction trapped; null where it is none that traps by itself. */
export async function trapCause(stack: StackOfFrames, site: Site, dump: DumpFacts): Promise<Cause | null> {
  const instruction = instructionAt(site);
  if (instruction === null) return null;
  const traps = trapsOf(instruction.opcode);
  if (traps.length === 0) return null;
  const question = stack.question(0);
  const told =
    question === null
      ? null
      : instruction.name.endsWith('call_indirect')
        ? await indirectCall(question, site)
        : await firstThatHolds(traps, question, dump, site);
  if (told !== null) return told;
  const [only] = traps;
  if (traps.length === 1 && only !== undefined) {
    const evidence = [`The youngest frame stands on ${instruction.name}, which has one way to trap.`];
    return { ...NOWHERE, title: only.name, certainty: 'known', evidence };
  }
  return undecided(instruction, traps);
}

const NOWHERE = { message: null, frame: 0, address: null } as const;

function undecided({ name }: Instruction, traps: readonly Trap[]): Cause {
  const names = [...new Set(traps.map((trap) => trap.name))];
  return {
    ...NOWHERE,
    title: names.join(' or '),
    certainty: names.length === 1 ? 'known' : 'probably',
    evidence: [`The youngest frame stands on ${name}; its operands are not in the dump.`],
  };
}

async function firstThatHolds(
  traps: readonly Trap[],
  question: Question,
  dump: DumpFacts,
  site: Site,
): Promise<Cause | null> {
  const unknown: Trap[] = [];
  for (const trap of traps) {
    const held = await holds(trap, question, dump, site);
    if (held === 'unknown') unknown.push(trap);
    else if (held !== 'no') return held;
  }
  if (unknown.length === 0) return refutedCause(question.instruction, traps);
  // What is left when the others are ruled out.
  const [rest] = unknown;
  if (unknown.length !== 1 || rest === undefined || traps.length === 1) return null;
  const others = traps.filter((trap) => trap !== rest).map(({ name }) => name);
  const evidence = [
    `${question.instruction.name} can only trap so: ${others.join(', ')} does not fit its operands.`,
  ];
  return { ...NOWHERE, title: rest.name, certainty: 'inferred', evidence };
}

/** The rewriter's own check of addresses fires below the memory's end (fixture rewriter/fault-022). */
function refutedCause({ name }: Instruction, traps: readonly Trap[]): Cause {
  return {
    ...NOWHERE,
    title: [...new Set(traps.map((trap) => trap.name))].join(' or '),
    certainty: 'probably',
    evidence: [
      `The youngest frame stands on ${name}.`,
      "By what the dump holds it did not trap: the producer stopped it, or a value or the memory's size is another.",
    ],
  };
}

/** `no`: the values that the dump holds rule it out. */
export type Held = Cause | 'no' | 'unknown';

/** Whether an instruction trapped in one of its ways, by what its operands were. */
export async function holds(trap: Trap, question: Question, dump: DumpFacts, site: Site): Promise<Held> {
  const { when } = trap;
  switch (when.kind) {
    case 'zero': {
      const divisor = await question.value(when.operand);
      if (divisor === null) return 'unknown';
      return divisor.value.value === 0n
        ? said(trap, question, [divisor], 'the divisor is 0')
        : refuted(divisor);
    }
    case 'overflow':
      return overflow(trap, question, when.dividend, when.divisor);
    case 'nan':
    case 'range': {
      const operand = await question.value(when.operand);
      if (operand === null || typeof operand.value.value !== 'number') return 'unknown';
      const isNan = Number.isNaN(operand.value.value);
      if (isNan !== (when.kind === 'nan')) return refuted(operand);
      if (when.kind === 'range' && !isOutside(operand.value.value, when.to)) return refuted(operand);
      return said(trap, question, [operand], `the operand is ${operand.value.value}`);
    }
    case 'memory':
      return outside(trap, question, dump, when.operand, when.bytes);
    case 'alignment': {
      const target = await targetOf(question, when.operand);
      if (target === null) return 'unknown';
      if (target.address % when.bytes === 0) return refuted(target.base);
      const text = `${hex(target.address)} is no multiple of ${when.bytes}`;
      return { ...said(trap, question, [target.base], text), address: target };
    }
    case 'extent':
      return when.of === 'memory' ? extent(trap, question, dump, when.start, when.length) : 'unknown';
    case 'index':
    case 'null entry':
    case 'signature': {
      if (!question.instruction.name.endsWith('call_indirect')) return 'unknown';
      const cause = await indirectCall(question, site);
      return cause.title === trap.name ? cause : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** Whether a number, cut to an integer, is outside `i32_s` and its like. */
function isOutside(float: number, to: string): boolean {
  const [type, sign] = to.split('_');
  const bits = type === 'i32' ? 32 : 64;
  const truncated = Math.trunc(float);
  return sign === 's'
    ? truncated < -(2 ** (bits - 1)) || truncated >= 2 ** (bits - 1)
    : truncated < 0 || truncated >= 2 ** bits;
}

const refuted = ({ sure }: Evaluated): 'no' | 'unknown' => (sure ? 'no' : 'unknown');

function said(trap: Trap, { instruction }: Question, from: readonly Evaluated[], text: string): Cause {
  const because = sentences(from.flatMap((evaluated) => evaluated.because));
  const sure = from.every((evaluated) => evaluated.sure);
  return {
    ...NOWHERE,
    title: trap.name,
    certainty: sure ? 'inferred' : 'probably',
    evidence: [`${instruction.name}: ${text}.`, ...because],
  };
}

async function overflow(trap: Trap, question: Question, left: number, right: number): Promise<Held> {
  const dividend = await question.value(left);
  const divisor = await question.value(right);
  if (divisor !== null && divisor.value.value !== -1n) return refuted(divisor);
  const least = question.instruction.name.startsWith('i32') ? -(2n ** 31n) : -(2n ** 63n);
  if (dividend !== null && dividend.value.value !== least) return refuted(dividend);
  if (dividend === null || divisor === null) return 'unknown';
  return said(trap, question, [dividend, divisor], `${least} divided by -1 does not fit`);
}

interface Target {
  readonly memory: number;
  readonly address: number;
  readonly base: Evaluated;
}

/** Where a memory access led, by its address operand; null where that is not known. */
export async function targetOf(question: Question, operand: number): Promise<Target | null> {
  const memarg = question.instruction.immediates[0];
  const base = await question.value(operand);
  if (base === null || memarg?.kind !== 'memarg') return null;
  const address = effective(base.value, { name: '', bytes: 0, offset: memarg.offset, memory: memarg.memory });
  return address === null ? null : { memory: memarg.memory, address, base };
}

async function outside(
  trap: Trap,
  question: Question,
  dump: DumpFacts,
  operand: number,
  bytes: number,
): Promise<Held> {
  const target = await targetOf(question, operand);
  const size = target === null ? null : dump.memorySize(target.memory);
  if (target === null || size === null) return 'unknown';
  const { address, base, memory } = target;
  if (address + bytes <= size) return refuted(base);
  const text = `${bytes === 1 ? '1 byte' : `${bytes} bytes`} at ${hex(address)}, the memory ends at ${hex(size)}`;
  const cause = said(trap, question, [base], text);
  return {
    ...cause,
    address: { memory, address },
    evidence: [...cause.evidence, ...wildness(base.value, size)],
  };
}

/** What an address looks like, where that says more than the number. */
function wildness(base: Scalar, size: number): readonly string[] {
  if (base.type !== 'i32' && base.type !== 'i64') return [];
  const address = asUnsigned(base);
  const signed = base.value;
  if (signed < 0n && signed > -4096n)
    return [`The address is ${signed} as a signed number: below 0, or an error code used as a pointer.`];
  const letters = lettersOf(address);
  if (letters !== null)
    return [`The address spells "${letters}": text that was written over a pointer, probably.`];
  return address >= BigInt(size) * 2n ? ['The address is far outside: a wild pointer.'] : [];
}

function lettersOf(address: bigint): string | null {
  const codes = [0n, 8n, 16n, 24n].map((shift) => Number((address >> shift) & 0xffn));
  return codes.every((code) => code >= 0x20 && code < 0x7f) ? String.fromCharCode(...codes) : null;
}

async function extent(
  trap: Trap,
  question: Question,
  dump: DumpFacts,
  startOperand: number,
  lengthOperand: number,
): Promise<Held> {
  const start = await question.value(startOperand);
  const length = await question.value(lengthOperand);
  const memory = memoryOf(question, startOperand);
  const size = dump.memorySize(memory);
  if (start === null || length === null || size === null) return 'unknown';
  if (typeof start.value.value !== 'bigint' || typeof length.value.value !== 'bigint') return 'unknown';
  const first = Number(unsigned(start.value));
  const count = Number(unsigned(length.value));
  if (first + count <= size) return start.sure && length.sure ? 'no' : 'unknown';
  const text = `${count} bytes from ${hex(first)}, the memory ends at ${hex(size)}`;
  return { ...said(trap, question, [start, length], text), address: { memory, address: first } };
}

const unsigned = (scalar: Scalar): bigint =>
  scalar.type === 'i32' || scalar.type === 'i64' ? asUnsigned(scalar) : 0n;

/** `memory.copy` names two memories, where to and where from, in the order of its operands. */
function memoryOf({ instruction }: Question, operand: number): number {
  const memories = instruction.immediates.flatMap((immediate) =>
    immediate.kind === 'index' && immediate.space === 'memory' ? [immediate.index] : [],
  );
  return memories[instruction.name === 'memory.copy' ? operand : 0] ?? 0;
}
