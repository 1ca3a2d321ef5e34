import type { Instruction } from '../../wasm/body';
import type { Cause, Site } from './types';

const NOWHERE = { message: null, frame: 0, address: null } as const;

/**
 * Why a youngest frame stands on an instruction that does not trap by itself (format.md section 5): a trap inside an
 * import, fuel or an epoch that ran out at a `loop`, a conditional trap into which Wasmtime folds a branch to
 * `unreachable`.
 */
export function elsewhere(instruction: Instruction, { code }: Site): Cause | null {
  const [target] = instruction.immediates;
  if (instruction.name === 'call' && target?.kind === 'index') {
    const name = code.functionName(target.index) ?? `func[${target.index}]`;
    if (target.index >= code.importedFunctions) return null;
    return {
      ...NOWHERE,
      title: `trap inside the imported function ${name}`,
      certainty: 'inferred',
      evidence: [`The youngest frame stands on a call of ${name}, which the host provides.`],
    };
  }
  if (instruction.name === 'loop')
    return {
      ...NOWHERE,
      title: 'interrupted: out of fuel, or its time was up',
      certainty: 'probably',
      evidence: [
        'The youngest frame stands on loop, where engines check fuel and epochs; loop itself does not trap.',
      ],
    };
  if (instruction.name === 'if' || instruction.name === 'br_if')
    return {
      ...NOWHERE,
      title: 'unreachable',
      certainty: 'inferred',
      evidence: [
        `The youngest frame stands on ${instruction.name}: Wasmtime makes one conditional trap of it and of the unreachable that it leads to.`,
      ],
    };
  return null;
}
