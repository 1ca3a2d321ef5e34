import { useEffect, useState } from 'react';
import './intake.css';
import { useLink } from '../../app/link/state';
import { openSample } from '../../app/open-sample';
import { canReopen } from '../../app/recent/entry';
import { useRecent } from '../../app/recent/state';
import { type Opened, openedBefore } from '../../app/reopen';
import { SAMPLES } from '../../app/samples';
import { visible } from '../../coredump/visible';
import { Icon, Mark } from '../../ui/icon';
import { size } from '../../ui/numbers';
import { openFolderPicker, openPicker } from './picker';
import { RecentSlot } from './recent-slot';
import { Remember } from './remember';
import { UrlForm } from './url-form';

export function StartPage() {
  const [before] = useState(openedBefore);
  const waiting = useLink((state) => state.waiting);
  useEffect(() => {
    document.title = 'Wasmortem: why did the WebAssembly program die?';
  }, []);
  return (
    <main className="start" data-region="start">
      <div className="start-column">
        <h1 className="start-title">
          <Mark />
          Wasmortem
        </h1>
        <p className="start-lead">Drop a WebAssembly coredump. See why the program died.</p>
        <div className="start-zone">
          <span>
            Drop a dump here, paste it, or{' '}
            <button type="button" className="button primary" onClick={() => openPicker('replace')}>
              Open a file
            </button>
            <kbd>Ctrl O</kbd> or{' '}
            <button type="button" className="button edge" onClick={() => openFolderPicker('replace')}>
              A folder
            </button>
          </span>
          <span className="quiet">
            Any size, also gzipped or in a zip. Drop the program's .wasm and its sources with it for names and
            lines.
          </span>
        </div>
        <UrlForm />
        {waiting && (
          <p className="start-note">
            Open the dump that this link is about: the link says what to show of it, and does not hold it.
          </p>
        )}
        {before !== null && <BeforeReload opened={before} />}
        <RecentSlot />
        <h2>Samples</h2>
        <ul className="samples">
          {SAMPLES.map((sample) => (
            <li key={sample.title}>
              <button type="button" className="link" onClick={() => void openSample(sample)}>
                {sample.title}
              </button>
              <span className="secondary">
                {sample.shows}
                <span className="origin">{sample.origin}</span>
              </span>
            </li>
          ))}
        </ul>
        <p className="start-foot">
          <Icon name="lock" />
          <span>Nothing leaves this page: no upload, no tracking.</span>
          <span className="grow" />
          <Remember />
          <span>Wasmortem {__VERSION__}</span>
        </p>
      </div>
    </main>
  );
}

function BeforeReload({ opened: { name, size: bytes } }: { readonly opened: Opened }) {
  const again = useRecent(({ entries }) =>
    entries?.find((entry) => canReopen(entry) && entry.name === name && entry.size === bytes),
  );
  const open = async () => {
    const { openRecent } = await import('../../app/recent/open-recent');
    if (again !== undefined) await openRecent(again);
  };
  return (
    <p className="start-note">
      <span className="mono">{visible(name)}</span> ({size(bytes)}) was open before the reload.{' '}
      {again === undefined ? (
        'A page cannot keep files: drop it again.'
      ) : (
        <button type="button" className="link" onClick={() => void open()}>
          Open it again
        </button>
      )}
    </p>
  );
}
