import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { CopyStore } from '../../src/session/copy-store';
import { FullError } from '../../src/session/copy-store';
import { createLocalSession } from '../../src/session/local';
import type { LocalFile, Progress } from '../../src/session/types';
import { fixture } from '../fixture';

const C = 'wasmtime/c-divide-O0/c-divide-O0';
const DUMP = fixture(`${C}.coredump`);
const MODULE = fixture(`${C}.wasm`);
const file = (name: string, bytes: Uint8Array): LocalFile => ({
  name,
  blob: new Blob([new Uint8Array(bytes)]),
});

/** A store in memory; `room` bytes are said to be free, `capacity` are. */
class MemoryStore implements CopyStore {
  readonly folders = new Map<string, Map<string, Uint8Array>>();
  open = 0;
  readonly #room: number | null;
  #left: number;

  constructor(room: number | null = null, capacity = Number.POSITIVE_INFINITY) {
    this.#room = room;
    this.#left = capacity;
  }

  room = async () => this.#room;

  create = async (folder: string, name: string) => {
    const files = this.folders.get(folder) ?? new Map<string, Uint8Array>();
    this.folders.set(folder, files.set(name, new Uint8Array(0)));
    this.open += 1;
    return {
      write: (bytes: Uint8Array, at: number) => {
        this.#left -= bytes.length;
        if (this.#left < 0) throw new FullError('full');
        const before = files.get(name) ?? new Uint8Array(0);
        const grown = new Uint8Array(Math.max(before.length, at + bytes.length));
        grown.set(before);
        grown.set(bytes, at);
        files.set(name, grown);
      },
      close: () => {
        this.open -= 1;
      },
    };
  };

  remove = async (folder: string) => {
    this.folders.delete(folder);
  };
}

/** A session with a dump and its module open, indexed to the end; the module's id. */
async function opened(store: CopyStore, dump = file('c.coredump', DUMP)) {
  const session = createLocalSession(undefined, async () => store);
  let ended = false;
  const { roles } = await session.open([dump, file('c.wasm', MODULE)], 'replace', (update) => {
    ended ||= update.kind === 'snapshot' && update.snapshot.indexing.state === 'done';
  });
  await vi.waitUntil(() => ended);
  const module = roles.find((role) => role.role === 'module');
  return { session, modules: module === undefined ? [] : [module.id] };
}

const NONE = { modules: [], texts: [] };
const ignore = () => undefined;

describe('a copy of what is open', () => {
  it('has the bytes of the dump, its modules and the given texts, and the plan said how many', async () => {
    const store = new MemoryStore(1_000_000);
    const { session, modules } = await opened(store);
    const text = new TextEncoder().encode('int main() {}');
    const request = { modules, texts: [file('src/main.c', text)] };
    const total = DUMP.length + MODULE.length + text.length;
    expect(await session.keep.plan(request)).toEqual({ bytes: total, room: 1_000_000 });
    expect(await session.keep.keep('a', request, ignore)).toEqual({
      kind: 'kept',
      files: [
        { name: 'c.coredump', size: DUMP.length },
        { name: 'c.wasm', size: MODULE.length },
        { name: 'src/main.c', size: text.length },
      ],
    });
    const kept = store.folders.get('a');
    expect(Buffer.compare(kept?.get('0') ?? new Uint8Array(), DUMP)).toBe(0);
    expect(Buffer.compare(kept?.get('1') ?? new Uint8Array(), MODULE)).toBe(0);
    expect(Buffer.compare(kept?.get('2') ?? new Uint8Array(), text)).toBe(0);
    expect(store.open).toBe(0);
  });

  it('of a gzipped dump is the gzip, as it came', async () => {
    const store = new MemoryStore();
    const gzip = gzipSync(DUMP);
    const { session } = await opened(store, file('c.coredump.gz', gzip));
    await session.keep.keep('a', NONE, ignore);
    expect(Buffer.compare(store.folders.get('a')?.get('0') ?? new Uint8Array(), gzip)).toBe(0);
  });

  it('is not begun where there is no room for it, and both numbers are said', async () => {
    const store = new MemoryStore(1000);
    const { session } = await opened(store);
    expect(await session.keep.keep('a', NONE, ignore)).toEqual({
      kind: 'failed',
      message: `No copy was kept: it needs ${DUMP.length.toLocaleString('en-US')} bytes, and the browser gives this page 1,000 more.`,
    });
    expect(store.folders.size).toBe(0);
  });

  it('that finds the storage full on its way is taken away again', async () => {
    const store = new MemoryStore(null, DUMP.length + 10);
    const { session, modules } = await opened(store);
    const outcome = await session.keep.keep('a', { modules, texts: [] }, ignore);
    expect(outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(`full after ${DUMP.length.toLocaleString('en-US')} of`),
    });
    expect(store.folders.size).toBe(0);
    expect(store.open).toBe(0);
  });

  it('of a large file reports how far it is, and can be stopped: nothing is left', async () => {
    const big = new Uint8Array(96 * 2 ** 20);
    big.set(DUMP);
    const store = new MemoryStore();
    const { session } = await opened(store, file('big.coredump', big));
    const seen: Progress[] = [];
    const outcome = await session.keep.keep('a', NONE, (progress) => {
      seen.push(progress);
      void session.keep.stopKeeping();
    });
    expect(outcome).toEqual({ kind: 'stopped' });
    expect(seen[0]).toMatchObject({ task: 'copying', total: big.length, state: 'running' });
    expect(store.folders.size).toBe(0);
    expect(store.open).toBe(0);
  });

  it('of nothing says so', async () => {
    const session = createLocalSession(undefined, async () => new MemoryStore());
    expect(await session.keep.keep('a', NONE, ignore)).toEqual({
      kind: 'failed',
      message: 'No copy was kept. No dump is open.',
    });
  });

  it('where there is no storage says so', async () => {
    const session = createLocalSession();
    expect(await session.keep.keep('a', NONE, ignore)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('There is no storage for copies here.'),
    });
  });
});
