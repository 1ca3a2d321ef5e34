import { asUnsigned } from '../operands/arithmetic';
import type { Question } from './question';
import type { Cause, Site } from './types';
import { sentences } from './words';

/** Why a `call_indirect` trapped: by what the table held at the start, which a program can have changed since. */
export async function indirectCall(question: Question, { code }: Site): Promise<Cause> {
  const [type, table] = question.instruction.immediates;
  const expected = type?.kind === 'index' ? code.typeText(type.index) : null;
  const tableIndex = table?.kind === 'index' ? table.index : 0;
  const operand = await question.value(-1);
  const base = { message: null, frame: 0, address: null } as const;
  if (operand === null || (operand.value.type !== 'i32' && operand.value.type !== 'i64')) {
    const wants = expected === null ? '' : ` of a function ${expected}`;
    return {
      ...base,
      title: 'indirect call of a wrong, missing or null function',
      certainty: 'known',
      evidence: [`The youngest frame stands on call_indirect${wants}; the table's index is not in the dump.`],
    };
  }
  const index = Number(asUnsigned(operand.value));
  const entry = code.table(tableIndex, index);
  const because = sentences(operand.because);
  const found = (title: string, text: string): Cause => ({
    ...base,
    title,
    certainty: operand.sure ? 'inferred' : 'probably',
    evidence: [`call_indirect: ${text}.`, ...because],
  });
  const at = `table ${tableIndex}, index ${index}`;
  if (entry.kind === 'outside')
    return found('undefined element', `${at}; the table has ${entry.size} entries`);
  if (entry.kind === 'null')
    return found('uninitialized element', index === 0 ? `${at}: a null function pointer` : `${at} is null`);
  if (entry.kind === 'function') {
    const has = code.typeOfFunction(entry.index);
    const name = code.functionName(entry.index) ?? `func[${entry.index}]`;
    if (has !== null && expected !== null && has !== expected)
      return found('indirect call type mismatch', `${at} is ${name} ${has}, expected ${expected}`);
  }
  return {
    ...base,
    title: 'indirect call of a wrong, missing or null function',
    certainty: 'known',
    evidence: [
      `The youngest frame stands on call_indirect of ${at}; the table may have changed since the start.`,
      ...because,
    ],
  };
}
