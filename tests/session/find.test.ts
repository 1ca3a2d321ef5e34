import { expect, test } from 'vitest';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { matchLines } from '../../src/memory/search/lines';
import type { FindRequest, FindUpdate } from '../../src/session/find-types';
import { Interrupted, type LineRunner } from '../../src/session/line-runner';
import { createLocalSession, INFLATE_LIMIT, type LocalSession } from '../../src/session/local';
import { fixture, fixtureFile } from '../fixture';
import { openBytes } from '../helpers/open';
import { plainSource } from '../helpers/sources';

const C_HEAP = fixture(fixtureFile('wasmtime/c-heap'));

interface Found {
  readonly updates: readonly FindUpdate[];
  readonly addresses: readonly number[];
  readonly lengths: readonly number[];
  readonly texts: readonly string[];
  readonly last: FindUpdate;
}

/** Runs a search until it ends, or comes to `until`. */
function find(
  session: LocalSession,
  request: FindRequest,
  until: FindUpdate['state'][] = ['done', 'failed'],
): Promise<Found> {
  const updates: FindUpdate[] = [];
  return new Promise((resolve) => {
    void session.find('test', request, (update) => {
      updates.push(update);
      if (!until.includes(update.state)) return;
      resolve({
        updates,
        addresses: updates.flatMap(({ addresses }) => [...addresses]),
        lengths: updates.flatMap(({ lengths }) => [...lengths]),
        texts: updates.flatMap(({ texts }) => [...texts]),
        last: update,
      });
    });
  });
}

const text = (wanted: string): FindRequest['query'] => ({
  kind: 'text',
  text: wanted,
  encoding: 'utf-8',
  ignoreCase: false,
});

/** All captured bytes of memory 0, as the session reads them: the rest is null. */
async function captured(session: LocalSession, size: number): Promise<(number | null)[]> {
  const { bytes, states } = await session.read(0, 0, size);
  const known: (number | null)[] = new Array(size).fill(null);
  for (const { start, end, state } of states)
    if (state === 'captured') for (let at = start; at < end; at += 1) known[at] = bytes[at] ?? 0;
  return known;
}

test('text of a real dump is found where a reader finds it, and all captured bytes are searched', async () => {
  const { session, snapshot } = await openBytes(C_HEAP);
  const { size = 0, captured: count = 0 } = snapshot.memories[0] ?? {};
  const known = await captured(session, size);
  const wanted = new TextEncoder().encode('out');
  const expected = known.flatMap((_, at) =>
    wanted.every((byte, index) => known[at + index] === byte) ? [at] : [],
  );
  expect(expected.length).toBeGreaterThan(0);
  const found = await find(session, { memory: 0, query: text('out'), zeros: false, limit: 1000 });
  expect(found.addresses).toEqual(expected);
  expect(found.last).toMatchObject({ state: 'done', searched: count, total: count });
});

test('it stops at its limit of hits and goes on from there', async () => {
  const { session } = await openBytes(C_HEAP);
  const query = { kind: 'hex', text: '00' } as const;
  const all = await find(session, { memory: 0, query, zeros: false, limit: 1e9 });
  const request = { memory: 0, query, zeros: false, limit: 10 };
  const addresses: number[] = [];
  let limits = 0;
  await new Promise<void>((resolve) => {
    void session.find('test', request, (update) => {
      addresses.push(...update.addresses);
      if (update.state === 'limit') {
        limits += 1;
        expect(addresses).toHaveLength(10 * limits);
        if (limits === 3) resolve();
        else void session.resumeFind('test');
      }
    });
  });
  expect(addresses).toEqual(all.addresses.slice(0, 30));
});

test('a search that is stopped tells nothing more until it goes on', async () => {
  const { session } = await openBytes(C_HEAP);
  const states: string[] = [];
  const done = new Promise<void>((resolve) => {
    void session.find('test', { memory: 0, query: text('out'), zeros: true, limit: 1000 }, ({ state }) => {
      states.push(state);
      if (state === 'done') resolve();
    });
  });
  await session.stopFind('test');
  expect(states).toEqual(['stopped']);
  await new Promise((wait) => setTimeout(wait, 50));
  expect(states).toEqual(['stopped']);
  await session.resumeFind('test');
  await done;
});

test('another search of the name, and another dump, end a search', async () => {
  const { session } = await openBytes(C_HEAP);
  const told: string[] = [];
  const request = { memory: 0, query: text('out'), zeros: false, limit: 1000 };
  void session.find('test', request, () => told.push('first'));
  const second = await find(session, request);
  expect(second.last.state).toBe('done');
  expect(told).toEqual([]);
  void session.find('test', request, () => told.push('closed'));
  await session.close();
  await new Promise((wait) => setTimeout(wait, 20));
  expect(told).toEqual([]);
});

