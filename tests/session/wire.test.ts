import { describe, expect, it } from 'vitest';
import { BytesSource } from '../../src/bytes/bytes-source';
import type { Frame } from '../../src/coredump/model';
import { createLocalSession } from '../../src/session/local';
import type { Snapshot, Update } from '../../src/session/types';
import { Inbox, Outbox, type WireMessage } from '../../src/session/wire';
import { NAMELESS } from '../../src/symbols/frame-name';
import { fixture } from '../fixture';

const frame = (index: number, locals: number): Frame => ({
  instance: 0,
  function: index % 7,
  codeOffset: index,
  locals: Array.from({ length: locals }, (_, value) => ({ type: 'i32' as const, value })),
  stack: [],
  offset: index * 4,
});

async function snapshotOf(path: string): Promise<Snapshot> {
  const session = createLocalSession();
  return new Promise((resolve, reject) => {
    const onUpdate = (update: Update): void => {
      if (update.kind === 'failed') reject(new Error(update.message));
      if (update.kind === 'snapshot' && update.snapshot.indexing.state === 'done') resolve(update.snapshot);
    };
    const files = [{ name: path, source: new BytesSource(fixture(path)) }];
    session.openSources(files, 'replace', onUpdate).catch(reject);
  });
}

/** A snapshot with one thread of `frames`. */
async function deep(frames: readonly Frame[]): Promise<Snapshot> {
  const snapshot = await snapshotOf('wasmtime/c-divide-O0/c-divide-O0.coredump');
  const thread = snapshot.dump.threads[0];
  if (thread === undefined) throw new Error('the fixture has a thread');
  const names = frames.map(() => ({ ...NAMELESS }));
  return {
    ...snapshot,
    dump: { ...snapshot.dump, threads: [{ ...thread, frames }] },
    names: { ...snapshot.names, frames: [names] },
  };
}

const flat = (count: number): Frame[] => Array.from({ length: count }, (_, index) => frame(index, 0));

/** Sends updates through both ends, as messages that were cloned on the way. */
function cross(updates: readonly Update[]): { received: Update[]; messages: WireMessage[] } {
  const messages: WireMessage[] = [];
  const outbox = new Outbox((message) => messages.push(structuredClone(message)));
  for (const update of updates) outbox.send(update);
  const inbox = new Inbox();
  const received = messages.map((message) => inbox.receive(message)).filter((update) => update !== null);
  return { received, messages };
}

const portions = (messages: readonly WireMessage[]): number[] =>
  messages.flatMap((message) => (message.kind === 'portion' ? [message.items.length] : []));

describe('updates across the worker', () => {
  it('arrive as they were sent, small and deep', async () => {
    const small = await snapshotOf('wasm-encoder/all-types/all-types.coredump');
    const large = await deep(Array.from({ length: 10_000 }, (_, index) => frame(index, index % 3)));
    const updates: Update[] = [
      { kind: 'snapshot', snapshot: small },
      { kind: 'snapshot', snapshot: { ...large, id: small.id + 1 } },
      { kind: 'failed', message: 'gone' },
    ];
    expect(cross(updates).received).toEqual(updates);
  });

  it('keep each message small, by frames and by their values', async () => {
    const sizes = portions(cross([{ kind: 'snapshot', snapshot: await deep(flat(20_000)) }]).messages);
    expect(Math.max(...sizes)).toBe(4000);
    // 20,000 frames and their 20,000 names.
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(40_000);

    const wide = await deep(Array.from({ length: 600 }, (_, index) => frame(index, 999)));
    expect(portions(cross([{ kind: 'snapshot', snapshot: wide }]).messages).slice(0, 2)).toEqual([4, 4]);
  });

  it('send a list once for as long as it is the same, and forget it with its dump', async () => {
    const first = await deep(flat(5000));
    const later = { ...first, version: first.version + 1 };
    const both = cross([
      { kind: 'snapshot', snapshot: first },
      { kind: 'snapshot', snapshot: later },
    ]);
    expect(portions(both.messages)).toEqual([4000, 1000, 4000, 1000]);
    expect(both.received[1]).toEqual({ kind: 'snapshot', snapshot: later });
    const two = cross([
      { kind: 'snapshot', snapshot: first },
      { kind: 'snapshot', snapshot: { ...first, id: first.id + 1 } },
    ]);
    expect(portions(two.messages)).toHaveLength(8);
    expect(two.messages.filter(({ kind }) => kind === 'forget')).toHaveLength(2);
  });
});
