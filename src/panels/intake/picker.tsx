import { useEffect, useRef } from 'react';
import { type OpenMode, openFiles } from '../../app/open';
import { snapshotOf, useStore } from '../../app/store';
import { namedFiles } from './transfer';

let open: (mode: OpenMode) => void = () => undefined;

/** Shows the browser's file dialog. */
export function openPicker(mode: OpenMode): void {
  open(mode);
}

/** The page's one file input, always there: scripts and screen readers find it by its name; the buttons press it. */
export function FilePicker() {
  const input = useRef<HTMLInputElement>(null);
  const mode = useRef<OpenMode>('replace');
  useEffect(() => {
    open = (wanted) => {
      mode.current = wanted;
      input.current?.click();
    };
    return () => {
      open = () => undefined;
    };
  }, []);
  return (
    <input
      ref={input}
      type="file"
      multiple
      className="visually-hidden"
      aria-label="Open files"
      tabIndex={-1}
      onChange={(event) => {
        const files = namedFiles(event.target.files);
        const adds = mode.current === 'add' && snapshotOf(useStore.getState()) !== null;
        void openFiles(files, adds ? 'add' : 'replace');
        mode.current = 'replace';
        // So that choosing the same file again is a change.
        event.target.value = '';
      }}
    />
  );
}
