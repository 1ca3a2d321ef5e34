import { session } from '../../app/session';
import type { ByteSelection } from '../../app/store';
import type { Bytes } from '../../bytes/units';
import { copyText } from '../../ui/copy';
import { stateCodes } from './byte-state';
import { COPY_FORMS, type CopyForm, copied } from './copy-forms';
import { copyRefusal } from './hex-dump';
import { addressDigits, byteCount } from './words';

/** Copies the selected bytes in a form; answers with the sentence that says what came of it. */
async function copySelection(selection: ByteSelection, size: Bytes, form: CopyForm): Promise<string> {
  const first = Math.min(selection.anchor, selection.focus);
  const length = Math.abs(selection.anchor - selection.focus) + 1;
  const refusal = copyRefusal(length);
  if (refusal !== null) return refusal;
  const text = async () => {
    const { address, bytes, states } = await session().read(selection.memory, first, length);
    const stretch = { address, bytes, codes: stateCodes(states, address, bytes.length) };
    const made = copied(form, stretch, addressDigits(size));
    if (made.kind === 'refused') throw new Refused(made.reason);
    return made.text;
  };
  const done = 'clipboard' in navigator ? await writeLater(text()) : await copyText(await text());
  const label = COPY_FORMS.find((one) => one.form === form)?.label.replace(/^[HT]/, (letter) =>
    letter.toLowerCase(),
  );
  return done
    ? `${byteCount(length)} copied as ${label === 'hex dump' ? 'a hex dump' : label}.`
    : 'Not copied: the browser did not allow it.';
}

/** A form that cannot hold these bytes: its message is the whole sentence. */
class Refused extends Error {}

/** Writes what is still on its way: Safari forgets that a key was pressed before the bytes have come. */
async function writeLater(text: Promise<string>): Promise<boolean> {
  const blob = text.then((done) => new Blob([done], { type: 'text/plain' }));
  // The clipboard says only that it failed; the refusal says why.
  const written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  await Promise.all([blob, written]);
  return true;
}

/** Copies the selected bytes; a failure of the clipboard or of the read is answered as its sentence. */
export async function copyResult(
  selection: ByteSelection,
  size: Bytes,
  form: CopyForm = 'dump',
): Promise<string> {
  try {
    return await copySelection(selection, size, form);
  } catch (error) {
    if (error instanceof Refused) return error.message;
    return `Not copied: ${error instanceof Error ? error.message : String(error)}`;
  }
}
