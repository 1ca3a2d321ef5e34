import { decodeInstruction, type Instruction } from '../../wasm/body';
import { type Evaluated, evaluate, type Moment } from '../operands/evaluate';
import type { Expression, Flow } from '../operands/expression';
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
  readonly value: (operand: number) => Promise<Evaluated | null>;
}

/** @param youngest only the youngest frame has the globals of the moment at which it stands. */
export function questionOf(
  frame: CauseFrame,
  site: Site,
  dump: DumpFacts,
  youngest: boolean,
): Question | null {
  const instruction = instructionAt(site);
  if (instruction === null) return null;
  const parameters = site.code.arities.function(frame.function)?.parameters ?? 0;
  const flow = followBody(site.body, site.index, site.offset, parameters, site.code.arities);
  if (flow === null) return null;
  const moment: Moment = {
    at: site.offset,
    local: frame.local,
    global: youngest ? dump.global : () => null,
    isKept: (global) => global === dump.stackPointer?.global,
    read: dump.read,
  };
  const operands = operandsOf(instruction, flow, site);
  const ask = async (expression: Expression | undefined): Promise<Evaluated | null> =>
    expression === undefined ? null : evaluate(expression, flow, moment);
  return { instruction, operands, value: (operand) => ask(operands.at(operand)) };
}

/** The operands that an instruction takes, of all that lie on the stack. */
function operandsOf(
  { name, immediates }: Instruction,
  { operands }: Flow,
  { code }: Site,
): readonly Expression[] {
  const first = immediates[0];
  const index = first?.kind === 'index' ? first.index : -1;
  let count = operands.length;
  if (name === 'call') count = code.arities.function(index)?.parameters ?? count;
  else if (name === 'call_indirect') count = (code.arities.type(index)?.parameters ?? count) + 1;
  else if (/^[if](?:32|64)\.(?:div|rem|store)/.test(name)) count = 2;
  else if (/\.load|trunc_f|\.rmw|\.atomic/.test(name)) count = atomicOperands(name);
  else if (/^(?:memory|table)\.(?:copy|fill|init)$/.test(name)) count = 3;
  else if (name === 'table.get') count = 1;
  else if (name === 'table.set') count = 2;
  return operands.slice(-Math.min(count, operands.length));
}

function atomicOperands(name: string): number {
  if (name.includes('cmpxchg') || name.includes('.wait')) return 3;
  return name.includes('.rmw') || name.includes('notify') || name.includes('.store') ? 2 : 1;
}
