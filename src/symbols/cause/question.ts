import { decodeInstruction, type Instruction } from '../../wasm/body';
import { type Evaluated, evaluate, type Moment, movedSoFar } from '../operands/evaluate';
import type { Expression, Flow, Scalar } from '../operands/expression';
import { followBody } from '../operands/flow';
import type { CauseFrame, DumpFacts, Site } from './types';

/** The instruction on which a frame stands; null where its offset is none. */
export function instructionAt({ body, index, offset }: Site): Instruction | null {
  return index.offsets.includes(offset) ? decodeInstruction(body, offset) : null;
}

/** What can be asked of a frame's instruction: its operands, and what they were. */
export interface Question {
  readonly instruction: Instruction;
  /** Operands from the left. */
  readonly operands: readonly Expression[];
  /** By place from the left; negative from the right. */
  readonly value: (operand: number) => Promise<Evaluated | null>;
}

interface Followed {
  readonly instruction: Instruction;
  readonly flow: Flow;
  readonly site: Site;
}

/** Callers that are asked what they passed: a chain of them hands a value through at most this often. */
const MOST_CALLERS = 16;

/**
 * The frames of a stack, asked one through another: what a parameter was is what the caller passed, and the caller's
 * shadow stack pointer is what its callee found when it was entered.
 */
export class StackOfFrames {
  readonly #frames: readonly CauseFrame[];
  readonly #dump: DumpFacts;
  readonly #followed = new Map<number, Followed | null>();
  readonly #pointers = new Map<number, Scalar | null>();

  constructor(frames: readonly CauseFrame[], dump: DumpFacts) {
    this.#frames = frames;
    this.#dump = dump;
  }

  /** Null where the frame's place is not known, or its body is not followed. */
  question(index: number): Question | null {
    const followed = this.#follow(index);
    if (followed === null) return null;
    const { flow, instruction, site } = followed;
    const moment = this.#moment(index, site);
    const operands = operandsOf(instruction, flow, site);
    return {
      instruction,
      operands,
      value: async (place) => {
        const expression = operands.at(place);
        return expression === undefined ? null : evaluate(expression, flow, moment);
      },
    };
  }

  #follow(index: number): Followed | null {
    const known = this.#followed.get(index);
    if (known !== undefined) return known;
    const frame = this.#frames[index];
    const site = frame?.site ?? null;
    const instruction = site === null ? null : instructionAt(site);
    let followed: Followed | null = null;
    if (frame !== undefined && site !== null && instruction !== null) {
      const parameters = site.code.arities.function(frame.function)?.parameters ?? 0;
      const flow = followBody(site.body, site.index, site.offset, parameters, site.code.arities);
      followed = flow === null ? null : { instruction, flow, site };
    }
    this.#followed.set(index, followed);
    return followed;
  }

  #moment(index: number, site: Site): Moment {
    const pointer = this.#dump.stackPointer?.global ?? null;
    return {
      at: site.offset,
      local: this.#frames[index]?.local ?? (() => null),
      global: (global) => {
        if (index === 0) return this.#dump.global(global);
        return global === pointer && this.#sameCode(index) ? this.#pointerIn(index) : null;
      },
      parameter: (parameter) => this.#passed(index, parameter),
      isKept: (global) => global === pointer,
      read: this.#dump.read,
    };
  }

  /** Whether a frame runs in the youngest frame's module: another one has a shadow stack of its own. */
  #sameCode(index: number): boolean {
    const code = this.#frames[0]?.site?.code;
    return code !== undefined && this.#frames[index]?.site?.code === code;
  }

  /** The shadow stack's pointer while a frame's call runs: what the called frame found at its entry. */
  #pointerIn(index: number): Scalar | null {
    const known = this.#pointers.get(index);
    if (known !== undefined) return known;
    this.#pointers.set(index, null);
    const called = this.#follow(index - 1);
    const pointer = this.#dump.stackPointer;
    if (called === null || pointer === null || !this.#sameCode(index - 1)) return null;
    const now = index === 1 ? this.#dump.global(pointer.global) : this.#pointerIn(index - 1);
    const moved = movedSoFar(pointer.global, called.flow, this.#moment(index - 1, called.site));
    if (now === null || moved === null || now.type !== 'i32') return null;
    const value: Scalar = { type: 'i32', value: BigInt.asIntN(32, now.value - moved) };
    this.#pointers.set(index, value);
    return value;
  }

  async #passed(index: number, parameter: number): Promise<Evaluated | null> {
    const caller = index < MOST_CALLERS ? this.question(index + 1) : null;
    if (caller === null || !caller.instruction.name.startsWith('call')) return null;
    // A host function, or a tail call, may stand between the two frames.
    const [target] = caller.instruction.immediates;
    const direct = caller.instruction.name === 'call' && target?.kind === 'index';
    if (direct && target.index !== this.#frames[index]?.function) return null;
    return caller.value(parameter);
  }
}

/** The operands that an instruction takes, of all that lie on the stack. */
function operandsOf(
  { immediates, name }: Instruction,
  { operands }: Flow,
  { code }: Site,
): readonly Expression[] {
  const first = immediates[0];
  const index = first?.kind === 'index' ? first.index : -1;
  let count = operands.length;
  if (name === 'call') count = code.arities.function(index)?.parameters ?? count;
  else if (name === 'call_indirect') count = (code.arities.type(index)?.parameters ?? count - 1) + 1;
  else if (/^[if](?:32|64)\.(?:div|rem|store)/.test(name)) count = 2;
  else if (/\.load|trunc_f|\.atomic/.test(name)) count = accessOperands(name);
  else if (/^(?:memory|table)\.(?:copy|fill|init)$/.test(name)) count = 3;
  else if (name === 'table.get') count = 1;
  else if (name === 'table.set') count = 2;
  // Operands below those that are known of are not there: what is asked from the left would be another one.
  if (operands.length < count) return name === 'call_indirect' ? operands.slice(-1) : [];
  return count === 0 ? [] : operands.slice(-count);
}

function accessOperands(name: string): number {
  if (name.includes('cmpxchg') || name.includes('.wait')) return 3;
  return name.includes('.rmw') || name.includes('notify') || name.includes('.store') ? 2 : 1;
}
