import { clear, createStore, get, promisifyRequest } from 'idb-keyval';
import { removeAllCopies, removeCopy, sweepCopies } from './copies';
import type { RecentEntry } from './entry';
import { parseEntries } from './parse';
import { noteRows, remembers, setRemembers } from './setting';
import { useRecent } from './state';

const KEY = 'entries';

/** Made when it is needed first: on a page that may not store anything, making it throws. */
let made: ReturnType<typeof createStore> | null = null;
const store = () => {
  made ??= createStore('wasmortem', 'recent');
  return made;
};

/** Reads the list anew: at the start, and when another tab changed it. Where there is no storage, it is empty. */
export async function loadRecent(): Promise<readonly RecentEntry[]> {
  let entries: readonly RecentEntry[] = [];
  try {
    entries = parseEntries(await get<unknown>(KEY, store()));
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  useRecent.setState({ entries });
  return entries;
}

/** What was written is read once, and folders of copies that no entry has are removed. */
export async function startRecent(): Promise<void> {
  const entries = await loadRecent();
  // The list is written behind the page's back only by this page: what it counts is what there is.
  noteRows(entries.length);
  await sweepCopies(async () => (await loadRecent()).flatMap(({ copy }) => copy?.folder ?? []));
}

/**
 * Changes the list in one step, so that no tab loses what another writes.
 * @param change may be called with a newer list than the page shows.
 * @returns the list; null where nothing may be stored, or the user does not want it.
 */
export async function changeRecent(
  change: (entries: readonly RecentEntry[]) => readonly RecentEntry[],
): Promise<readonly RecentEntry[] | null> {
  if (!remembers()) return null;
  let before: readonly RecentEntry[] = [];
  let after: readonly RecentEntry[] = [];
  try {
    await changeStored((stored) => {
      before = parseEntries(stored);
      after = change(before);
      return after;
    });
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
  // Turned off in another tab, while this was written.
  if (!remembers()) {
    await forgetEverything();
    return null;
  }
  useRecent.setState({ entries: after });
  noteRows(after.length);
  const kept = new Set(after.map(({ copy }) => copy?.folder));
  for (const { copy } of before) if (copy !== null && !kept.has(copy.folder)) await removeCopy(copy.folder);
  return after;
}

/** In one transaction. An empty list is not left there: nothing is. */
function changeStored(change: (stored: unknown) => readonly RecentEntry[]): Promise<void> {
  return store()('readwrite', (records) => {
    const changed = new Promise<void>((resolve, reject) => {
      const read: IDBRequest<unknown> = records.get(KEY);
      read.onerror = () => reject(read.error);
      read.onsuccess = () => {
        try {
          const after = change(read.result);
          if (after.length === 0) records.delete(KEY);
          else records.put(after, KEY);
          resolve();
        } catch (error) {
          reject(error);
        }
      };
    });
    return changed.then(() => promisifyRequest(records.transaction));
  });
}

/** Entry, handles and copy of one dump. */
export async function forget(id: string): Promise<void> {
  const gone = useRecent.getState().entries?.find((entry) => entry.id === id) ?? null;
  const left = await changeRecent((entries) => entries.filter((entry) => entry.id !== id));
  if (left?.length === 0) await forgetEverything();
  if (gone !== null) useRecent.setState({ said: `Forgotten: ${gone.name}` });
}

/** All entries, all handles, all copies: nothing is left. */
export async function forgetEverything(): Promise<void> {
  await removeAllCopies();
  try {
    await clear(store());
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  noteRows(0);
  useRecent.setState({ entries: [], notes: new Map(), said: 'All forgotten' });
}

/** From now on nothing is remembered, and what was is removed. */
export async function rememberNothing(): Promise<void> {
  setRemembers(false);
  await forgetEverything();
}

/** The browser stores nothing here (a private window, a frame, no room), or not that (a handle in some windows). */
export function isRefusal(error: unknown): boolean {
  return error instanceof DOMException;
}
