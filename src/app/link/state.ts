import { create } from 'zustand';

interface LinkState {
  /** A link was opened that shows something of a dump which is not in it: the next dump is shown so. */
  readonly waiting: boolean;
  /** A link wants the lists so, and they were not asked yet: their panel comes after the dump. */
  readonly lists: 'open' | 'closed' | null;
  /** Whether this page has an entry before (after) the one that is shown. */
  readonly canBack: boolean;
  readonly canForward: boolean;
}

export const useLink = create<LinkState>()(() => ({
  waiting: false,
  lists: null,
  canBack: false,
  canForward: false,
}));
