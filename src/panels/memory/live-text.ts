import type { Address, Bytes } from '../../bytes/units';
import type { RunState } from '../../coredump/model';
import type { AddressAnswer } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { hexByte, stateWord } from './byte-state';
import { address0x } from './words';

/** What is said about the byte under the cursor. */
export interface CursorFacts {
  readonly address: Address;
  readonly answer: AddressAnswer;
  /** Meant only where the answer says captured. */
  readonly byte: number;
  /** What the dump that is compared with has there; null where none is. */
  readonly there: { readonly state: RunState; readonly byte: number } | null;
  readonly selected: Bytes;
  readonly digits: number;
}

/** The status bar's sentence: `0x00011138 30 captured, segment 2, file offset 0x124c`. */
export function liveText({ address, answer, byte, there, selected, digits }: CursorFacts): string {
  const at = address0x(address, digits);
  const beside = there === null ? '' : `; other dump: ${otherText(there)}`;
  const more = selected > 1 ? `, ${grouped(selected)} selected` : '';
  if (answer.state !== 'captured') return `${at} ${reasoned(answer)}${more}${beside}`;
  const segment = answer.segment === null ? '' : `, segment ${answer.segment}`;
  const offset = answer.fileOffset === null ? '' : `, file offset 0x${answer.fileOffset.toString(16)}`;
  return `${at} ${hexByte(byte)} captured${segment}${offset}${more}${beside}`;
}

function otherText({ state, byte }: { readonly state: RunState; readonly byte: number }): string {
  return state === 'captured' ? `${hexByte(byte)} captured` : stateWord(state);
}

/** The reason as the session words it; an empty one still says the state. */
function reasoned(answer: AddressAnswer): string {
  return answer.reason === '' ? stateWord(answer.state) : answer.reason;
}
