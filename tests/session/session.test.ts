import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { BlobSpool } from '../../src/bytes/blob-spool';
import type { ByteSource } from '../../src/bytes/source';
import type { StoredFile } from '../../src/session/container';
import { createInlineLineRunner } from '../../src/session/line-runner';
import { createLocalSession, INFLATE_LIMIT, type LocalSession } from '../../src/session/local';
import type { OpenOutcome, Snapshot, Update } from '../../src/session/types';
import { fixture } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { chunkedSource, failingSource, noise, plainSource } from '../helpers/sources';
import { gatedSource } from './gates';

/** Everything a session says, and the moments that tests wait for. */
class Listener {
  readonly updates: Update[] = [];
  readonly onUpdate = (update: Update): void => {
    this.updates.push(update);
  };

  get snapshots(): Snapshot[] {
    return this.updates.flatMap((update) => (update.kind === 'snapshot' ? [update.snapshot] : []));
  }

  get last(): Snapshot | undefined {
    return this.snapshots.at(-1);
  }

  get failures(): string[] {
    return this.updates.flatMap((update) => (update.kind === 'failed' ? [update.message] : []));
  }

  async done(): Promise<Snapshot> {
    await expect
      .poll(() => this.last?.indexing.state === 'done' && !this.last.symbolicating, { timeout: 10_000 })
      .toBe(true);
    const snapshot = this.last;
    if (snapshot === undefined) throw new Error('no snapshot');
    return snapshot;
  }
}

const rejections: unknown[] = [];
process.on('unhandledRejection', (reason) => rejections.push(reason));
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(rejections.splice(0)).toEqual([]);
});

const file = (name: string, source: ByteSource | Uint8Array): StoredFile => ({
  name,
  source: source instanceof Uint8Array ? plainSource(source) : source,
});

const roles = ({ roles: list }: OpenOutcome) =>
  list.map((role) => `${role.name}: ${role.role}${role.role === 'not-used' ? `, ${role.reason}` : ''}`);

const A = dumpText('core a\n thread main L1\n frame func[1]+2 inst 0\n memory 1\n segment 0x100 "hello"');
const B = dumpText('core b\n thread main L1\n memory 2\n segment 0x200 "other"');
const CRASH = 'wasmtime/c-divide-O0';
const CRASH_DUMP = fixture(`${CRASH}/c-divide-O0.coredump`);
const CRASH_WASM = fixture(`${CRASH}/c-divide-O0.wasm`);

async function opened(...files: StoredFile[]) {
  const session = createLocalSession();
  const listener = new Listener();
  const outcome = await session.openSources(files, 'replace', listener.onUpdate);
  return { session, listener, outcome, snapshot: await listener.done() };
}

