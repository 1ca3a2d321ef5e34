import '../../../src/ui/tokens.css';
import './dev.css';
import { createRoot } from 'react-dom/client';
import { setSession } from '../../../src/app/session';
import { useStore } from '../../../src/app/store';
import { MemoryPanel } from '../../../src/panels/memory/memory-panel';
import { fakeSession } from './fake-session';
import { SHAPES } from './shapes';

/** A page with nothing but the panel: `dev.html#memory=heap,sparse&delay=300&theme=dark&data=none`. */
const wanted = new URLSearchParams(location.hash.slice(1));
const names = (wanted.get('memory') ?? 'heap').split(',').filter((name) => name in SHAPES);
const theme = wanted.get('theme');
if (theme !== null) document.documentElement.setAttribute('data-theme', theme);

const fake = fakeSession(
  names.map((name) => SHAPES[name as keyof typeof SHAPES]()),
  (snapshot) => useStore.getState().setPhase({ kind: 'open', snapshot }),
  { delay: Number(wanted.get('delay') ?? 0), dataSection: wanted.get('data') !== 'none' },
);
setSession(fake);
useStore.getState().setPhase({ kind: 'open', snapshot: fake.snapshot() });
Object.assign(window, { store: useStore, fake });

function Page() {
  const live = useStore((state) => state.live);
  return (
    <main className="dev">
      <h1 className="dev-title">Memory panel</h1>
      <MemoryPanel />
      <p className="dev-live" aria-live="polite">
        {live}
      </p>
    </main>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Page />);
