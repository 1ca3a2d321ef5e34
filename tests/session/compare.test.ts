import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type EncodedSegment, encodeDump } from '../../src/coredump/encode';
import type { CompareRequest, CompareUpdate } from '../../src/session/compare-types';
import type { LocalSession } from '../../src/session/local';
import type { Snapshot, Update } from '../../src/session/types';
import { PAGE } from '../../src/wasm/memory-section';
import { fixture, fixtureFile } from '../fixture';
import { openBytes } from '../helpers/open';
import { noise, plainSource } from '../helpers/sources';

/** Opens a second dump, and waits until all of it is indexed. */
async function openOther(
  session: LocalSession,
  bytes: Uint8Array,
  name = 'other.coredump',
): Promise<Snapshot> {
  const updates: Update[] = [];
  return new Promise((resolve, reject) => {
    const onUpdate = (update: Update) => {
      updates.push(update);
      if (update.kind === 'failed') reject(new Error(update.message));
      if (update.kind === 'snapshot' && update.snapshot.indexing.state === 'done') resolve(update.snapshot);
    };
    session.compare.openSources([{ name, source: plainSource(bytes) }], onUpdate).then((outcome) => {
      if (outcome.kind === 'refused') reject(new Error(outcome.message));
    }, reject);
  });
}

interface Compared {
  readonly last: CompareUpdate;
  readonly starts: readonly number[];
  readonly updates: readonly CompareUpdate[];
}

const REQUEST: CompareRequest = { memory: 0, listUnknown: false, limit: 1000 };

/** Compares until `until` says that it was enough. */
function compare(
  session: LocalSession,
  request: Partial<CompareRequest> = {},
  onUpdate: (update: CompareUpdate) => void = () => undefined,
): Promise<Compared> {
  const updates: CompareUpdate[] = [];
  return new Promise((resolve) => {
    void session.compare.start({ ...REQUEST, ...request }, (update) => {
      updates.push(update);
      onUpdate(update);
      if (update.state !== 'done' && update.state !== 'failed') return;
      resolve({ updates, last: update, starts: updates.flatMap(({ starts }) => [...starts]) });
    });
  });
}

function dumpOf(segments: readonly { readonly at: number; readonly bytes: Uint8Array }[], pages = 1n) {
  return encodeDump([
    { kind: 'core', name: 'made' },
    {
      kind: 'memory',
      memories: [
        {
          minimumPages: pages,
          maximumPages: null,
          pageSize: PAGE,
          customPageSize: false,
          memory64: false,
          shared: false,
        },
      ],
    },
    {
      kind: 'data',
      segments: segments.map(
        ({ at, bytes }): EncodedSegment => ({
          mode: 'active',
          memory: 0,
          explicit: false,
          offset: { type: 'i32', value: at },
          bytes,
        }),
      ),
    },
  ]);
}

test('a real dump is equal to itself, and to itself in gzip', async () => {
  const dump = fixture(fixtureFile('wasmtime/c-heap'));
  const { session, snapshot } = await openBytes(dump);
  for (const bytes of [dump, gzipSync(dump)]) {
    const other = await openOther(session, bytes);
    expect(other.dump.threads.length).toBe(snapshot.dump.threads.length);
    const { last, starts } = await compare(session);
    expect(starts).toEqual([]);
    expect(last).toMatchObject({ state: 'done', found: 0 });
    expect(last.counts).toMatchObject({ equal: snapshot.memories[0]?.size, changed: 0, unknown: 0 });
    expect(last.passed).toBe(last.total);
  }
  const at = snapshot.memories[0]?.size ?? 0;
  expect((await session.compare.read(0, at - 4, 8)).states.map(({ state }) => state)).toContain(
    'out-of-bounds',
  );
  await session.compare.close();
  expect((await session.compare.read(0, 0, 4)).states).toEqual([
    { start: 0, end: 4, state: 'out-of-bounds' },
  ]);
});

