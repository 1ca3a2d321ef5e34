import { create } from 'zustand';
import type { RecentEntry } from './entry';

interface Recent {
  /** Youngest first; null until they were read. */
  readonly entries: readonly RecentEntry[] | null;
  /** Why an entry could not be opened, by its id. */
  readonly notes: ReadonlyMap<string, string>;
  /** What was done last, for those who do not see it. */
  readonly said: string;
}

export const useRecent = create<Recent>()(() => ({ entries: null, notes: new Map(), said: '' }));

/** Says why an entry could not be opened; empty: nothing is to be said any more. */
export function noteEntry(id: string, note: string): void {
  useRecent.setState(({ notes }) => {
    const next = new Map(notes);
    if (note === '') next.delete(id);
    else next.set(id, note);
    return { notes: next };
  });
}
