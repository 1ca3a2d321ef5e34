import { useEffect } from 'react';
import { openGiven } from '../../app/intake/open-given';
import { decodePastedText } from '../../app/intake-text';
import { openFiles } from '../../app/open';
import { useStore } from '../../app/store';
import { grouped } from '../../ui/numbers';
import { givenFiles } from './transfer';

/** Characters that are decoded at once: more would hold up the page, and belongs in a file. */
const LONGEST_TEXT = 4 * 1024 * 1024;

/** Opens what is pasted anywhere but into a text field: files, or a dump as base64 or hex. */
export function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.clipboardData === null || isTextField(event.target)) return;
      const files = givenFiles(event.clipboardData.files);
      if (files.length > 0) {
        event.preventDefault();
        void openGiven(files, 'replace');
        return;
      }
      const text = event.clipboardData.getData('text/plain');
      if (text === '') return;
      event.preventDefault();
      openText(text);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
}

function openText(text: string): void {
  const { notify } = useStore.getState();
  if (text.length > LONGEST_TEXT) {
    notify(
      `The pasted text has ${grouped(text.length)} characters; at most ${grouped(LONGEST_TEXT)} are read. Drop it as a file.`,
    );
    return;
  }
  const decoded = decodePastedText(text);
  if (decoded.kind === 'rejected') notify(decoded.message);
  else void openFiles([{ name: `pasted ${decoded.encoding}`, blob: new Blob([decoded.bytes]) }], 'replace');
}

/** Where a paste and single letters are the field's own. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement &&
    !['button', 'checkbox', 'file', 'radio', 'range'].includes(target.type)
  );
}
