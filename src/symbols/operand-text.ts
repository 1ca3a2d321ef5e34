import { floatText } from '../coredump/floats';
import { visible } from '../coredump/visible';
import type { Expression, Scalar } from './operands/expression';

/** The names that operands are spoken of by; null: none is known. */
export interface OperandNames {
  readonly name: (space: 'function' | 'local' | 'global', index: number) => string | null;
}

/** A function's name, or `func[12]`. Safe to show. */
export function functionText(index: number, { name }: OperandNames): string {
  const known = name('function', index);
  return known === null || known === '' ? `func[${index}]` : visible(known, 80);
}

/** What an operand is, in words; null where it is not known. */
export function operandText(operand: Expression, context: OperandNames): string | null {
  switch (operand.kind) {
    case 'const':
      return `the constant ${scalarText(operand.value)}`;
    case 'local':
    case 'global': {
      const name = context.name(operand.kind, operand.index);
      const known = name === null || name === '' ? '' : ` ($${visible(name, 40)})`;
      return `${operand.kind} ${operand.index}${known}`;
    }
    case 'load': {
      const address = operandText(operand.address, context);
      if (address === null) return null;
      const { bytes, name, offset } = operand.access;
      return `the ${name.slice(0, 3)} loaded from ${address}${offset === 0n ? '' : ` + ${offset}`}${bytes === 16 ? ' (16 bytes)' : ''}`;
    }
    case 'result':
      return operand.function === null
        ? 'the result of a call'
        : `the result of ${functionText(operand.function, context)}`;
    case 'unary':
    case 'binary':
      return `the result of ${operand.name}`;
    case 'unknown':
      return null;
  }
}

function scalarText({ value }: Scalar): string {
  return typeof value === 'bigint' ? value.toLocaleString('en-US') : floatText(value);
}
