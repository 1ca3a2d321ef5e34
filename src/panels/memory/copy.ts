import { session } from '../../app/session';
import type { ByteSelection } from '../../app/store';
import type { Bytes } from '../../bytes/units';
import { copyText } from '../../ui/copy';
import { stateCodes } from './byte-state';
import { copyRefusal, hexDump } from './hex-dump';
import { addressDigits, byteCount } from './words';

/** Copies the selected bytes as a hex dump; answers with the sentence that says what came of it. */
export async function copySelection(selection: ByteSelection, size: Bytes): Promise<string> {
  const first = Math.min(selection.anchor, selection.focus);
  const length = Math.abs(selection.anchor - selection.focus) + 1;
  const refusal = copyRefusal(length);
  if (refusal !== null) return refusal;
  const text = async () => {
    const { address, bytes, states } = await session().read(selection.memory, first, length);
    const stretch = { address, bytes, codes: stateCodes(states, address, bytes.length) };
    return hexDump(stretch, addressDigits(size));
  };
  const copied = 'clipboard' in navigator ? await writeLater(text()) : await copyText(await text());
  return copied ? `${byteCount(length)} copied as a hex dump.` : 'Not copied: the browser did not allow it.';
}

/** Writes what is still on its way: Safari forgets that a key was pressed before the bytes have come. */
async function writeLater(text: Promise<string>): Promise<boolean> {
  const blob = text.then((done) => new Blob([done], { type: 'text/plain' }));
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  return true;
}

/** `copySelection`, with a failure of the clipboard or of the read as its sentence. */
export async function copyResult(selection: ByteSelection, size: Bytes): Promise<string> {
  try {
    return await copySelection(selection, size);
  } catch (error) {
    return `Not copied: ${error instanceof Error ? error.message : String(error)}`;
  }
}
