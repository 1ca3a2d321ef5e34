import type { Address, Bytes } from '../../bytes/units';
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
  readonly selected: Bytes;
  readonly digits: number;
}

/** The status bar's sentence: `0x00011138 30 captured, segment 2, file offset 0x124c`. */
export function liveText({ address, answer, byte, selected, digits }: CursorFacts): string {
  const at = address0x(address, digits);
  const more = selected > 1 ? `, ${grouped(selected)} selected` : '';
  if (answer.state !== 'captured') return `${at} ${reasoned(answer)}${more}`;
  const segment = answer.segment === null ? '' : `, segment ${answer.segment}`;
  const offset = answer.fileOffset === null ? '' : `, file offset 0x${answer.fileOffset.toString(16)}`;
  return `${at} ${hexByte(byte)} captured${segment}${offset}${more}`;
}

/** The reason as the session words it; an empty one still says the state. */
function reasoned(answer: AddressAnswer): string {
  return answer.reason === '' ? stateWord(answer.state) : answer.reason;
}
