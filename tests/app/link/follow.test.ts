import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkFollower } from '../../../src/app/link/follow';
import { rememberSource } from '../../../src/app/link/source';
import { useLink } from '../../../src/app/link/state';
import type { LinkSource } from '../../../src/app/link/types';
import { closeDump, openFiles, startSession } from '../../../src/app/open';
import { setForm, startSearch, useSearch } from '../../../src/app/search';
import { snapshotOf, useStore } from '../../../src/app/store';
import type { Snapshot } from '../../../src/session/types';
import { fixtureJson } from '../../fixture';
import { type Expected, FakeSession, snapshotOfExpected } from '../fake-session';
import { FakeBar } from './fake-bar';

const divide = fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json');
const state = () => useStore.getState();
const file = (name: string) => ({ name, blob: new Blob([]) });

let follower: LinkFollower | null = null;
let bar: FakeBar;
let opened: LinkSource[];
let fake: FakeSession;
let clock = 0;

function follow(hash = ''): void {
  bar = new FakeBar(hash);
  opened = [];
  follower = new LinkFollower(bar, (source) => opened.push(source));
  follower.start();
}

async function open(name = 'c-divide.core', changes: Partial<Snapshot> = {}): Promise<void> {
  fake = new FakeSession(divide, snapshotOfExpected(divide, name, changes));
  startSession(() => fake);
  await openFiles([file(name)], 'replace');
  await Promise.resolve();
}

/** A click: what follows is a selection of its own. */
function press(): void {
  clock += 1000;
  follower?.touch({ kind: 'press', continuous: false, at: clock });
}

function arrow(after: number): void {
  clock += after;
  follower?.touch({ kind: 'key', continuous: true, at: clock });
}

function go(to: -1 | 1): void {
  press();
  bar.shown += to;
  follower?.travelled();
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('sessionStorage', {
    getItem: () => null,
    setItem: () => undefined,
    removeItem: () => undefined,
  });
  state().reset({ kind: 'start' });
  state().dismissAll();
  useStore.setState({ view: 'memory', drawer: 'globals', drawerOpen: true });
  useSearch.setState({ run: null });
  useLink.setState({ waiting: false, lists: null });
});

afterEach(() => {
  follower?.end();
  vi.useRealTimers();
});

