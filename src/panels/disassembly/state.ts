import { create } from 'zustand';

/** What of the panel outlives a look at the memory. Where it went stands in app/code-place. */
interface CodeState {
  /** The last arrival was the user's, from within the panel: where it drew another function, the focus goes along. */
  readonly went: boolean;
  /** Rows selected for copying: from `anchor` to `row`, where the cursor is. */
  readonly row: number;
  readonly anchor: number;
}

interface CodeActions {
  readonly select: (row: number, anchor: number) => void;
  readonly setWent: (went: boolean) => void;
}

export const useCode = create<CodeState & CodeActions>()((set) => ({
  went: false,
  row: 0,
  anchor: 0,
  select: (row, anchor) => set({ row, anchor }),
  setWent: (went) => set({ went }),
}));
