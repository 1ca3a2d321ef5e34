import { session } from '../../app/session';
import type { ByteSelection } from '../../app/store';
import type { Bytes } from '../../bytes/units';
import { stateCodes } from './byte-state';
import { copyRefusal, hexDump } from './hex-dump';
import { addressDigits, byteCount } from './words';

/** Copies the selected bytes as a hex dump; answers with the sentence that says what came of it. */
export async function copySelection(selection: ByteSelection, size: Bytes): Promise<string> {
  const first = Math.min(selection.anchor, selection.focus);
  const length = Math.abs(selection.anchor - selection.focus) + 1;
  const refusal = copyRefusal(length);
  if (refusal !== null) return refusal;
  if (!('clipboard' in navigator)) return 'Not copied: browsers allow it on https and on this computer only.';
  const text = async () => {
    const { address, bytes, states } = await session().read(selection.memory, first, length);
    const stretch = { address, bytes, codes: stateCodes(states, address, bytes.length) };
    return new Blob([hexDump(stretch, addressDigits(size))], { type: 'text/plain' });
  };
  // The promise goes into the item: Safari forgets that a key was pressed while the bytes are on their way.
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text() })]);
  return `${byteCount(length)} copied as a hex dump.`;
}

/** `copySelection`, with a failure of the clipboard or of the read as its sentence. */
export async function copyResult(selection: ByteSelection, size: Bytes): Promise<string> {
  try {
    return await copySelection(selection, size);
  } catch (error) {
    return `Not copied: ${error instanceof Error ? error.message : String(error)}`;
  }
}