describe('the address', () => {
  it('has an entry for each selection, and Back and Forward show them', async () => {
    follow();
    await open();
    press();
    state().selectFrame({ thread: 0, frame: 3 });
    press();
    state().jump(0, 0x10000, 4);
    press();
    state().showView('source');
    press();
    state().showDrawer('segments');
    press();
    state().toggleDrawer(false);
    expect(bar.hashes).toEqual([
      '',
      '#v=1&f=3',
      '#v=1&f=3&a=10000-10003',
      '#v=1&f=3&a=10000-10003&view=source',
      '#v=1&f=3&a=10000-10003&view=source&list=segments',
      '#v=1&f=3&a=10000-10003&view=source&list=closed',
    ]);
    const before = [...bar.hashes];
    go(-1);
    expect(state()).toMatchObject({ drawer: 'segments', drawerOpen: true, view: 'source' });
    go(-1);
    go(-1);
    expect(state()).toMatchObject({ view: 'memory', drawer: 'globals' });
    go(-1);
    expect(state().bytes).toBe(null);
    go(-1);
    expect(state().frame).toEqual({ thread: 0, frame: 0 });
    expect(useLink.getState()).toMatchObject({ canBack: false, canForward: true });
    for (let step = 0; step < 5; step += 1) go(1);
    expect(state().bytes).toEqual({ memory: 0, anchor: 0x10003, focus: 0x10000 });
    expect(state()).toMatchObject({ view: 'source', drawerOpen: false, frame: { thread: 0, frame: 3 } });
    expect(useLink.getState()).toMatchObject({ canBack: true, canForward: false });
    expect(bar.hashes).toEqual(before);
  });

  it('has one entry for a drag, and one for arrow keys that follow each other, written a few times a second', async () => {
    follow();
    await open();
    press();
    const { writes } = bar;
    for (let to = 0; to < 100; to += 1) {
      state().selectBytes({ memory: 0, anchor: 0x100, focus: 0x100 + to });
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(300);
    expect(bar.hashes).toEqual(['', '#v=1&a=163-100']);
    expect(bar.writes - writes).toBeLessThanOrEqual(6);
    clock += 5000;
    for (let to = 0; to < 5; to += 1) {
      arrow(100);
      state().selectBytes({ memory: 0, anchor: 0x200 + to, focus: 0x200 + to });
    }
    arrow(700);
    state().selectBytes({ memory: 0, anchor: 0x300, focus: 0x300 });
    expect(bar.hashes).toEqual(['', '#v=1&a=163-100', '#v=1&a=204', '#v=1&a=300']);
  });

  it('is not changed by what it does not say', async () => {
    follow();
    await open();
    const { writes } = bar;
    press();
    state().setLive('0x10 captured');
    state().mark({ memory: 0, first: 0, last: 3 });
    fake.onUpdate?.({ kind: 'snapshot', snapshot: { ...fake.snapshot, version: 9 } });
    vi.advanceTimersByTime(1000);
    expect(bar.writes).toBe(writes);
  });

  it('holds the search that was begun, and Back begins the one before it again', async () => {
    follow();
    await open();
    press();
    setForm({ kind: 'pointers', text: '0x10', aligned: false, zeros: true });
    startSearch();
    press();
    setForm({ kind: 'text', text: 'abc' });
    startSearch();
    expect(bar.hashes.slice(1)).toEqual([
      '#v=1&find=pointers.unaligned.zeros&q=0x10',
      '#v=1&find=text.zeros&q=abc',
    ]);
    go(-1);
    expect(useSearch.getState().run?.request.query).toMatchObject({
      kind: 'pointers',
      text: '0x10',
      aligned: false,
    });
    expect(useSearch.getState().form).toMatchObject({ kind: 'pointers', text: '0x10', zeros: true });
  });

  it('holds the word on gaps, and Back takes it back', async () => {
    follow();
    await open();
    press();
    const [memory] = fake.snapshot.memories;
    if (memory === undefined) throw new Error('no memory');
    const set: Snapshot = { ...fake.snapshot, version: 2, memories: [{ ...memory, override: 'missing' }] };
    fake.onUpdate?.({ kind: 'snapshot', snapshot: set });
    expect(bar.hashes).toEqual(['', '#v=1&gaps=0:missing']);
    go(-1);
    expect(fake.calls.filter((call) => call === 'setGaps')).toHaveLength(1);
    // Until the session has answered, the address already says what was asked for.
    expect(bar.hash()).toBe('');
    fake.onUpdate?.({ kind: 'snapshot', snapshot: { ...fake.snapshot, version: 3 } });
    vi.advanceTimersByTime(1000);
    expect(bar.hashes).toEqual(['', '#v=1&gaps=0:missing']);
  });
});

describe('a link', () => {
  it('with a view and no dump waits for one, and says what that has not', async () => {
    follow('#v=1&f=99&a=10000&view=disassembly&list=closed');
    expect(useLink.getState().waiting).toBe(true);
    expect(bar.hash()).toBe('#v=1&f=99&a=10000&view=disassembly&list=closed');
    await open();
    expect(useLink.getState()).toMatchObject({ waiting: false, lists: 'closed' });
    expect(state()).toMatchObject({
      frame: { thread: 0, frame: 0 },
      bytes: { memory: 0, anchor: 0x10000, focus: 0x10000 },
      view: 'disassembly',
    });
    expect(state().notices.map(({ message }) => message)).toEqual([
      "c-divide.core has 8 frames in thread 0; the link's is frame 99.",
    ]);
    expect(bar.hashes).toEqual(['#v=1&a=10000&view=disassembly&list=closed']);
  });

  it('says at once what it cannot say, and shows the rest', async () => {
    follow('#v=1&f=2&a=nowhere');
    expect(state().notices[0]?.message).toContain('"nowhere" was left out');
    await open();
    expect(state().frame).toEqual({ thread: 0, frame: 2 });
  });

  it('is tried again when all of the dump is known, and its search begins then', async () => {
    const running = {
      task: 'indexing',
      done: 1,
      total: 2,
      rate: 0,
      state: 'running',
      message: null,
    } as const;
    follow('#v=1&a=1ff00&q=abc');
    const [memory] = snapshotOfExpected(divide, '').memories;
    if (memory === undefined) throw new Error('no memory');
    const small = { ...memory, size: 0x10000 };
    await open('c-divide.core', { memories: [small], indexing: running });
    expect(state().bytes).toBe(null);
    expect(state().notices).toEqual([]);
    expect(useSearch.getState().run).toBe(null);
    fake.onUpdate?.({
      kind: 'snapshot',
      snapshot: snapshotOfExpected(divide, 'c-divide.core', { version: 2 }),
    });
    expect(state().bytes?.focus).toBe(0x1ff00);
    expect(useSearch.getState().run?.request.query).toMatchObject({ kind: 'text', text: 'abc' });
    expect(bar.hash()).toBe('#v=1&a=1ff00&q=abc');
    expect(state().notices).toEqual([]);
  });

  it('that does not fit leaves the user where they have gone meanwhile', async () => {
    const running = {
      task: 'indexing',
      done: 1,
      total: 2,
      rate: 0,
      state: 'running',
      message: null,
    } as const;
    follow('#v=1&a=ffffff&f=2');
    await open('c-divide.core', { indexing: running });
    press();
    state().selectFrame({ thread: 0, frame: 5 });
    fake.onUpdate?.({
      kind: 'snapshot',
      snapshot: snapshotOfExpected(divide, 'c-divide.core', { version: 2 }),
    });
    expect(state().frame).toEqual({ thread: 0, frame: 5 });
    expect(state().notices[0]?.message).toBe(
      'c-divide.core has 131,072 bytes in memory 0; the link selects 0xffffff.',
    );
  });

  it('to a frame keeps it when the page finds another one to blame; without a frame the page chooses', async () => {
    const blame = () => {
      const cause = {
        title: 'a panic',
        message: null,
        certainty: 'known',
        evidence: ['A test says so.'],
        frame: 2,
        address: null,
      } as const;
      fake.onUpdate?.({ kind: 'snapshot', snapshot: { ...fake.snapshot, version: 5, causes: [cause] } });
      vi.advanceTimersByTime(1000);
      return state().frame?.frame;
    };
    follow('#v=1&f=0');
    await open();
    expect(blame()).toBe(0);
    expect(bar.hash()).toBe('#v=1&f=0');
    follower?.end();
    follow('#v=1&view=source');
    await open('other.core', { id: 2 });
    expect(blame()).toBe(2);
    expect(bar.hash()).toBe('#v=1&f=2&view=source');
  });

  it('with a source has it opened, once', async () => {
    follow('#v=1&f=1&dump=AAAA');
    expect(opened).toEqual([{ kind: 'embedded', data: 'AAAA', name: null, memory: 'whole' }]);
    expect(useLink.getState().waiting).toBe(false);
    // Another dump was dropped instead: the link's view is not of it.
    await open();
    expect(state().frame).toEqual({ thread: 0, frame: 0 });
    expect(bar.hashes).toEqual(['#v=1&f=1&dump=AAAA', '']);
  });

  it('that is typed while a dump is open is about that dump', async () => {
    follow();
    await open();
    press();
    bar.type('#f=4');
    follower?.travelled();
    expect(state().frame).toEqual({ thread: 0, frame: 4 });
    expect(bar.hashes).toEqual(['', '#v=1&f=4']);
    expect(useLink.getState().canBack).toBe(true);
  });
});

describe('a sample', () => {
  const sample = { kind: 'sample', id: 'divide' } as const;
  const openSample = async () => {
    fake = new FakeSession(divide, snapshotOfExpected(divide, 'c-divide.core'));
    startSession(() => fake);
    const dump = file('c-divide.core');
    rememberSource(dump.blob, sample);
    await openFiles([dump], 'replace');
    await Promise.resolve();
  };

  it('has an address; Back returns to the start page, Forward opens it again where it was left', async () => {
    follow();
    await openSample();
    press();
    state().selectFrame({ thread: 0, frame: 2 });
    expect(bar.hashes).toEqual(['', '#v=1&sample=divide', '#v=1&f=2&sample=divide']);
    go(-1);
    expect(state().frame).toEqual({ thread: 0, frame: 0 });
    go(-1);
    expect(state().phase).toEqual({ kind: 'start' });
    expect(bar.hash()).toBe('');
    expect(opened).toEqual([]);
    press();
    bar.shown += 2;
    follower?.travelled();
    expect(opened).toEqual([sample]);
    await openSample();
    expect(state().frame).toEqual({ thread: 0, frame: 2 });
    expect(bar.hashes).toEqual(['', '#v=1&sample=divide', '#v=1&f=2&sample=divide']);
    expect(useLink.getState().canBack).toBe(true);
  });

  it('opened by its address has no start page behind it', async () => {
    follow('#v=1&f=3&sample=divide');
    expect(opened).toEqual([sample]);
    await openSample();
    expect(state().frame).toEqual({ thread: 0, frame: 3 });
    expect(bar.hashes).toEqual(['#v=1&f=3&sample=divide']);
  });

  it('can be opened again, so Back may close it; a file of this disk stays open', async () => {
    follow();
    await open();
    press();
    bar.type('');
    follower?.travelled();
    expect(snapshotOf(state())?.name).toBe('c-divide.core');
  });
});

describe('another dump', () => {
  it('begins a new entry; going back to the first one says that it is gone', async () => {
    follow();
    await open('first.core');
    press();
    state().selectFrame({ thread: 0, frame: 1 });
    await open('second.core', { id: 2 });
    expect(bar.hashes).toEqual(['', '#v=1&f=1', '']);
    go(-1);
    expect(snapshotOf(state())?.name).toBe('second.core');
    expect(state().frame).toEqual({ thread: 0, frame: 0 });
    expect(state().notices[0]?.message).toBe(
      'That place is in first.core, which is not open any more; second.core is.',
    );
  });

  it('closed, leaves a clean address; going back waits for the dump', async () => {
    follow();
    await open();
    press();
    state().selectFrame({ thread: 0, frame: 1 });
    await closeDump();
    expect(bar.hashes).toEqual(['', '#v=1&f=1', '']);
    go(-1);
    expect(useLink.getState().waiting).toBe(true);
    await open('c-divide.core', { id: 2 });
    expect(state().frame).toEqual({ thread: 0, frame: 1 });
  });
});
