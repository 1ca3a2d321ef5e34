import { lastName } from '../../app/intake/given';
import type { FrameSource, Mark } from '../../app/sources/frame-source';
import { urlOf } from '../../app/sources/paths';
import { chooseSource } from '../../app/sources/registry';
import { useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import type { FrameLine, Snapshot } from '../../session/types';
import { CopyButton } from '../../ui/copy-button';
import { counted, size } from '../../ui/numbers';
import { openFolderPicker, openPicker } from '../intake/picker';
import { noLineText, placeText } from './words';

interface Props {
  readonly snapshot: Snapshot;
  readonly source: Exclude<FrameSource, { kind: 'file' }>;
  /** The nearest frame whose file is here; null: there is none. */
  readonly near: (Mark & { readonly at: FrameLine }) | null;
  readonly onFrame: (mark: Mark) => void;
}

/** What is known without the file, and what to drop. */
export function WithoutFile({ snapshot, source, near, onFrame }: Props) {
  const nearest = near !== null && (
    <p>
      The file of frame {near.frame} is here:{' '}
      <button type="button" className="link mono" onClick={() => onFrame(near)}>
        {placeText(near.at)}
      </button>
    </p>
  );
  if (source.kind === 'no-frame') return <p className="source-instead">No frame is selected.</p>;
  if (source.kind === 'no-line') {
    return (
      <div className="source-instead">
        <p>{noLineText(snapshot)}</p>
        {nearest}
      </div>
    );
  }
  const { at, path } = source;
  const line = at.line === null ? '' : `:${at.line}${at.column === null ? '' : `:${at.column}`}`;
  if (source.kind === 'several') {
    return (
      <div className="source-instead">
        <p>
          {counted(source.files.length, 'file')} may be{' '}
          <span className="mono">
            {visible(path)}
            {line}
          </span>
          . Which one is it?
        </p>
        <ul>
          {source.files.slice(0, 100).map((file) => (
            <li key={file.id}>
              <button type="button" className="link mono" onClick={() => chooseSource(path, file.id)}>
                {visible(file.path)}
              </button>{' '}
              <span className="quiet">{size(file.size)}</span>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const url = urlOf(path);
  return (
    <div className="source-instead">
      <p className="mono source-missing">
        {visible(path)}
        {line}
      </p>
      <p>
        The file is not here. Drop <span className="mono">{visible(lastName(path), 80)}</span>, its folder or
        a zip.
      </p>
      <div className="actions">
        <button type="button" className="button edge" onClick={() => openPicker('add')}>
          Choose files
        </button>
        <button type="button" className="button edge" onClick={() => openFolderPicker('add')}>
          Choose a folder
        </button>
      </div>
      {nearest}
      {url !== null && <Url url={url} />}
    </div>
  );
}

function Url({ url }: { readonly url: string }) {
  const setLive = useStore((state) => state.setLive);
  return (
    <>
      <p className="quiet">
        It stands at this address. Nothing is fetched from there; save it and drop the file.
      </p>
      <p className="mono source-missing">{visible(url, 400)}</p>
      <CopyButton label="Copy the address" text={() => url} announce={setLive} />
    </>
  );
}
