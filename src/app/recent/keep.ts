import { create } from 'zustand';
import { visible } from '../../coredump/visible';
import type { KeepOutcome, KeepRequest, KeptFile } from '../../session/keep-types';
import type { Progress, Snapshot } from '../../session/types';
import { size } from '../../ui/numbers';
import { session } from '../session';
import { linesOf, pathOf, type SourceFile, sourceFor, useSources } from '../sources/registry';
import { snapshotOf, useStore } from '../store';
import { lockOf, removeCopy } from './copies';
import { ENTRY_LIMIT } from './entry';
import { changeRecent } from './list';
import { recordOpened } from './record';

export type Keeping =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: Progress | null }
  /** A sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** The copy that is being written, whatever is on screen. */
export const useKeeping = create<{ readonly keeping: Keeping }>()(() => ({ keeping: { kind: 'idle' } }));

const say = (keeping: Keeping) => useKeeping.setState({ keeping });

/** Frames whose source texts go into a copy, of each thread. */
const FRAMES = 1000;

/** What a copy of the open dump holds beside it: the modules that are used, and the texts that its frames stand in. */
export async function keepRequest(snapshot: Snapshot, signal: AbortSignal): Promise<KeepRequest> {
  const modules = snapshot.modules.flatMap(({ id, verdict }) => (verdict === 'no-match' ? [] : [id]));
  const files = new Set<SourceFile>();
  const sources = useSources.getState();
  for (const [thread, { frames }] of snapshot.dump.threads.entries())
    for (const frame of frames.slice(0, FRAMES).keys())
      for (const line of linesOf(snapshot, thread, frame)) {
        const path = pathOf(line);
        const found = path === null ? null : sourceFor(sources, path);
        // What came with a module is in it.
        if (found?.kind === 'one' && found.file.carrier === null) files.add(found.file);
      }
  const texts = await Promise.all(
    Array.from(files, async ({ blob, path }) => ({ name: path, blob: await blob(signal) })),
  );
  return { modules, texts };
}

/** Keeps a copy of the open dump in the browser's storage for this page, until the user forgets it. */
export async function keepCopy(snapshot: Snapshot): Promise<void> {
  say({ kind: 'running', progress: null });
  const leaves = new AbortController();
  const unsubscribe = useStore.subscribe((state) => {
    if (snapshotOf(state)?.id === snapshot.id || leaves.signal.aborted) return;
    leaves.abort();
    void stopKeeping();
  });
  try {
    const request = await keepRequest(snapshot, leaves.signal);
    const id = await recordOpened();
    if (id === null) say({ kind: 'failed', message: NO_ENTRY });
    else await write(id, request);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say({ kind: 'failed', message: `No copy was kept. ${why}` });
  } finally {
    unsubscribe();
    if (useKeeping.getState().keeping.kind === 'running') say({ kind: 'idle' });
  }
}

const NO_ENTRY = `No copy was kept: the list of opened dumps cannot be written, or has ${ENTRY_LIMIT} copies. Forget one on the start page.`;

export async function stopKeeping(): Promise<void> {
  await session().keep.stopKeeping();
}

async function write(id: string, request: KeepRequest): Promise<void> {
  const folder = crypto.randomUUID();
  await navigator.locks.request(lockOf(folder), async () => {
    const outcome = await session().keep.keep(folder, request, (progress) =>
      say({ kind: 'running', progress }),
    );
    if (outcome.kind === 'failed') say(outcome);
    if (outcome.kind === 'kept') await enter(id, folder, outcome);
  });
}

/** The entry names the copy; if it was forgotten meanwhile, the copy goes. */
async function enter(id: string, folder: string, { files }: KeepOutcome & { kind: 'kept' }): Promise<void> {
  const entries = await changeRecent((list) =>
    list.map((entry) => (entry.id === id ? { ...entry, copy: { folder, files } } : entry)),
  );
  if (entries?.some(({ copy }) => copy?.folder === folder) !== true) {
    await removeCopy(folder);
    say({ kind: 'failed', message: 'No copy was kept: the dump was forgotten while it was written.' });
    return;
  }
  // So that the browser does not clear it when the disk gets full; it decides by itself, some ask the user.
  await navigator.storage.persist?.();
  useStore.getState().setLive(`Copy kept, ${sizeOfFiles(files)}: ${visible(files[0]?.name ?? '', 60)}`);
}

const sizeOfFiles = (files: readonly KeptFile[]): string =>
  size(files.reduce((sum, file) => sum + file.size, 0));

/** Takes the copy of an entry away; the entry stays. */
export async function forgetCopy(id: string): Promise<void> {
  await changeRecent((list) => list.map((entry) => (entry.id === id ? { ...entry, copy: null } : entry)));
}
