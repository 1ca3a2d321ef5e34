import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { useStore, type View } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { ErrorBoundary } from '../../ui/error-boundary';
import { Tabs, useTabIds } from '../../ui/tabs';
import { MemoryPanel } from '../memory/memory-panel';

const Disassembly = lazy(async () => ({
  default: (await import('../disassembly/disassembly')).Disassembly,
}));
const Source = lazy(async () => ({ default: (await import('../source/source-panel')).SourcePanel }));

interface Entry {
  readonly id: View;
  readonly label: string;
  readonly Panel: ComponentType<{ readonly snapshot: Snapshot }>;
}

/** What can stand beside the memory, in the order of the tabs. */
const OTHERS: readonly Entry[] = [
  { id: 'source', label: 'Source', Panel: Source },
  { id: 'disassembly', label: 'Disassembly', Panel: Disassembly },
];

const TABS = [{ id: 'memory' as View, label: 'Memory' }, ...OTHERS].map(({ id, label }) => ({
  id,
  label,
  count: null,
}));

/** What a view is called. */
export function viewLabel(view: View): string {
  return TABS.find(({ id }) => id === view)?.label ?? '';
}

/**
 * The views of the middle column under their tabs. The memory stays where it is while another stands before it: its
 * place, folds and pages are kept by being there.
 */
export function Views({ snapshot, children }: { readonly snapshot: Snapshot; readonly children: ReactNode }) {
  const view = useStore((state) => state.view);
  const showView = useStore((state) => state.showView);
  const idBase = useTabIds();
  const other = OTHERS.find(({ id }) => id === view);
  const panel = { role: 'tabpanel', id: `${idBase}-panel`, 'aria-labelledby': `${idBase}-tab-${view}` };
  return (
    <>
      <div className="tab-bar">
        <Tabs label="Views" tabs={TABS} selected={view} onSelect={showView} idBase={idBase} />
        <span className="grow" />
        {children}
      </div>
      <div className="views">
        <div className="view" {...(other === undefined ? panel : { inert: true })}>
          <MemoryPanel />
        </div>
        {other !== undefined && (
          <div className="view" {...panel}>
            <ErrorBoundary name={other.label} resetKey={snapshot} version={__VERSION__}>
              <Suspense>
                <other.Panel snapshot={snapshot} />
              </Suspense>
            </ErrorBoundary>
          </div>
        )}
      </div>
    </>
  );
}
