import type { ByteSource } from '../../src/bytes/source';
import { summaryJson } from '../../src/cli/summary-json';
import { mergedRuns } from '../../src/memory/memory-model';
import { createLocalSession, type LocalSession } from '../../src/session/local';
import type { Snapshot, Update } from '../../src/session/types';
import { plainSource } from './sources';

export interface Opened {
  readonly session: LocalSession;
  /** Of the moment when all was indexed and named. */
  readonly snapshot: Snapshot;
  readonly updates: readonly Update[];
}

/** Opens bytes (the dump first, then modules) in a session, and waits until all is indexed. */
export async function openBytes(
  dump: Uint8Array | ByteSource,
  modules: Readonly<Record<string, Uint8Array>> = {},
  name = 'test.coredump',
): Promise<Opened> {
  const session = createLocalSession();
  const updates: Update[] = [];
  const files = [
    { name, source: dump instanceof Uint8Array ? plainSource(dump) : dump },
    ...Object.entries(modules).map(([file, bytes]) => ({ name: file, source: plainSource(bytes) })),
  ];
  const snapshot = await new Promise<Snapshot>((resolve, reject) => {
    const onUpdate = (update: Update) => {
      updates.push(update);
      if (update.kind === 'failed') reject(new Error(update.message));
      if (update.kind !== 'snapshot' || update.snapshot.symbolicating) return;
      if (update.snapshot.indexing.state === 'done') resolve(update.snapshot);
    };
    session.openSources(files, 'replace', onUpdate, 'first').catch(reject);
  });
  return { session, snapshot, updates };
}

/** The summary as the command line prints it. */
export function summaryOf({ session, snapshot }: Opened): unknown {
  const coverage = session.models().map((model) => mergedRuns(model, 0, model.size, 1000));
  return JSON.parse(JSON.stringify(summaryJson(snapshot, coverage)));
}