test('two real dumps of one program: what differs is what their bytes say', async () => {
  const [a, b] = ['wasmtime/c-divide-O0', 'wasmtime/c-heap'].map((folder) => fixture(fixtureFile(folder)));
  const { session, snapshot } = await openBytes(a ?? new Uint8Array());
  const other = await openOther(session, b ?? new Uint8Array());
  const size = Math.max(snapshot.memories[0]?.size ?? 0, other.memories[0]?.size ?? 0);
  const here = await session.read(0, 0, size);
  const there = await session.compare.read(0, 0, size);
  const { last } = await compare(session);
  // Both are Wasmtime's: gaps are zero, as the windows' bytes are.
  let different = 0;
  const common = Math.min(snapshot.memories[0]?.size ?? 0, other.memories[0]?.size ?? 0);
  for (let at = 0; at < common; at += 1) if (here.bytes[at] !== there.bytes[at]) different += 1;
  const { changed, zeroHere, zeroThere, equal, onlyHere, onlyThere } = last.counts;
  expect(different).toBeGreaterThan(0);
  expect(changed + zeroHere + zeroThere).toBe(different);
  expect(equal).toBe(common - different);
  expect(onlyHere + onlyThere).toBe(size - common);
});

test('the list ends at its limit and the counting does not; more is listed where it ended', async () => {
  const content = noise(4096);
  const other = content.slice();
  for (let at = 0; at < 4096; at += 64) other[at] = (other[at] ?? 0) ^ 1;
  const { session } = await openBytes(dumpOf([{ at: 0, bytes: content }]));
  await openOther(session, dumpOf([{ at: 0, bytes: other }]));
  const listed: number[] = [];
  const done = await new Promise<CompareUpdate>((resolve) => {
    let ends = 0;
    void session.compare.start({ ...REQUEST, limit: 20 }, (update) => {
      listed.push(...update.starts);
      if (update.state !== 'done') return;
      ends += 1;
      expect(listed.length).toBe(Math.min(64, 20 * ends));
      expect(update).toMatchObject({ found: 64, counts: { changed: 64 } });
      if (ends === 4) resolve(update);
      else void session.compare.resume(0);
    });
  });
  expect(done.state).toBe('done');
  expect(listed).toEqual(Array.from({ length: 64 }, (_, index) => index * 64));
});

test('stopped it stands still, and goes on where it was', async () => {
  const content = noise(4 * 1024 * 1024);
  const other = content.map((byte, at) => (at % 100_000 === 0 ? byte ^ 1 : byte));
  const { session } = await openBytes(dumpOf([{ at: 0, bytes: content }], 64n));
  await openOther(session, dumpOf([{ at: 0, bytes: other }], 64n));
  let stopped = false;
  const comparing = compare(session, {}, ({ state }) => {
    if (state === 'running' && !stopped) {
      stopped = true;
      void session.compare.stop(0);
    }
  });
  await new Promise((wait) => setTimeout(wait, 50));
  expect(stopped).toBe(true);
  await session.compare.resume(0);
  const { updates, starts, last } = await comparing;
  expect(updates.some(({ state }) => state === 'stopped')).toBe(true);
  expect(last).toMatchObject({ state: 'done', counts: { changed: 42 } });
  expect(starts).toEqual(Array.from({ length: 42 }, (_, index) => index * 100_000));
});

test('a module and a text are refused with their names, and nothing is open then', async () => {
  const { session } = await openBytes(fixture(fixtureFile('wasmtime/c-heap')));
  const ask = (name: string, bytes: Uint8Array) =>
    session.compare.openSources([{ name, source: plainSource(bytes) }], () => undefined);
  expect(await ask('c-heap.wasm', fixture('notdumps/module-plain/tiny.wasm'))).toEqual({
    kind: 'refused',
    message: 'c-heap.wasm is a module, not a dump.',
  });
  expect(await ask('notes.txt', new TextEncoder().encode('hello there'))).toEqual({
    kind: 'refused',
    message: 'notes.txt is not a dump.',
  });
  let told = false;
  await session.compare.start(REQUEST, () => {
    told = true;
  });
  expect(told).toBe(false);
});

test('a memory that only one dump has is all in that one', async () => {
  const { session, snapshot } = await openBytes(fixture(fixtureFile('wasm-encoder/multi-memory')));
  await openOther(session, dumpOf([{ at: 0, bytes: noise(16) }]));
  const size = snapshot.memories[2]?.size ?? 0;
  expect(size).toBeGreaterThan(0);
  const { last, starts } = await compare(session, { memory: 2 });
  expect(starts).toEqual([0]);
  expect(last.counts).toMatchObject({ onlyHere: size, equal: 0, changed: 0 });
});

test('closing the open dump closes the second one', async () => {
  const dump = fixture(fixtureFile('wasmtime/c-heap'));
  const { session } = await openBytes(dump);
  await openOther(session, dump);
  await session.close();
  expect((await session.compare.read(0, 0, 4)).states[0]?.state).toBe('out-of-bounds');
});
