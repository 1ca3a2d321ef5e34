import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import './status.css';
import './keys.css';
// Last: it says what of the others gives way where it gets narrow.
import './page.css';
import { useAsking } from '../../app/remote/asking';
import { type Phase, useStore } from '../../app/store';
import { titleOf } from '../../app/summary';
import type { FileKind } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { ErrorBoundary } from '../../ui/error-boundary';
import { ChooseDump } from '../intake/choose-dump';
import { ConsentPage } from '../intake/consent-page';
import { DropTarget } from '../intake/drop';
import { FailedPage } from '../intake/failed-page';
import { IntakeProgress } from '../intake/intake-progress';
import { NotADump } from '../intake/not-a-dump';
import { Notices } from '../intake/notices';
import { OpeningPage } from '../intake/opening-page';
import { usePaste } from '../intake/paste';
import { FilePicker } from '../intake/picker';
import { StartPage } from '../intake/start-page';
import { KeysDialog } from './keys-dialog';
import { loadWorkspace, prefetch } from './prefetch';
import { StatusLine } from './status-line';
import { TopLine } from './top-line';
import { useCommands } from './use-commands';

const Workspace = lazy(async () => ({ default: (await loadWorkspace()).Workspace }));

const SHOWN: ReadonlySet<FileKind> = new Set<FileKind>(['coredump', 'module', 'snapshot', 'memory-image']);

export function App() {
  const [keys, setKeys] = useState(false);
  const showKeys = useCallback(() => setKeys(true), []);
  useCommands(showKeys);
  usePaste();
  useEffect(() => {
    // For the benches: from here on files can be dropped, pasted and chosen. The parts' effects have run before this.
    performance.mark('wasmortem:usable');
    void prefetch();
  }, []);
  const phase = useStore((state) => state.phase);
  const asking = useAsking((state) => state.request);
  return (
    <ErrorBoundary name="The page" resetKey={phase.kind} version={__VERSION__}>
      <div className="app">
        <FilePicker />
        {asking === null ? <PhasePage phase={phase} onKeys={showKeys} /> : <ConsentPage request={asking} />}
        <Notices />
        <IntakeProgress />
        <ChooseDump />
        <DropTarget />
        <KeysDialog open={keys} onClose={() => setKeys(false)} />
      </div>
    </ErrorBoundary>
  );
}

function PhasePage({ phase, onKeys }: { readonly phase: Phase; readonly onKeys: () => void }) {
  switch (phase.kind) {
    case 'start':
      return <StartPage />;
    case 'opening':
      return <OpeningPage name={phase.name} progress={phase.progress} />;
    case 'failed':
      return <FailedPage name={phase.name} message={phase.message} />;
    case 'open':
      return <OpenPage snapshot={phase.snapshot} onKeys={onKeys} />;
  }
}

function OpenPage({ snapshot, onKeys }: { readonly snapshot: Snapshot; readonly onKeys: () => void }) {
  const title = titleOf(snapshot, visible(snapshot.name, 80));
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (!SHOWN.has(snapshot.dump.file.kind)) return <NotADump snapshot={snapshot} />;
  return (
    <>
      <TopLine snapshot={snapshot} onKeys={onKeys} />
      <Suspense fallback={<main className="workspace-loading" aria-busy="true" />}>
        <Workspace snapshot={snapshot} />
      </Suspense>
      <StatusLine />
    </>
  );
}
