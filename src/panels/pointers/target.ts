import type { RunState } from '../../coredump/model';
import type { AddressAnswer } from '../../session/types';

/** What a pointer leads to, in the fewest words: they stand beside the link. */
const WORDS: Readonly<Record<RunState, string>> = {
  captured: 'captured',
  'zero-elided': 'known zero',
  missing: 'missing from the dump',
  lost: 'lost',
  'out-of-bounds': 'outside the memory',
  pending: 'not indexed yet',
};

/** `captured`, `known zero`, `missing from the dump`, `lost`, `outside the memory`. */
export function targetWord(state: RunState): string {
  return WORDS[state];
}

/** The whole answer in a sentence's length: what it is, and where that is or why it is not. */
export function targetText(answer: AddressAnswer): string {
  if (answer.state === 'captured') {
    const segment = answer.segment === null ? '' : `, segment ${answer.segment}`;
    const offset = answer.fileOffset === null ? '' : `, file offset 0x${answer.fileOffset.toString(16)}`;
    return `captured${segment}${offset}`;
  }
  const word = targetWord(answer.state);
  const reason = answer.reason.replace(/^[a-z -]+: /, '');
  return reason === '' || reason === word ? word : `${word}: ${reason}`;
}

/** The link's line is solid only where it leads to a byte. */
export function leadsToBytes(state: RunState): boolean {
  return state === 'captured';
}
