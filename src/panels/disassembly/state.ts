import { create } from 'zustand';
import { type History, type HistoryAction, travelled } from '../../app/history';
import type { Bytes } from '../../bytes/units';
import type { CodePlace } from '../../session/code-types';
import type { OffsetBase } from './offsets';

/** A function that was shown, and the instruction that was gone to; `offset` null: its first. */
export interface Visit {
  readonly place: CodePlace;
  readonly offset: Bytes | null;
}

/** What of the panel outlives a look at the memory. */
interface CodeState {
  /** The frame that was followed last, with its place: as long as it is the same, the panel stays where the user went. */
  readonly followed: string | null;
  readonly visits: History<Visit>;
  /** Grows with each visit, also of where one already is: the place is then brought into view again. */
  readonly arrivals: number;
  /** The last arrival was the user's, from within the panel: where it drew another function, the focus goes along. */
  readonly went: boolean;
  /** Rows selected for copying: from `anchor` to `row`, where the cursor is. */
  readonly row: number;
  readonly anchor: number;
  readonly base: OffsetBase;
}

interface CodeActions {
  /** Shows a frame's place unless it is the one that was followed last; null forgets it. */
  readonly follow: (frame: string | null, visit: Visit | null) => void;
  readonly travel: (action: HistoryAction<Visit>) => void;
  readonly select: (row: number, anchor: number) => void;
  readonly setBase: (base: OffsetBase) => void;
}

const NO_VISITS: History<Visit> = { past: [], present: null, future: [] };

const sameVisit = (one: Visit, other: Visit): boolean =>
  one.place.module === other.place.module &&
  one.place.function === other.place.function &&
  one.offset === other.offset;

function arrived(state: CodeState, action: HistoryAction<Visit>): Pick<CodeState, 'visits' | 'arrivals'> {
  return { visits: travelled(state.visits, action, sameVisit), arrivals: state.arrivals + 1 };
}

export const useCode = create<CodeState & CodeActions>()((set) => ({
  followed: null,
  visits: NO_VISITS,
  arrivals: 0,
  went: false,
  row: 0,
  anchor: 0,
  base: 'function',
  follow: (frame, visit) =>
    set((state) => {
      if (state.followed === frame) return state;
      if (visit === null) return { followed: frame, visits: NO_VISITS };
      return { followed: frame, went: false, ...arrived(state, { kind: 'visit', visit }) };
    }),
  travel: (action) => set((state) => ({ went: true, ...arrived(state, action) })),
  select: (row, anchor) => set({ row, anchor }),
  setBase: (base) => set({ base }),
}));
