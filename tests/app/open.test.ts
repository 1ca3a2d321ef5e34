import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstFrame, memoryOfFrame, otherThread } from '../../src/app/frames';
import { openAgain, openFiles, startSession } from '../../src/app/open';
import { openedBefore } from '../../src/app/reopen';
import { session } from '../../src/app/session';
import { snapshotOf, useStore } from '../../src/app/store';
import { coverageText, summaryOf, titleOf } from '../../src/app/summary';
import type { FileRole } from '../../src/session/types';
import { fixtureJson } from '../fixture';
import { type Expected, FakeSession, snapshotOfExpected } from './fake-session';

const expected = (folder: string) => fixtureJson<Expected>(`${folder}/expected.json`);
const divide = expected('wasmtime/c-divide-O0');
const file = (name: string) => ({ name, blob: new Blob([]) });
const state = () => useStore.getState();

let fake: FakeSession;
let die: (message: string) => void;
let made: number;

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  made = 0;
  fake = new FakeSession(divide, snapshotOfExpected(divide, 'c-divide.core'));
  startSession((onDeath) => {
    die = onDeath;
    made++;
    return fake;
  });
  state().reset({ kind: 'start' });
});

describe('openFiles', () => {
  it('selects the youngest frame at once, and its memory', async () => {
    await openFiles([file('c-divide.core')], 'replace');
    expect(snapshotOf(state())?.name).toBe('c-divide.core');
    expect(state().frame).toEqual({ thread: 0, frame: 0 });
    expect(state().memory).toBe(0);
    expect(openedBefore()).toEqual({ name: 'c-divide.core', size: 4876 });
  });

  it('a second file replaces the first cleanly: what the first still reports is dropped', async () => {
    await openFiles([file('first')], 'replace');
    const late = fake.onUpdate;
    fake = new FakeSession(divide, snapshotOfExpected(divide, 'second.core'));
    startSession(() => fake);
    await openFiles([file('second')], 'replace');
    late?.({ kind: 'failed', message: 'too late' });
    late?.({ kind: 'snapshot', snapshot: snapshotOfExpected(divide, 'first.core') });
    expect(snapshotOf(state())?.name).toBe('second.core');
    expect(state().notices).toEqual([]);
  });

  it('adding keeps the dump, what is selected, and its updates', async () => {
    await openFiles([file('c-divide.core')], 'replace');
    const first = fake.onUpdate;
    state().selectFrame({ thread: 0, frame: 3 });
    await openFiles([file('c-divide.wasm')], 'add');
    first?.({
      kind: 'progress',
      progress: { task: 'indexing', done: 1, total: 2, rate: 0, state: 'running', message: null },
    });
    expect(fake.calls).toEqual(['open replace c-divide.core', 'open add c-divide.wasm']);
    expect(state().frame).toEqual({ thread: 0, frame: 3 });
    expect(snapshotOf(state())?.indexing.done).toBe(1);
  });

  it('adding without a dump opens', async () => {
    await openFiles([file('c-divide.core')], 'add');
    expect(fake.calls).toEqual(['open replace c-divide.core']);
  });

  it('lists other dumps, each to be opened, and unused files with their reason', async () => {
    fake.roles = [
      { name: 'a.core', role: 'dump' },
      { name: 'b.core', role: 'other-dump' },
      { name: 'notes.txt', role: 'not-used', reason: 'it is text.' },
    ] satisfies FileRole[];
    await openFiles([file('a.core'), file('b.core'), file('notes.txt')], 'replace');
    expect(state().notices.map((notice) => notice.message)).toEqual([
      'The other dump is not shown: a.core is open.',
      '2 of 3 files used. notes.txt: it is text.',
    ]);
    state().notices[0]?.actions[0]?.run();
    expect(fake.calls.at(-1)).toBe('open replace b.core');
  });

  it('what it says of the files stands, whether it comes before or after the first snapshot', async () => {
    fake.open = async (_files, _mode, onUpdate) => {
      setTimeout(() => onUpdate({ kind: 'snapshot', snapshot: fake.snapshot }));
      const roles = [{ role: 'dump' }, { role: 'not-used', reason: 'it is text.' }] as const;
      return { roles: roles.map((role) => ({ name: 'a', ...role })) };
    };
    await openFiles([file('a'), file('a')], 'replace');
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(snapshotOf(state())?.name).toBe('c-divide.core');
    expect(state().notices.map((notice) => notice.message)).toEqual(['1 of 2 files used. a: it is text.']);
  });

  it('a failure says why and opens again', async () => {
    fake.open = async (_files, _mode, onUpdate) => {
      fake.calls.push('open');
      onUpdate({ kind: 'failed', message: 'a.core was moved or deleted.' });
      return { roles: [] };
    };
    await openFiles([file('a.core')], 'replace');
    expect(state().phase).toEqual({
      kind: 'failed',
      name: 'a.core',
      message: 'a.core was moved or deleted.',
    });
    openAgain();
    expect(fake.calls).toEqual(['open', 'open']);
  });

  it('a dead worker becomes a message and a new session, never an endless wait', async () => {
    await openFiles([file('c-divide.core')], 'replace');
    const late = fake.onUpdate;
    die('The worker ran out of memory.');
    expect(state().phase).toEqual({
      kind: 'failed',
      name: 'c-divide.core',
      message: 'The worker ran out of memory.',
    });
    expect(made).toBe(1);
    late?.({ kind: 'snapshot', snapshot: fake.snapshot });
    expect(state().phase.kind).toBe('failed');
    openAgain();
    await Promise.resolve();
    expect(made).toBe(2);
    expect(snapshotOf(state())?.name).toBe('c-divide.core');
  });

  it('a worker that dies at its start is not started again and again', async () => {
    startSession((onDeath) => {
      made++;
      queueMicrotask(() => onDeath('The worker could not be started.'));
      return fake;
    });
    session();
    await new Promise((resolve) => setTimeout(resolve));
    expect(state().phase).toMatchObject({ kind: 'failed', message: 'The worker could not be started.' });
    expect(made).toBe(1);
  });
});

