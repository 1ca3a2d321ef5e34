import './memory.css';
import './memory-rows.css';
import './memory-strip.css';
import { type KeyboardEvent, useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { chooseMemoryView, useMemoryView, type View } from '../../app/memory-view';
import { session } from '../../app/session';
import { snapshotOf, useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { MemorySummary, NamedSegment, Snapshot } from '../../session/types';
import { instead, nothingCaptured } from './empty-text';
import { goToContext } from './go-to-context';
import { Grid, type GridHandle, type KeptGrid } from './grid';
import { monoAdvance } from './mono-advance';
import { type Anchor, TOP } from './rows';
import { Strip, type StripHandle } from './strip';
import { Toolbar } from './toolbar';
import { useElementSize } from './use-element-size';
import { useFolds } from './use-folds';
import { useLive } from './use-live';
import { useNamedSegments } from './use-strip';
import { rowBytesFor } from './view';
import { address0x, addressDigits } from './words';

/** A memory that was not shown yet. No jump has that number: the selection, if it has one, is shown. */
const FRESH: KeptGrid = { anchor: TOP, opened: [], jumps: -1 };

/** The memory in the middle: toolbar, grid, coverage strip. Draws nothing while no dump is open. */
export function MemoryPanel() {
  const snapshot = useStore(snapshotOf);
  const wanted = useStore((state) => state.memory);
  if (snapshot === null) return null;
  const memory = snapshot.memories[wanted] === undefined ? 0 : wanted;
  return (
    <MemoryView key={`${snapshot.name} ${snapshot.dump.file.size}`} snapshot={snapshot} memory={memory} />
  );
}

function MemoryView({ snapshot, memory }: { readonly snapshot: Snapshot; readonly memory: number }) {
  const selected = useStore((state) => state.bytes);
  const goToWishes = useStore((state) => state.focusGoTo);
  const { jump, setLive } = useStore.getState();
  const [repeats, repeat] = useReducer((count: number) => count + 1, 0);
  const panel = useRef<HTMLElement>(null);
  const goTo = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const left = useRef<Anchor | null>(null);
  const { width } = useElementSize(panel);
  const view = useMemoryView((state) => state.view);
  const [advance] = useState(monoAdvance);
  const segments = useNamedSegments(memory, snapshot.version);
  // How each memory was left, by its index.
  const kept = useRef(new Map<number, KeptGrid>());
  const summary = snapshot.memories[memory];
  const selection = selected?.memory === memory ? selected : null;
  const cursor = selection?.focus ?? 0;
  const size = summary?.size ?? 0;
  const rowBytes = rowBytesFor(view, width, addressDigits(size), advance);
  useLive(selection, size, snapshot.version + repeats);

  // A wish from before this panel was there is not its own: the next dump must not begin in the textbox.
  const granted = useRef(goToWishes);
  useEffect(() => {
    if (granted.current === goToWishes) return;
    granted.current = goToWishes;
    goTo.current?.focus();
  }, [goToWishes]);

  const onRegion = (direction: 1 | -1) => {
    session()
      .nextRegion(memory, cursor, direction)
      .then((address) => {
        const side = direction > 0 ? 'after' : 'before';
        if (address !== null) jump(memory, address);
        else setLive(`No captured region ${side} ${address0x(cursor, addressDigits(size))}.`);
      })
      .catch((error: unknown) => setLive(error instanceof Error ? error.message : String(error)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === '[') onRegion(-1);
    else if (command && event.key === ']') onRegion(1);
    else return;
    event.preventDefault();
  };
  const onPreview = (address: Address) => {
    left.current ??= grid.current?.anchor() ?? null;
    grid.current?.peek(address);
  };
  const onCancel = () => {
    if (left.current !== null) grid.current?.restore(left.current);
    left.current = null;
    repeat();
  };
  const onDone = () => {
    left.current = null;
    grid.current?.focus();
  };

  const message = instead(snapshot, memory);
  const notice = nothingCaptured(snapshot, memory);
  return (
    <section ref={panel} className="mem-panel" aria-label="Memory" onKeyDown={onKeyDown}>
      <Toolbar
        snapshot={snapshot}
        memory={memory}
        context={goToContext(snapshot, memory, cursor, segments)}
        at={selection?.focus ?? null}
        goToRef={goTo}
        view={view}
        rowBytes={rowBytes}
        onView={chooseMemoryView}
        onRegion={onRegion}
        onPreview={onPreview}
        onCancel={onCancel}
        onDone={onDone}
      />
      {notice !== null && <p className="mem-notice">{notice}</p>}
      {message !== null || summary === undefined ? (
        <p className="mem-instead">{message}</p>
      ) : (
        <MemoryBody
          key={memory}
          grid={grid}
          memory={memory}
          summary={summary}
          snapshot={snapshot}
          segments={segments}
          rowBytes={rowBytes}
          view={view}
          kept={kept.current}
        />
      )}
    </section>
  );
}

interface BodyProps {
  readonly grid: React.RefObject<GridHandle | null>;
  readonly memory: number;
  readonly snapshot: Snapshot;
  readonly summary: MemorySummary;
  readonly segments: readonly NamedSegment[];
  readonly rowBytes: Bytes;
  readonly view: View;
  readonly kept: Map<number, KeptGrid>;
}

/** Grid and strip of one memory. */
function MemoryBody({ grid, memory, snapshot, summary, rowBytes, view, segments, kept }: BodyProps) {
  const { version } = snapshot;
  const bytes = useStore((state) => state.bytes);
  const jumps = useStore((state) => state.reveal);
  const { loaded, failure } = useFolds(memory, version, rowBytes);
  const strip = useRef<StripHandle>(null);
  const onView = useCallback((first: Address, last: Address) => strip.current?.view(first, last), []);
  if (failure !== null && loaded === null) return <p className="mem-instead">{failure}</p>;
  return (
    <div className="mem-body">
      {loaded === null ? (
        <div className="mem-grid" />
      ) : (
        <Grid
          ref={grid}
          memory={memory}
          summary={summary}
          version={version}
          loaded={loaded}
          selection={bytes?.memory === memory ? bytes : null}
          jumps={jumps}
          onView={onView}
          view={view}
          kept={kept.get(memory) ?? FRESH}
          keep={(left) => kept.set(memory, left)}
        />
      )}
      <Strip
        ref={strip}
        memory={memory}
        snapshot={snapshot}
        summary={summary}
        segments={segments}
        onGo={(address) => grid.current?.peek(address)}
      />
    </div>
  );
}
