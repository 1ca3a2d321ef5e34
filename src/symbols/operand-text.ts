import { f32Text, f64Text } from '../coredump/float-words';
import type { Value } from '../coredump/model';
import { visible } from '../coredump/visible';
import { accessSize } from '../wasm/traps';
import type { Operand } from './operands';

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
export function operandText(operand: Operand, context: OperandNames): string | null {
  switch (operand.kind) {
    case 'constant':
      return `the constant ${valueText(operand.value)}`;
    case 'local':
    case 'global': {
      const name = context.name(operand.kind, operand.index);
      const known = name === null || name === '' ? '' : ` ($${visible(name, 40)})`;
      return `${operand.kind} ${operand.index}${known}`;
    }
    case 'load': {
      const address = operandText(operand.address, context);
      if (address === null) return null;
      const bytes = accessSize(operand.name);
      return `the ${operand.name.slice(0, 3)} loaded from ${address}${operand.offset === 0n ? '' : ` + ${operand.offset}`}${bytes === 16 ? ' (16 bytes)' : ''}`;
    }
    case 'result':
      return operand.function === null
        ? 'the result of a call'
        : `the result of ${functionText(operand.function, context)}`;
    case 'operation':
      return `the result of ${operand.name}`;
    default:
      return null;
  }
}

function valueText(value: Value): string {
  switch (value.type) {
    case 'i32':
    case 'i64':
      return value.value.toLocaleString('en-US');
    case 'f32':
      return f32Text(value.bits);
    case 'f64':
      return f64Text(value.bits);
    default:
      return 'not known';
  }
}
