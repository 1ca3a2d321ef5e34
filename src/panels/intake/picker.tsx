import { useEffect, useRef } from 'react';
import { openOther } from '../../app/compare';
import { type OpenMode, openFiles } from '../../app/open';
import { snapshotOf, useStore } from '../../app/store';
import { namedFiles } from './transfer';

/** What files are chosen for: `compare` opens a second dump beside the open one. */
export type PickMode = OpenMode | 'compare';

let open: (mode: PickMode) => void = () => undefined;

/** Shows the browser's file dialog. */
export function openPicker(mode: PickMode): void {
  open(mode);
}

/** The page's one file input, always there: scripts and screen readers find it by its name; the buttons press it. */
export function FilePicker() {
  const input = useRef<HTMLInputElement>(null);
  const mode = useRef<PickMode>('replace');
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
        const wanted = snapshotOf(useStore.getState()) === null ? 'replace' : mode.current;
        void (wanted === 'compare' ? openOther(files) : openFiles(files, wanted));
        mode.current = 'replace';
        // So that choosing the same file again is a change.
        event.target.value = '';
      }}
    />
  );
}
