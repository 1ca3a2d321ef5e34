import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels';
import { followCompare } from '../../app/compare';
import { useLink } from '../../app/link/state';
import { type Pane, useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { ErrorBoundary } from '../../ui/error-boundary';
import { Icon, type IconName } from '../../ui/icon';
import { Inspector } from '../inspector/inspector';
import { LeftPanel } from '../left/left-panel';
import { Drawer } from './drawer';
import { useStoredSizes } from './layout';
import { Views, viewLabel } from './views';

/** A closed drawer still shows its tabs. */
const DRAWER_CLOSED = 30;
const DRAWER_LEAST = 110;
const DRAWER_OPEN = 210;

const PANES: readonly { readonly id: Pane; readonly label: string; readonly icon: IconName }[] = [
  { id: 'left', label: 'Stack', icon: 'stack' },
  { id: 'mid', label: 'Memory', icon: 'grid' },
  { id: 'right', label: 'Inspector', icon: 'info' },
];

/** Three columns that can be resized and closed; where only one fits, one at a time. */
export function Workspace({ snapshot }: { readonly snapshot: Snapshot }) {
  const pane = useStore((state) => state.pane);
  const showPane = useStore((state) => state.showPane);
  const view = useStore((state) => state.view);
  const { sizes, store } = useStoredSizes('columns');
  const left = useClosable();
  const right = useClosable();
  useEffect(() => followCompare(), []);
  return (
    <>
      <div className="workspace" data-pane={pane}>
        <Group id="columns" defaultLayout={sizes} onLayoutChanged={(layout) => store(layout)}>
          <Panel
            id="left"
            className="column"
            panelRef={left.panel}
            defaultSize={268}
            minSize={180}
            collapsible
            groupResizeBehavior="preserve-pixel-size"
            onResize={left.onResize}
          >
            <Region name="Threads and modules" id="left" snapshot={snapshot}>
              <LeftPanel snapshot={snapshot} />
            </Region>
          </Panel>
          <Separator className="separator" id="left-edge" aria-label="Width of the threads" />
          <Panel id="mid" className="column" minSize={500}>
            <Middle snapshot={snapshot}>
              <PanelToggle icon="panelLeft" what="threads" of={left} />
              <PanelToggle icon="panelRight" what="inspector" of={right} />
            </Middle>
          </Panel>
          <Separator className="separator" id="right-edge" aria-label="Width of the inspector" />
          <Panel
            id="right"
            className="column"
            panelRef={right.panel}
            defaultSize={340}
            minSize={220}
            collapsible
            groupResizeBehavior="preserve-pixel-size"
            onResize={right.onResize}
          >
            <Region name="Inspector" id="right" snapshot={snapshot}>
              <Inspector snapshot={snapshot} />
            </Region>
          </Panel>
        </Group>
      </div>
      <nav className="panes" aria-label="Panels">
        {PANES.map(({ id, label, icon }) => (
          <button key={id} type="button" aria-current={pane === id} onClick={() => showPane(id)}>
            <Icon name={icon} />
            {id === 'mid' ? viewLabel(view) : label}
          </button>
        ))}
      </nav>
    </>
  );
}

function Middle({ snapshot, children }: { readonly snapshot: Snapshot; readonly children: ReactNode }) {
  const toggleDrawer = useStore((state) => state.toggleDrawer);
  const view = useStore((state) => state.view);
  const { sizes, store } = useStoredSizes('middle');
  const drawer = useRef<PanelImperativeHandle>(null);
  // Only changes are followed: at first the panel is as it was left, and `onResize` tells the store.
  useEffect(
    () =>
      useStore.subscribe(({ drawerOpen }, before) => {
        if (drawerOpen !== before.drawerOpen) setOpen(drawer.current, drawerOpen);
      }),
    [],
  );
  useEffect(() => {
    const obey = () => {
      const { lists } = useLink.getState();
      if (lists === null) return;
      useLink.setState({ lists: null });
      setOpen(drawer.current, lists === 'open');
    };
    obey();
    return useLink.subscribe(obey);
  }, []);
  return (
    <main className="middle">
      <Group
        id="middle"
        orientation="vertical"
        defaultLayout={sizes}
        onLayoutChanged={(layout) => store(layout)}
      >
        <Panel id="memory" className="column" minSize={120}>
          <Region name={viewLabel(view)} id="memory" snapshot={snapshot}>
            <Views snapshot={snapshot}>{children}</Views>
          </Region>
        </Panel>
        <Separator className="separator" id="drawer-edge" aria-label="Height of the lists" />
        <Panel
          id="drawer"
          className="column"
          panelRef={drawer}
          defaultSize={DRAWER_OPEN}
          minSize={DRAWER_LEAST}
          collapsible
          collapsedSize={DRAWER_CLOSED}
          groupResizeBehavior="preserve-pixel-size"
          onResize={({ inPixels }) => {
            // Of no height at all it is only not shown: another pane is, where one fits.
            if (inPixels > 0) toggleDrawer(inPixels > DRAWER_CLOSED + 1);
          }}
        >
          <Drawer snapshot={snapshot} />
        </Panel>
      </Group>
    </main>
  );
}

function setOpen(drawer: PanelImperativeHandle | null, open: boolean): void {
  if (drawer === null || drawer.isCollapsed() === !open) return;
  if (!open) {
    drawer.collapse();
    return;
  }
  drawer.expand();
  // Closed since before a reload, it does not know how high it was.
  if (drawer.getSize().inPixels <= DRAWER_LEAST) drawer.resize(DRAWER_OPEN);
}

interface RegionProps {
  readonly name: string;
  readonly id: string;
  readonly snapshot: Snapshot;
  readonly children: ReactNode;
}

/** A panel: F6 comes here, and when it fails the others live on. */
function Region({ name, id, snapshot, children }: RegionProps) {
  return (
    <section className="region" aria-label={name} data-region={id}>
      <ErrorBoundary name={name} resetKey={snapshot} version={__VERSION__}>
        {children}
      </ErrorBoundary>
    </section>
  );
}

/** A side panel that closes and comes back as wide as it was. */
function useClosable() {
  const panel = useRef<PanelImperativeHandle>(null);
  const [open, setOpen] = useState(true);
  return {
    panel,
    open,
    onResize: ({ inPixels }: { readonly inPixels: number }) => setOpen(inPixels > 0),
    toggle: () => (open ? panel.current?.collapse() : panel.current?.expand()),
  };
}

interface ToggleProps {
  readonly icon: IconName;
  readonly what: string;
  readonly of: { readonly open: boolean; readonly toggle: () => void };
}

function PanelToggle({ icon, what, of }: ToggleProps) {
  const label = `${of.open ? 'Close' : 'Open'} the ${what}`;
  return (
    <button
      type="button"
      className="button icon-only wide-only"
      aria-label={label}
      title={label}
      aria-expanded={of.open}
      onClick={of.toggle}
    >
      <Icon name={icon} />
    </button>
  );
}
