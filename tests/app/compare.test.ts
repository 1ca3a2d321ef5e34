import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepComparing, nextToCompare, openOther, stepDifference, useCompare } from '../../src/app/compare';
import { setSession } from '../../src/app/session';
import { useStore } from '../../src/app/store';
import type { CompareUpdate } from '../../src/session/compare-types';
import type { Snapshot } from '../../src/session/types';
import { fixtureJson } from '../fixture';
import { type Expected, FakeSession, snapshotOfExpected } from './fake-session';

const expected = fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json');
const here = snapshotOfExpected(expected, 'here.coredump');
const there: Snapshot = { ...here, id: 7, name: 'there.coredump' };
const run = (starts: readonly number[], found = starts.length) => ({
  request: { memory: 0, listUnknown: false, limit: 10 },
  basis: '',
  update: { state: 'done', found } as CompareUpdate,
  ranges: {
    starts,
    lengths: starts.map(() => 2),
    differing: starts.map(() => 1),
    kinds: starts.map(() => 1),
  },
});

let fake = new FakeSession(expected, here);
beforeEach(() => {
  fake = new FakeSession(expected, here);
  setSession(fake);
  useStore.getState().reset({ kind: 'open', snapshot: here });
  useCompare.setState({
    other: { kind: 'open', dump: here.id, snapshot: there },
    runs: new Map([[0, run([16, 64, 200])]]),
    listUnknown: false,
  });
});
afterEach(() => useCompare.setState({ other: { kind: 'none' }, runs: new Map() }));

const focus = () => useStore.getState().bytes?.focus;

it('steps to the next and the previous difference, and around the end', () => {
  const seen = [1, 1, 1, 1, -1, -1].map((direction) => {
    expect(stepDifference(direction as 1 | -1)).toBe(true);
    return focus();
  });
  expect(seen).toEqual([16, 64, 200, 16, 200, 64]);
  expect(useStore.getState().bytes?.anchor).toBe(65);
});

it('does not go around the end over ranges that are not listed: it asks for them', () => {
  useCompare.setState({ runs: new Map([[0, run([16, 64], 9)]]) });
  for (const _ of [1, 2, 3]) stepDifference(1);
  expect(focus()).toBe(64);
  expect(fake.calls).toContain('compare.resume');
  expect(useStore.getState().live).toBe('7 differences more: they are being listed.');
});

it('leaves the key to the browser where nothing is compared, and in another dump', () => {
  useStore.getState().reset({ kind: 'open', snapshot: { ...here, id: 99 } });
  expect(stepDifference(1)).toBe(false);
});

it('compares each memory once, and anew when what a gap is has changed', () => {
  useCompare.setState({ runs: new Map() });
  const started = () => fake.calls.filter((call) => call === 'compare.start').length;
  keepComparing();
  keepComparing();
  expect(started()).toBe(1);
  const memories = here.memories.map((memory) => ({
    ...memory,
    counts: { ...memory.counts, zero: 0, missing: memory.counts.zero },
  }));
  useStore.getState().setPhase({ kind: 'open', snapshot: { ...here, memories } });
  keepComparing();
  expect(started()).toBe(2);
});

it('waits until both dumps are indexed, and begins with the memory that is shown', () => {
  const running = { ...there, indexing: { ...there.indexing, state: 'running' as const } };
  useCompare.setState({ other: { kind: 'open', dump: here.id, snapshot: running }, runs: new Map() });
  keepComparing();
  expect(fake.calls).not.toContain('compare.start');
  const [memory] = here.memories;
  const two = { ...here, memories: memory === undefined ? [] : [memory, memory] };
  expect(nextToCompare(two, there, 1, useCompare.getState())).toBe(1);
  expect(nextToCompare({ ...here, memories: [] }, { ...there, memories: [] }, 0, useCompare.getState())).toBe(
    null,
  );
});

it('says why a file cannot be compared', async () => {
  await openOther([{ name: 'notes.txt', blob: new Blob(['x']) }]);
  expect(useStore.getState().drawer).toBe('compare');
  expect(useCompare.getState().other).toMatchObject({
    kind: 'failed',
    name: 'notes.txt',
    message: 'There is no second dump.',
  });
});
