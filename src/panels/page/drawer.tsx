import { lazy, Suspense } from 'react';
import { differenceCount, useCompare } from '../../app/compare';
import { type DrawerTab, useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { ErrorBoundary } from '../../ui/error-boundary';
import { Icon } from '../../ui/icon';
import { type Tab, Tabs, useTabIds } from '../../ui/tabs';
import { Globals } from '../globals/globals';
import { ModulesAndInstances } from '../modules/modules';
import { Problems } from '../problems/problems';
import { Search } from '../search/search';
import { Sections } from '../sections/sections';
import { Segments } from '../segments/segments';
import { Strings } from '../strings/strings';

const Structs = lazy(async () => ({ default: (await import('../structs/structs')).Structs }));

const Compare = lazy(async () => ({ default: (await import('../compare/compare')).Compare }));

const PANELS = {
  globals: Globals,
  segments: Segments,
  sections: Sections,
  modules: ModulesAndInstances,
  search: Search,
  strings: Strings,
  structs: Structs,
  compare: Compare,
  problems: Problems,
} as const;

/** Lists under the memory. */
export function Drawer({ snapshot }: { readonly snapshot: Snapshot }) {
  const selected = useStore((state) => state.drawer);
  const open = useStore((state) => state.drawerOpen);
  const showDrawer = useStore((state) => state.showDrawer);
  const toggleDrawer = useStore((state) => state.toggleDrawer);
  const hits = useStore((state) => (state.hits.length === 0 ? null : state.hits.length));
  const differences = useCompare((state) => differenceCount(state, snapshot.id));
  const idBase = useTabIds();
  const { dump } = snapshot;
  const tabs: readonly Tab<DrawerTab>[] = [
    { id: 'globals', label: 'Globals', count: dump.globals.length },
    { id: 'segments', label: 'Segments', count: snapshot.segmentCount },
    { id: 'sections', label: 'Sections', count: dump.sections.length },
    { id: 'modules', label: 'Modules & instances', count: dump.modules.length + dump.instances.length },
    { id: 'search', label: 'Search', count: hits },
    { id: 'strings', label: 'Strings', count: null },
    { id: 'structs', label: 'Structs', count: null },
    { id: 'compare', label: 'Compare', count: differences },
    { id: 'problems', label: 'Problems', count: snapshot.problems.length + snapshot.notes.length },
  ];
  const Panel = PANELS[selected];
  const label = tabs.find((tab) => tab.id === selected)?.label ?? '';
  return (
    <section className="drawer" aria-label="Lists" data-region="lists">
      <div className="tab-bar low">
        <Tabs label="Lists" tabs={tabs} selected={selected} onSelect={showDrawer} idBase={idBase} />
        <span className="grow" />
        <button
          type="button"
          className="button icon-only"
          aria-label={open ? 'Close the lists' : 'Open the lists'}
          aria-expanded={open}
          onClick={() => toggleDrawer(!open)}
        >
          <Icon name={open ? 'down' : 'up'} />
        </button>
      </div>
      {open && (
        <div
          className="drawer-body"
          role="tabpanel"
          id={`${idBase}-panel`}
          aria-labelledby={`${idBase}-tab-${selected}`}
        >
          <ErrorBoundary name={label} resetKey={snapshot} version={__VERSION__}>
            <Suspense>
              <Panel snapshot={snapshot} />
            </Suspense>
          </ErrorBoundary>
        </div>
      )}
    </section>
  );
}