test('what cannot be looked for fails with a sentence', async () => {
  const { session } = await openBytes(C_HEAP);
  const fails = async (query: FindRequest['query']) =>
    (await find(session, { memory: 0, query, zeros: false, limit: 1000 })).last;
  expect(await fails(text(''))).toMatchObject({ state: 'failed', message: 'No text is given.' });
  expect(await fails({ kind: 'hex', text: '?? ??' })).toMatchObject({
    state: 'failed',
    message: 'Every byte is ??: at least one digit has to be known.',
  });
  expect(
    (await fails({ kind: 'expression', text: '(', encoding: 'utf-8', ignoreCase: false })).message,
  ).toMatch(/^The expression cannot be read: unterminated group\.$/);
});

test('strings are those of strings(1), with addresses; a filter keeps what holds it', async () => {
  const { session, snapshot } = await openBytes(C_HEAP);
  const known = await captured(session, snapshot.memories[0]?.size ?? 0);
  const plain = known.map((byte) =>
    byte !== null && ((byte >= 0x20 && byte < 0x7f) || byte === 9) ? String.fromCharCode(byte) : '\n',
  );
  const expected = [...plain.join('').matchAll(/[^\n]{6,}/g)].map((match) => [
    match.index,
    match[0].slice(0, 240),
  ]);
  expect(expected.length).toBeGreaterThan(10);
  const query = { kind: 'strings', encoding: 'ascii', minimum: 6, filter: '' } as const;
  const found = await find(session, { memory: 0, query, zeros: false, limit: 1e6 });
  expect(found.addresses.map((address, index) => [address, found.texts[index]])).toEqual(expected);
  const some = await find(session, {
    memory: 0,
    query: { ...query, filter: 'OUT' },
    zeros: false,
    limit: 1e6,
  });
  expect(some.texts).toEqual(expected.map(([, line]) => line).filter((line) => /out/i.test(String(line))));
});

test('an expression finds in each line what the engine finds in it', async () => {
  const { session } = await openBytes(C_HEAP);
  const strings = await find(session, {
    memory: 0,
    query: { kind: 'strings', encoding: 'utf-8', minimum: 4, filter: '' },
    zeros: false,
    limit: 1e6,
  });
  const expected = strings.addresses.flatMap((address, index) =>
    [...(strings.texts[index] ?? '').matchAll(/[aeiou]\w*$/giu)].map((match) => address + match.index),
  );
  expect(expected.length).toBeGreaterThan(5);
  const query = { kind: 'expression', text: '[aeiou]\\w*$', encoding: 'utf-8', ignoreCase: true } as const;
  const found = await find(session, { memory: 0, query, zeros: false, limit: 1e6 });
  expect(found.addresses).toEqual(expected);
});

test('an expression that does not come back is ended, and goes on with the same lines', async () => {
  let hangs = true;
  let interrupt = (): void => undefined;
  let interrupted = 0;
  // As the worker does: nothing comes until it is ended.
  const runner: LineRunner = {
    match: (expression, batch) => {
      if (!hangs) return Promise.resolve(matchLines(expression, batch));
      return new Promise((_, reject) => {
        interrupt = () => reject(new Interrupted('ended'));
      });
    },
    interrupt: () => {
      interrupted += 1;
      interrupt();
    },
  };
  const session = createLocalSession({
    createSpool: async () => new BlobSpool(),
    atLimit: 'wait',
    inflateLimit: INFLATE_LIMIT,
    lineRunner: () => runner,
  });
  await new Promise<void>((resolve) => {
    const files = [{ name: 'a.coredump', source: plainSource(C_HEAP) }];
    void session.openSources(files, 'replace', (update) => {
      if (update.kind === 'snapshot' && update.snapshot.indexing.state === 'done') resolve();
    });
  });
  const query = { kind: 'expression', text: 'out', encoding: 'utf-8', ignoreCase: false } as const;
  const found = find(session, { memory: 0, query, zeros: false, limit: 1000 });
  await new Promise((wait) => setTimeout(wait, 30));
  await session.stopFind('test');
  expect(interrupted).toBe(1);
  hangs = false;
  await session.resumeFind('test');
  const { addresses } = await found;
  const direct = await find(session, { memory: 0, query: text('out'), zeros: false, limit: 1000 });
  expect(direct.addresses.length).toBeGreaterThan(0);
  // Lines have four characters at least, so that what stands alone is not met.
  expect(direct.addresses).toEqual(expect.arrayContaining([...addresses]));
  expect(addresses.length).toBeGreaterThan(0);
});
