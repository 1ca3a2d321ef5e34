import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLocalSession, type LocalSession } from '../../src/session/local';
import { UNASKED } from '../../src/session/remote';
import type { Progress, RemoteFile, Snapshot, Update } from '../../src/session/types';
import { wasmtimeDump } from '../bench/big-dump';
import { RangeServer, type Serving } from '../e2e/range-server';
import { fixture } from '../fixture';

const DUMP = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
const MODULE = fixture('wasmtime/c-divide-O0/c-divide-O0.wasm');
let server: RangeServer;
const sessions: LocalSession[] = [];

beforeAll(async () => {
  server = await RangeServer.start();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  server.seen.length = 0;
});
afterAll(() => server.stop());

function at(path: string, serving: Serving): RemoteFile {
  return { name: path.slice(1), url: server.serve(path, serving), redirects: 'refuse' };
}

function open(...files: RemoteFile[]) {
  const session = createLocalSession();
  sessions.push(session);
  const updates: Update[] = [];
  const outcome = session.open(files, 'replace', (update) => updates.push(update));
  const last = (): Snapshot | undefined =>
    updates.flatMap((update) => (update.kind === 'snapshot' ? [update.snapshot] : [])).at(-1);
  const reach = async (state: Progress['state']): Promise<Snapshot> => {
    await expect.poll(() => last()?.indexing.state, { timeout: 20_000 }).toBe(state);
    const snapshot = last();
    if (snapshot === undefined) throw new Error('no snapshot');
    return snapshot;
  };
  return { session, updates, outcome, reach, last };
}

const failures = (updates: readonly Update[]): string[] =>
  updates.flatMap((update) => (update.kind === 'failed' ? [update.message] : []));

describe('a dump on a server', () => {
  it('opens with its module, each in one request', async () => {
    const { outcome, reach, session } = open(
      at('/c.coredump', { bytes: DUMP }),
      at('/c-divide-O0.wasm', { bytes: MODULE }),
    );
    expect((await outcome).roles).toMatchObject([{ role: 'dump' }, { role: 'module' }]);
    await reach('done');
    await expect.poll(() => session.snapshot()?.modules[0]?.verdict).toBe('matches');
    expect(server.seen.map(({ path }) => path)).toEqual(['/c.coredump', '/c-divide-O0.wasm']);
  });

  it('opens gzip, and what the server only gives whole, and says so', async () => {
    const { reach } = open(at('/c.coredump.gz', { bytes: gzipSync(DUMP), ranges: false }));
    const { dump, notes } = await reach('done');
    expect(dump.file).toMatchObject({ size: DUMP.length, compression: 'gzip' });
    expect(notes[0]?.message).toMatch(/cannot be read in parts: it does not answer with ranges/);
  });

  it('tells how far a download is, and lets go of it when it is closed', async () => {
    const { session, updates } = open(at('/a.core', { bytes: DUMP, ranges: false, endless: true }));
    await expect
      .poll(() => updates.some(({ kind }) => kind === 'progress') && server.sent, { timeout: 10_000 })
      .toBeGreaterThan(2 ** 20);
    expect(updates[0]).toMatchObject({ progress: { task: 'downloading', total: null, state: 'running' } });
    await session.close();
    await expect.poll(() => server.seen[0]?.closed).toBe(true);
  });

  it('fails with the sentence of the server, and asks again when it is opened again', async () => {
    const file = at('/gone.core', { status: 404 });
    const { outcome, updates } = open(file);
    await outcome;
    expect(failures(updates)).toEqual([
      `${new URL(file.url).host}/gone.core: the server answers 404: it has no such file.`,
    ]);
    server.serve('/gone.core', { bytes: DUMP });
    await open(file).reach('done');
  });

  it('opens no module in place of a dump that cannot be had', async () => {
    const { outcome, updates } = open(
      at('/gone.core', { status: 404 }),
      at('/c-divide-O0.wasm', { bytes: MODULE }),
    );
    expect((await outcome).roles).toMatchObject([{ role: 'not-used' }, { role: 'module' }]);
    expect(failures(updates)).toEqual([expect.stringMatching(/gone.core: the server answers 404/)]);
    expect(updates.some(({ kind }) => kind === 'snapshot')).toBe(false);
  });

  it('lets the request go when another file is opened', async () => {
    const { outcome, session } = open(at('/slow.core', { silent: true }));
    await expect.poll(() => server.seen.length).toBe(1);
    await session.close();
    expect((await outcome).roles).toEqual([
      { name: 'slow.core', role: 'not-used', reason: 'Replaced by another file.' },
    ]);
    await expect.poll(() => server.seen[0]?.closed).toBe(true);
  });

  it('stands still before it fetched the whole of a large dump, and goes on when it is told to', async () => {
    const big = await wasmtimeDump(32_768);
    expect(big.size).toBeGreaterThan(1.9 * UNASKED);
    const { reach, session } = open(at('/big.core', { path: big.path }));
    const stopped = await reach('stopped');
    expect(stopped.dump.threads[0]?.frames).toHaveLength(4);
    expect(stopped.indexing.message).toMatch(
      /^Stopped after [\d,]+ bytes from 127.0.0.1:\d+; [\d,]+ of [\d,]+ bytes of memory are not indexed\. Go on fetches them\.$/,
    );
    expect(stopped.memories[0]?.counts.pending).toBeGreaterThan(0);
    expect(server.sent).toBeLessThan(1.8 * UNASKED);
    await session.resume();
    expect((await reach('done')).segmentCount).toBe(32_768);
  }, 60_000);
});