describe('opening', () => {
  it('tells the roles, the stack, and the end of indexing', async () => {
    const { listener, outcome, snapshot } = await opened(file('a.core', A));
    expect(roles(outcome)).toEqual(['a.core: dump']);
    expect(snapshot).toMatchObject({ name: 'a.core', sectionsKnown: true, segmentCount: 1 });
    // The stack is there before memory is.
    const [first] = listener.snapshots;
    expect(first?.dump.threads[0]?.frames).toHaveLength(1);
    expect(first?.memories[0]?.counts.pending).toBe(65_536);
    expect(first?.memories[0]?.evidence).toBe('Not known yet: the data section is being indexed.');
    const versions = listener.snapshots.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  it('takes Blobs, as a page has them', async () => {
    const session = createLocalSession();
    const listener = new Listener();
    await session.open([{ name: 'a', blob: new Blob([A]) }], 'replace', listener.onUpdate);
    await listener.done();
    expect(new TextDecoder().decode((await session.read(0, 0x100, 5)).bytes)).toBe('hello');
  });

  it('of several files the dump is the one to open, wherever it stands', async () => {
    const { outcome, snapshot } = await opened(
      file('app.wasm', CRASH_WASM),
      file('notes.txt', new TextEncoder().encode('hello')),
      file('app.core', CRASH_DUMP),
      file('other.core', A),
    );
    expect(roles(outcome)).toEqual([
      'app.wasm: module',
      'notes.txt: not-used, notes.txt is not Wasm.',
      'app.core: dump',
      'other.core: other-dump',
    ]);
    expect(snapshot.modules[0]).toMatchObject({
      name: 'app.wasm',
      verdict: 'matches',
      evidence: '7 of 7 callers land on a call, the youngest frame on i32.div_s; 1 memory and 1 global agree',
    });
  });

  it('without a dump a module opens, and a file of another kind with its sentence', async () => {
    expect((await opened(file('m.wasm', CRASH_WASM))).snapshot.dump.file.kind).toBe('module');
    const { snapshot } = await opened(file('page.html', new TextEncoder().encode('<html></html>')));
    expect(snapshot.dump.file.kind).toBe('html');
    expect(snapshot.problems).toHaveLength(1);
  });

  it('a file that cannot be read does not keep the others from being opened', async () => {
    const { outcome } = await opened(file('gone.core', failingSource(A, 1)), file('b.core', B));
    expect(roles(outcome)).toEqual([
      'gone.core: not-used, ingest.core was moved or deleted. Open it again.',
      'b.core: dump',
    ]);
  });

  it('where none can be read, that is the failure', async () => {
    const session = createLocalSession();
    const listener = new Listener();
    await session.openSources([file('gone', failingSource(A, 1))], 'replace', listener.onUpdate);
    expect(listener.failures).toEqual(['ingest.core was moved or deleted. Open it again.']);
    const nothing = new Listener();
    await session.openSources([], 'replace', nothing.onUpdate);
    expect(nothing.failures).toEqual(['There is no file to open.']);
  });

  it('a file that fails while it is indexed says so, keeps what it has, and stands still', async () => {
    const segments = Array.from({ length: 3 }, (_, at) => `segment ${at * 0x20000} aa*100000`).join('\n');
    const dump = dumpText(`core a\n thread main L1\n memory 10\n ${segments}`);
    const session = createLocalSession();
    const listener = new Listener();
    // Windows of 64 and 128 KiB hold the first segment; the one after them fails.
    await session.openSources([file('a', failingSource(dump, 250_000))], 'replace', listener.onUpdate);
    await expect.poll(() => listener.failures).toEqual(['ingest.core was moved or deleted. Open it again.']);
    expect(session.snapshot()?.indexing.state).toBe('stopped');
    expect((await session.read(0, 0, 1)).bytes[0]).toBe(0xaa);
    await session.resume();
    expect(session.snapshot()?.indexing.state).toBe('stopped');
  });
});

describe('adding', () => {
  it('a module after the dump names its frames, and can be taken away', async () => {
    const { session, snapshot } = await opened(file('app.core', CRASH_DUMP));
    expect(snapshot.names.frames[0]?.[0]?.function).toBeNull();
    const added = new Listener();
    const outcome = await session.openSources([file('app.wasm', CRASH_WASM)], 'add', added.onUpdate);
    expect(roles(outcome)).toEqual(['app.wasm: module']);
    await added.done();
    expect(added.last?.names.frames[0]?.[0]?.function).toBe('divide');
    const id = added.last?.modules[0]?.id ?? -1;
    await session.removeModule(id);
    expect(added.last?.modules).toEqual([]);
    expect(added.last?.names.frames[0]?.[0]?.function).toBeNull();
  });

  it('a module that does not fit is listed and gives no names', async () => {
    const { session } = await opened(file('app.core', CRASH_DUMP));
    const added = new Listener();
    const wrong = fixture('wasmtime/fuel/fuel.wasm');
    await session.openSources([file('fuel.wasm', wrong)], 'add', added.onUpdate);
    await added.done();
    expect(added.last?.modules[0]).toMatchObject({ verdict: 'no-match', name: 'fuel.wasm' });
    expect(added.last?.names.frames[0]?.[0]?.function).toBeNull();
  });

  it('a dump replaces the one that is open', async () => {
    const { session } = await opened(file('a.core', A));
    const added = new Listener();
    const outcome = await session.openSources(
      [file('app.wasm', CRASH_WASM), file('app.core', CRASH_DUMP)],
      'add',
      added.onUpdate,
    );
    expect(roles(outcome)).toEqual(['app.wasm: module', 'app.core: dump']);
    const snapshot = await added.done();
    expect(snapshot.name).toBe('app.core');
    expect(snapshot.names.frames[0]?.[0]?.function).toBe('divide');
  });

  it('what is neither leaves all as it was', async () => {
    const { session } = await opened(file('a.core', A));
    const added = new Listener();
    const outcome = await session.openSources(
      [file('x.txt', new TextEncoder().encode('x')), file('gone', failingSource(A, 1))],
      'add',
      added.onUpdate,
    );
    expect(roles(outcome)).toEqual([
      'x.txt: not-used, x.txt is not Wasm.',
      'gone: not-used, ingest.core was moved or deleted. Open it again.',
    ]);
    expect(session.snapshot()?.name).toBe('a.core');
    expect(added.failures).toEqual([]);
  });

  it('waits for a dump that is still being opened', async () => {
    const session = createLocalSession();
    const [first, second] = [new Listener(), new Listener()];
    const slow = gatedSource(CRASH_DUMP);
    const dump = session.openSources([file('app.core', slow)], 'replace', first.onUpdate);
    const module = session.openSources([file('app.wasm', CRASH_WASM)], 'add', second.onUpdate);
    await expect.poll(() => slow.waiting).toBe(1);
    slow.openTo(CRASH_DUMP.length);
    expect(roles(await dump)).toEqual(['app.core: dump']);
    expect(roles(await module)).toEqual(['app.wasm: module']);
    expect((await second.done()).names.frames[0]?.[0]?.function).toBe('divide');
  });
});

describe('replacing and closing', () => {
  it('a second file during loading replaces the first, which says nothing any more', async () => {
    const session = createLocalSession();
    const [first, second] = [new Listener(), new Listener()];
    const slow = gatedSource(A);
    const one = session.openSources([file('a', slow)], 'replace', first.onUpdate);
    await expect.poll(() => slow.waiting).toBe(1);
    const two = session.openSources([file('b', B)], 'replace', second.onUpdate);
    expect(roles(await one)).toEqual(['a: not-used, Replaced by another file.']);
    expect(roles(await two)).toEqual(['b: dump']);
    await second.done();
    slow.openTo(A.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(first.updates).toEqual([]);
    expect(session.snapshot()?.name).toBe('b');
  });

  it('a second file while the first is indexed', async () => {
    const session = createLocalSession();
    const [first, second] = [new Listener(), new Listener()];
    const large = dumpText(`core a\n thread main L1\n memory 10\n segment 0 ${'aa*300000'}`);
    const slow = gatedSource(large, 100_000);
    await session.openSources([file('a', slow)], 'replace', first.onUpdate);
    await expect.poll(() => slow.waiting).toBeGreaterThan(0);
    await session.openSources([file('b', B)], 'replace', second.onUpdate);
    const snapshot = await second.done();
    const before = first.updates.length;
    slow.openTo(large.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(first.updates).toHaveLength(before);
    expect(first.failures).toEqual([]);
    expect(snapshot.name).toBe('b');
  });

  it('ten files at once: the last one stays', async () => {
    const session = createLocalSession();
    const listeners = Array.from({ length: 10 }, () => new Listener());
    const outcomes = await Promise.all(
      listeners.map(({ onUpdate }, index) =>
        session.openSources(
          [file(`f${index}`, index % 2 === 0 ? A : Uint8Array.from(gzipSync(B)))],
          'replace',
          onUpdate,
        ),
      ),
    );
    expect(outcomes.map((outcome) => roles(outcome)[0])).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `f${index}: not-used, Replaced by another file.`),
      'f9: dump',
    ]);
    const last = listeners.at(-1);
    expect((await last?.done())?.name).toBe('f9');
    expect(session.snapshot()?.name).toBe('f9');
    expect(listeners.slice(0, 9).flatMap(({ failures }) => failures)).toEqual([]);
  });

  it('closing ends what is under way: reads, indexing, all of it', async () => {
    const session = createLocalSession();
    const listener = new Listener();
    const slow = gatedSource(A);
    const opening = session.openSources([file('a', slow)], 'replace', listener.onUpdate);
    await expect.poll(() => slow.waiting).toBe(1);
    await session.close();
    expect(roles(await opening)).toEqual(['a: not-used, Replaced by another file.']);
    expect(slow.waiting).toBe(0);
    expect(session.snapshot()).toBeNull();
    expect((await session.read(0, 0, 4)).states).toEqual([{ start: 0, end: 4, state: 'out-of-bounds' }]);
    expect(await session.segments(0, 5)).toEqual([]);
  });

  it('a read that is under way when the file is closed is rejected, not left', async () => {
    const { session, listener } = await openSlow();
    const reading = session.read(0, 0x100, 5);
    await session.close();
    await expect(reading).rejects.toThrow('This file was closed.');
    expect(listener.failures).toEqual([]);
  });

  async function openSlow() {
    let hold = false;
    const plain = plainSource(A);
    const source: ByteSource = {
      size: A.length,
      arrived: A.length,
      async read(offset, length, signal) {
        if (hold) {
          await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
          signal?.throwIfAborted();
        }
        return plain.read(offset, length, signal);
      },
    };
    const result = await opened(file('a', source));
    hold = true;
    return result;
  }
});

describe('stop and go on', () => {
  it('stops indexing, keeps what is indexed, and goes on where it was', async () => {
    const segments = Array.from({ length: 40 }, (_, at) => `segment ${at * 0x20000} aa*100000`).join('\n');
    const dump = dumpText(`core a\n thread main L1\n memory 100\n ${segments}`);
    const slow = gatedSource(dump, 1_000_000);
    const session = createLocalSession();
    const listener = new Listener();
    await session.openSources([file('a', slow)], 'replace', listener.onUpdate);
    await expect.poll(() => slow.waiting).toBeGreaterThan(0);
    await session.stop();
    expect(session.snapshot()?.indexing.state).toBe('stopped');
    slow.openTo(dump.length);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const indexed = session.snapshot()?.segmentCount ?? 0;
    expect(indexed).toBeGreaterThan(3);
    expect(indexed).toBeLessThan(40);
    expect((await session.read(0, 0, 1)).bytes[0]).toBe(0xaa);
    // What was not reached yet is neither missing nor zero.
    expect((await session.runs(0, 39 * 0x20000, 39 * 0x20000 + 10, 5))[0]?.state).toBe('pending');
    await session.resume();
    expect((await listener.done()).segmentCount).toBe(40);
    await session.stop();
    expect(session.snapshot()?.indexing.state).toBe('done');
  });

  it('a paused file can be closed', async () => {
    const dump = dumpText(
      `core a\n thread main L1\n memory 100\n segment 0 aa*300000\n segment 0x100000 bb*300000`,
    );
    const slow = gatedSource(dump, 100_000);
    const session = createLocalSession();
    await session.openSources([file('a', slow)], 'replace', () => undefined);
    await session.stop();
    slow.openTo(dump.length);
    await session.close();
    expect(session.snapshot()).toBeNull();
  });
});

describe('gzip', () => {
  it('opens what is inside, and says that it was compressed', async () => {
    const { snapshot } = await opened(file('a.core.gz', Uint8Array.from(gzipSync(A))));
    expect(snapshot.dump.file).toMatchObject({ kind: 'coredump', compression: 'gzip', size: A.length });
    expect(snapshot.notes.map(({ message }) => message)).toContain(
      `Opened from gzip: inflated to ${A.length} bytes.`,
    );
  });

  it.each([1, 7, 100])('that arrives in pieces of %i bytes', async (piece) => {
    const { snapshot } = await opened(
      file('c.gz', chunkedSource(Uint8Array.from(gzipSync(CRASH_DUMP)), piece)),
    );
    expect(snapshot.dump.threads[0]?.frames).toHaveLength(8);
    expect(snapshot.memories[0]?.gaps).toBe('zero');
  });

  it('a later global section still places the segments that came before it', async () => {
    const dump = dumpText(`
      core a
      memory 1
      plain 11 01 00 23 00 0b 02 aa bb
      global i32 const 4096
      thread main L1
    `);
    for (const source of [plainSource(dump), chunkedSource(dump, 3)]) {
      const { session, snapshot } = await opened(file('a', source));
      expect((await session.segments(0, 1))[0]?.address).toBe(4096);
      expect(snapshot.problems).toEqual([]);
    }
  });

  it('stops at its limit with a sentence, and goes on', async () => {
    const large = dumpText(`core a\n thread main L1\n memory 100\n segment 0 ${'ab*300000'}`);
    const session = limited('wait', 100_000);
    const listener = new Listener();
    await session.openSources([file('a.gz', gzipped(large))], 'replace', listener.onUpdate);
    await expect.poll(() => listener.last?.indexing.state).toBe('stopped');
    expect(listener.last?.notes[0]?.message).toMatch(/^Stopped at 100,000 bytes, inflated from/);
    expect(listener.last?.dump.threads).toHaveLength(1);
    await session.resume();
    await expect.poll(() => listener.last?.notes[0]?.message).toMatch(/^Stopped at 200,000 bytes/);
    await session.resume();
    await expect.poll(() => listener.last?.notes[0]?.message).toMatch(/^Stopped at 300,000 bytes/);
    await session.resume();
    const snapshot = await listener.done();
    expect(snapshot.dump.file).toMatchObject({ size: large.length, truncatedAt: null });
    expect(snapshot.memories[0]?.captured).toBe(300_000);
  });

  it('shows what there is once where it stands, not at each section', async () => {
    const sections = 'plain 99 00\n'.repeat(2000);
    const large = dumpText(`core a\n thread main L1\n ${sections} memory 100\n segment 0 ${'ab*300000'}`);
    const session = limited('wait', 100_000);
    const listener = new Listener();
    await session.openSources([file('a.gz', gzipped(large))], 'replace', listener.onUpdate);
    await expect.poll(() => listener.last?.dump.sections.length).toBe(2004);
    expect(listener.last?.indexing).toMatchObject({ state: 'stopped', task: 'inflating' });
    expect(listener.last?.indexing.message).toMatch(/^Stopped at 100,000 bytes/);
    expect(listener.snapshots.length).toBeLessThan(5);
    await session.close();
  });

  it('or takes what is there for the whole, where nobody can be asked', async () => {
    const large = dumpText(`core a\n thread main L1\n memory 100\n segment 0 ${'ab*300000'}`);
    const session = limited('end', 100_000);
    const listener = new Listener();
    await session.openSources([file('a.gz', gzipped(large))], 'replace', listener.onUpdate);
    const snapshot = await listener.done();
    expect(snapshot.dump.file).toMatchObject({ size: 100_000, truncatedAt: 100_000 });
    expect(snapshot.problems[0]?.message).toMatch(/^Stopped at 100,000 inflated bytes; /);
  });

  it('goes on from its limit also while it is not known what the file is', async () => {
    // No Wasm: only the whole size tells an image of a memory.
    const image = noise(65_536 * 3);
    image[0] = 0;
    const session = limited('wait', 65_536);
    const listener = new Listener();
    const opening = session.openSources([file('image.gz', gzipped(image))], 'replace', listener.onUpdate);
    for (let at = 0; at < 3; at += 1) {
      await expect
        .poll(() => listener.updates.filter(({ kind }) => kind === 'progress').length)
        .toBeGreaterThan(at);
      await new Promise((resolve) => setTimeout(resolve, 30));
      await session.resume();
    }
    expect(roles(await opening)).toEqual(['image.gz: dump']);
    expect((await listener.done()).dump.file.kind).toBe('memory-image');
  });

  it('a compressed file that gets no role is not inflated any further', async () => {
    const huge = dumpText(`core z\n thread main L1\n memory 1000\n segment 0 ${'ab*9000000'}`);
    const spools: BlobSpool[] = [];
    const session = createLocalSession({
      createSpool: async () => {
        const spool = new BlobSpool();
        spools.push(spool);
        return spool;
      },
      atLimit: 'wait',
      inflateLimit: INFLATE_LIMIT,
      lineRunner: createInlineLineRunner,
    });
    const listener = new Listener();
    const outcome = await session.openSources(
      [file('a', A), file('z.gz', Uint8Array.from(gzipSync(huge)))],
      'replace',
      listener.onUpdate,
    );
    expect(roles(outcome)).toEqual(['a: dump', 'z.gz: other-dump']);
    await listener.done();
    expect(spools).toHaveLength(1);
    expect(spools[0]?.size).toBe(0);
  });

  it('cut off in the middle it opens with what there is', async () => {
    const whole = gzipSync(CRASH_DUMP);
    const { snapshot } = await opened(file('c.gz', Uint8Array.from(whole.subarray(0, 1500))));
    expect(snapshot.dump.process.name).toBe('c-divide-O0.wasm');
    expect(snapshot.problems[0]?.message).toMatch(/^The gzip data is cut off: /);
  });

  it('can be closed in the middle', async () => {
    const session = createLocalSession();
    const listener = new Listener();
    const large = dumpText(`core a\n memory 1000\n segment 0 ${'ab*9000000'}\n thread main L1`);
    const bytes = Uint8Array.from(gzipSync(large, { level: 1 }));
    const slow = gatedSource(bytes, 20_000);
    const opening = session.openSources([file('a.gz', slow)], 'replace', listener.onUpdate);
    await expect.poll(() => slow.waiting).toBe(1);
    await session.close();
    expect(roles(await opening)).toEqual(['a.gz: not-used, Replaced by another file.']);
    slow.openTo(bytes.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(listener.failures).toEqual([]);
  });

  const gzipped = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes));

  function limited(atLimit: 'wait' | 'end', limit: number): LocalSession {
    return createLocalSession({
      createSpool: async () => new BlobSpool(),
      atLimit,
      inflateLimit: limit,
      lineRunner: createInlineLineRunner,
    });
  }
});