describe('summary', () => {
  const of = (folder: string) => snapshotOfExpected(expected(folder), 'a.core');
  it('says where it stopped, and that the trap is not stored', () => {
    expect(summaryOf(of('wasmtime/c-divide-O0'))).toEqual({
      what: 'Stopped in',
      function: 'func[8] +0x28',
      quiet: 'the dump does not store the trap',
    });
    expect(titleOf(of('wasmtime/c-divide-O0'), 'a.core')).toBe('func[8] +0x28 — a.core — Wasmortem');
    expect(summaryOf(of('wasmtime/no-frames'))).toMatchObject({ what: 'No stack' });
    expect(summaryOf(of('wizer/small'))).toMatchObject({ what: 'A Wizer snapshot' });
  });

  it('counts what was captured, over all memories', () => {
    expect(coverageText(of('wasmtime/c-divide-O0'))).toBe('4,669 of 131,072 bytes captured in 4 segments');
    expect(coverageText(of('wasm-encoder/multi-memory'))).toMatch(/ in 3 segments of 3 memories$/);
    expect(coverageText(of('wasmtime/v9-c-divide'))).toBe('No memory in this dump');
  });
});

describe('frames', () => {
  const threads = snapshotOfExpected(expected('wasm-encoder/all-types'), 'a.core');
  it('goes to the next thread that has frames, around the end', () => {
    expect(firstFrame(threads)).toEqual({ thread: 0, frame: 0 });
    expect(otherThread(threads, { thread: 0, frame: 3 }, 1)).toEqual({ thread: 1, frame: 0 });
    expect(otherThread(threads, { thread: 1, frame: 0 }, 1)).toEqual({ thread: 0, frame: 0 });
    expect(otherThread(threads, { thread: 0, frame: 0 }, -1)).toEqual({ thread: 1, frame: 0 });
    expect(otherThread(snapshotOfExpected(expected('wizer/small'), 'a'), null, 1)).toBeNull();
  });

  it('follows integers into memory 0 of the frame’s instance', () => {
    const multi = snapshotOfExpected(expected('wasm-encoder/multi-memory'), 'a.core');
    const [thread] = multi.dump.threads;
    const [frame] = thread?.frames ?? [];
    if (thread === undefined || frame === undefined) throw new Error('the fixture has no frame');
    // Instance 1 owns memories 2 and 0; a rewriter's frame can name any instance, an old layout none.
    const frames = [0, 1, 4_294_967_295, null].map((instance) => ({ ...frame, instance }));
    const dump = { ...multi.dump, threads: [{ ...thread, frames }] };
    const memories = frames.map((_, at) => memoryOfFrame({ ...multi, dump }, { thread: 0, frame: at }));
    expect(memories).toEqual([0, 2, 0, 0]);
    expect(memoryOfFrame(multi, null)).toBe(0);
  });
});
