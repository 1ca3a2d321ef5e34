import { type RefObject, useEffect, useRef } from 'react';
import { type GivenMode, openGiven } from '../../app/intake/open-given';
import { openHandles } from '../../app/recent/open-handles';
import { snapshotOf, useStore } from '../../app/store';
import { givenFiles } from './transfer';

/** What files are chosen for. */
export type PickMode = GivenMode;

let open: (mode: PickMode, what: 'files' | 'folder') => void = () => undefined;

/** Shows the browser's file dialog. */
export function openPicker(mode: PickMode): void {
  open(mode, 'files');
}

/** Shows the browser's dialog for a folder: all files in it are given. */
export function openFolderPicker(mode: PickMode): void {
  open(mode, 'folder');
}

/** The dump for which files were chosen may be closed by now. */
const modeNow = (mode: PickMode): PickMode => (snapshotOf(useStore.getState()) === null ? 'replace' : mode);

/** The dialog that gives handles, by which the browser can open the files again another day. */
async function pick(
  mode: PickMode,
  show: NonNullable<Window['showOpenFilePicker']>,
  otherwise: () => void,
): Promise<void> {
  let handles: readonly FileSystemFileHandle[];
  try {
    handles = await show.call(window, { multiple: true });
  } catch (error) {
    // AbortError: nothing was chosen. Else the page may not ask so (it stands in a frame of another site).
    if (!(error instanceof DOMException && error.name === 'AbortError')) otherwise();
    return;
  }
  await openHandles(handles, modeNow(mode));
}

/** The page's file inputs, always there: scripts and screen readers find them by their names; the buttons press them. */
export function FilePicker() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const mode = useRef<PickMode>('replace');
  useEffect(() => {
    // Not among React's attributes, but in every browser that has folders to choose.
    if (folder.current !== null) folder.current.webkitdirectory = true;
    open = (wanted, what) => {
      mode.current = wanted;
      if (what === 'files' && window.showOpenFilePicker !== undefined)
        void pick(wanted, window.showOpenFilePicker, () => files.current?.click());
      else (what === 'files' ? files : folder).current?.click();
    };
    return () => {
      open = () => undefined;
    };
  }, []);
  const input = (ref: RefObject<HTMLInputElement | null>, label: string) => (
    <input
      ref={ref}
      type="file"
      multiple
      className="visually-hidden"
      aria-label={label}
      tabIndex={-1}
      onChange={(event) => {
        const given = givenFiles(event.target.files);
        void openGiven(given, modeNow(mode.current));
        mode.current = 'replace';
        // So that choosing the same file again is a change.
        event.target.value = '';
      }}
    />
  );
  return (
    <>
      {input(files, 'Open files')}
      {input(folder, 'Open a folder')}
    </>
  );
}
