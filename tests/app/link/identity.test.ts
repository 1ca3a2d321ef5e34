import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveCode, setOffsetBase } from '../../../src/app/code-place';
import { LinkFollower } from '../../../src/app/link/follow';
import { pageNow } from '../../../src/app/link/page-now';
import { printLink } from '../../../src/app/link/print';
import { useLink } from '../../../src/app/link/state';
import { type LinkView, NO_SOURCE, NO_VIEW } from '../../../src/app/link/types';
import { viewOf } from '../../../src/app/link/view-of';
import { PLAIN, showMemoryView, useMemoryView } from '../../../src/app/memory-view';
import { openFiles, startSession } from '../../../src/app/open';
import { useSearch } from '../../../src/app/search';
import { useShownSource } from '../../../src/app/sources/shown';
import { snapshotOf, useStore } from '../../../src/app/store';
import { ALL_STRINGS, setStringsForm } from '../../../src/app/strings';
import { useStructs } from '../../../src/app/structs/state';
import type { DebugModule } from '../../../src/session/types';
import { fixtureJson } from '../../fixture';
import { type Expected, FakeSession, snapshotOfExpected } from '../fake-session';
import { FakeBar } from './fake-bar';
import { viewsOf } from './views';

const divide = fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json');
const module = (id: number, name: string): DebugModule => ({
  id,
  name,
  size: 1000,
  functions: 60,
  names: 60,
  verdict: 'matches',
  evidence: '',
  base: null,
  debug: '',
  embedded: [],
  problems: [],
});
const modules = [module(3, 'app.wasm'), module(7, 'lib @ 2.wasm')];

let bar: FakeBar;
let fake: FakeSession;
let follower: LinkFollower | null = null;

async function page(hash: string, held: readonly DebugModule[]): Promise<void> {
  bar = new FakeBar(hash);
  follower = new LinkFollower(bar, () => undefined);
  follower.start();
  fake = new FakeSession(divide, snapshotOfExpected(divide, 'c-divide.core', { modules: held }));
  startSession(() => fake);
  await openFiles([{ name: 'c-divide.core', blob: new Blob([]) }], 'replace');
  await Promise.resolve();
}

function typed(hash: string): void {
  bar.type(hash);
  follower?.travelled();
}

const text = (view: LinkView) => printLink({ source: NO_SOURCE, view });

/** The frame stands in a link where it is not the first, or where a place was gone to from it. */
function expected(view: LinkView, structs: LinkView['structs']): LinkView {
  const place = view.code !== null || view.source !== null;
  const { thread, frame } = view.frame ?? { thread: 0, frame: 0 };
  return {
    ...view,
    frame: frame === 0 && !place ? null : { thread, frame },
    structs: view.structs ?? structs,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('sessionStorage', {
    getItem: () => null,
    setItem: () => undefined,
    removeItem: () => undefined,
  });
  useStore.getState().reset({ kind: 'start' });
  useStore.getState().dismissAll();
  useStore.setState({ view: 'memory', drawer: 'globals', drawerOpen: true });
  useSearch.setState({ run: null });
  useLink.setState({ waiting: false, lists: null });
  useStructs.setState({ dump: null });
  useShownSource.setState({ shown: null });
  showMemoryView(PLAIN);
  leaveCode();
  setOffsetBase('function');
  setStringsForm(ALL_STRINGS);
});

afterEach(() => {
  follower?.end();
  vi.useRealTimers();
});

describe('a view', () => {
  const views = viewsOf({ frames: 8, bytes: 131_072, modules: modules.map(({ name }) => name) });

  it('printed, read, shown and taken from the page again is the same', async () => {
    await page('', modules);
    let structs: LinkView['structs'] = null;
    fc.assert(
      fc.property(views, (view) => {
        typed(text(view));
        const wanted = expected(view, structs);
        structs = wanted.structs;
        expect(bar.hash()).toBe(text(wanted));
        const snapshot = snapshotOf(useStore.getState());
        if (snapshot === null) throw new Error('no dump');
        // What the session was asked for and has not answered is the gaps alone.
        expect(viewOf(pageNow(), snapshot)).toEqual({ ...wanted, gaps: [] });
      }),
      { numRuns: 300 },
    );
    expect(useStore.getState().notices).toEqual([]);
  });

  it('is the same by the link that a page is opened with', async () => {
    const [view] = fc.sample(
      views.filter(({ code, search, source, structs }) =>
        [code, search, source, structs].every((part) => part !== null),
      ),
      { numRuns: 1, seed: 7 },
    );
    if (view === undefined) throw new Error('no view');
    await page(text(view), modules);
    expect(bar.hash()).toBe(text(expected(view, null)));
  });
});

describe('a link', () => {
  it('leaves what it does not say as this browser has it', async () => {
    showMemoryView({ rowBytes: 32, group: 1, format: 'hex' });
    await page('#v=1&f=2', []);
    expect(useMemoryView.getState().view.rowBytes).toBe(32);
    expect(bar.hash()).toBe('#v=1&f=2&row=32');
  });

  it('into a module that is not open says so, keeps the place, and shows it when the module comes', async () => {
    await page('#v=1&f=2&view=disassembly&code=12:3e@app.wasm', []);
    expect(useStore.getState().notices.map(({ message }) => message)).toEqual([
      'The link shows func[12] of app.wasm, which is not open: add it.',
    ]);
    expect(bar.hash()).toBe('#v=1&f=2&view=disassembly&code=12:3e@app.wasm');
    expect(pageNow().gone).toBe(null);
    fake.onUpdate?.({ kind: 'snapshot', snapshot: { ...fake.snapshot, version: 2, modules } });
    expect(pageNow().gone).toMatchObject({ place: { module: 3, function: 12 }, offset: 0x3e });
    vi.advanceTimersByTime(1000);
    expect(bar.hash()).toBe('#v=1&f=2&view=disassembly&code=12:3e@app.wasm');
  });

  it('into a module that is not open is not waited for by one who went elsewhere', async () => {
    await page('#v=1&f=2&code=12:3e@app.wasm', []);
    follower?.touch({ kind: 'press', continuous: false, at: 5000 });
    useStore.getState().selectFrame({ thread: 0, frame: 4 });
    expect(bar.hash()).toBe('#v=1&f=4');
    fake.onUpdate?.({ kind: 'snapshot', snapshot: { ...fake.snapshot, version: 2, modules } });
    expect(pageNow().gone).toBe(null);
  });

  it('from a frame that the dump has not shows none of its places', async () => {
    await page('#v=1&f=99&code=12@app.wasm&src=main.c:3', modules);
    expect(useStore.getState().notices.map(({ message }) => message)).toEqual([
      "c-divide.core has 8 frames in thread 0; the link's is frame 99.",
    ]);
    expect(bar.hash()).toBe('');
  });

  it('never takes away structs that were typed', async () => {
    await page('', []);
    const overlay = { text: 'int a;', root: null, memory: 0, address: 16, count: 1, follow: null };
    typed(text({ ...NO_VIEW, structs: overlay }));
    typed('#v=1&f=2');
    expect(pageNow().overlay).toEqual(overlay);
    expect(bar.hash()).toBe('#v=1&f=2&laid=10&struct=int%20a%3b');
  });
});
