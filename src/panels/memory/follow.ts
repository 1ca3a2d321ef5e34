import { session } from '../../app/session';
import type { Address, Bytes } from '../../bytes/units';
import { grouped } from '../../ui/numbers';
import { stateCodes } from './byte-state';
import { FIRST_POINTER, type Pointer, pointerAt, wordStart } from './pointer';
import { address0x } from './words';

/** Reads the aligned word under the cursor as a pointer. */
export async function pointerUnder(
  memory: number,
  address: Address,
  size: Bytes,
  width: 4 | 8,
): Promise<Pointer> {
  const start = wordStart(address, width);
  const window = await session().read(memory, start, width);
  const codes = stateCodes(window.states, start, width);
  return pointerAt({ address: start, bytes: window.bytes, codes }, start, width, size);
}

/** Why a word was not followed. */
export function notFollowed(
  pointer: Exclude<Pointer, { kind: 'pointer' }>,
  memory: number,
  size: Bytes,
): string {
  if (pointer.kind === 'no-value')
    return `u${pointer.of * 8}: ${pointer.missing} of ${pointer.of} bytes have no value`;
  if (pointer.value < BigInt(FIRST_POINTER))
    return `${pointer.value} is below ${grouped(FIRST_POINTER)}: not followed as a pointer`;
  return `${address0x(Number(pointer.value))} out of bounds: memory ${memory} ends at ${grouped(size)}`;
}
