import { useState } from 'react';
import './compare.css';
import { closeOther, type Other, otherOf, useCompare } from '../../app/compare';
import { progressText } from '../../app/progress';
import { session } from '../../app/session';
import { MESSAGE_LIMIT, visible } from '../../coredump/visible';
import type { Progress, Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { type Tab, Tabs, useTabIds } from '../../ui/tabs';
import { openPicker } from '../intake/picker';
import { Build } from './build';
import { Differences } from './differences';
import { GlobalsBeside } from './globals-beside';
import { Memories } from './memories';

type View = 'differences' | 'memories' | 'globals' | 'build';

const TABS: readonly Tab<View>[] = [
  { id: 'differences', label: 'Differences', count: null },
  { id: 'memories', label: 'Memories', count: null },
  { id: 'globals', label: 'Globals side by side', count: null },
  { id: 'build', label: 'Build, stacks', count: null },
];

const VIEWS = { differences: Differences, memories: Memories, globals: GlobalsBeside, build: Build } as const;

/** The drawer's tab "Compare": a second dump beside the open one. */
export function Compare({ snapshot }: { readonly snapshot: Snapshot }) {
  const other = useCompare((state) => otherOf(state, snapshot.id));
  return (
    <div className="compare">
      {other.kind === 'open' ? (
        <Beside here={snapshot} there={other.snapshot} />
      ) : (
        <Choose here={snapshot} other={other} />
      )}
    </div>
  );
}

function Choose({
  here,
  other,
}: {
  readonly here: Snapshot;
  readonly other: Exclude<Other, { kind: 'open' }>;
}) {
  return (
    <div className="compare-choose">
      {other.kind === 'failed' && (
        <p role="alert" className="warn-text">
          {visible(other.name, 60)} cannot be compared. {visible(other.message, MESSAGE_LIMIT)}
        </p>
      )}
      {other.kind === 'opening' ? (
        <>
          <p role="status">
            {other.progress === null ? `Opening ${visible(other.name, 60)}` : progressText(other.progress)}
          </p>
          <Opening progress={other.progress} />
        </>
      ) : (
        <>
          <p>
            Shows what differs between {visible(here.name, 60)} and a second dump: bytes, globals, stacks.
            Drop it on "Compare with it".
          </p>
          <button type="button" className="button edge" onClick={() => openPicker('compare')}>
            <Icon name="beside" small />
            Choose a dump to compare with…
          </button>
        </>
      )}
    </div>
  );
}

/** Stops and goes on with what the second dump needs before it can be compared. */
function Opening({ progress }: { readonly progress: Progress | null }) {
  const stopped = progress?.state === 'stopped';
  return (
    <>
      {progress !== null && progress.state !== 'done' && (
        <button
          type="button"
          className="button edge"
          onClick={() => void (stopped ? session().compare.resumeOpening() : session().compare.stopOpening())}
        >
          <Icon name={stopped ? 'go' : 'stop'} small />
          {stopped ? 'Go on' : 'Stop'}
        </button>
      )}
      {progress?.state !== 'done' && <CloseButton />}
    </>
  );
}

function CloseButton() {
  return (
    <button type="button" className="button edge" aria-label="Close the comparison" onClick={closeOther}>
      <Icon name="close" small />
      Close
    </button>
  );
}

function Beside({ here, there }: { readonly here: Snapshot; readonly there: Snapshot }) {
  const [view, setView] = useState<View>('differences');
  const idBase = useTabIds();
  const { indexing } = there;
  const View = VIEWS[view];
  return (
    <>
      <div className="compare-bar">
        <Tabs label="Compare" tabs={TABS} selected={view} onSelect={setView} idBase={idBase} />
        <span className="grow" />
        <span className="compare-names clip">
          <span className="quiet">This dump</span> {visible(here.name, 60)}{' '}
          <span className="quiet">Other dump</span> {visible(there.name, 60)}
        </span>
        {indexing.state === 'done' ? (
          <CloseButton />
        ) : (
          <>
            <span className="secondary numbers">{progressText(indexing)}</span>
            <Opening progress={indexing} />
          </>
        )}
      </div>
      <div
        className="compare-view"
        role="tabpanel"
        id={`${idBase}-panel`}
        aria-labelledby={`${idBase}-tab-${view}`}
      >
        <View here={here} there={there} />
      </div>
    </>
  );
}
