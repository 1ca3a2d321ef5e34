import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import './status.css';
import './keys.css';
// Last: it says what of the others gives way where it gets narrow.
import './page.css';
import { useAsking } from '../../app/remote/asking';
import { type Phase, useStore } from '../../app/store';
import { ErrorBoundary } from '../../ui/error-boundary';
import { ChooseDump } from '../intake/choose-dump';
import { ConsentPage } from '../intake/consent-page';
import { DropTarget } from '../intake/drop';
import { FailedPage } from '../intake/failed-page';
import { IntakeProgress } from '../intake/intake-progress';
import { Notices } from '../intake/notices';
import { OpeningPage } from '../intake/opening-page';
import { usePaste } from '../intake/paste';
import { FilePicker } from '../intake/picker';
import { StartPage } from '../intake/start-page';
import { KeysDialog } from './keys-dialog';
import { loadOpenPage, prefetch } from './prefetch';
import { useCommands } from './use-commands';

const OpenPage = lazy(async () => ({ default: (await loadOpenPage()).OpenPage }));

export function App() {
  const [keys, setKeys] = useState(false);
  const showKeys = useCallback(() => setKeys(true), []);
  useCommands(showKeys);
  usePaste();
  useEffect(prefetch, []);
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
      return (
        <Suspense fallback={<main className="workspace-loading" aria-busy="true" />}>
          <OpenPage snapshot={phase.snapshot} onKeys={onKeys} />
        </Suspense>
      );
  }
}
