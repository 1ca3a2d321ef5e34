import { type HistoryAction as Action, travelled, type History as Visits } from '../../app/history';
import type { Address } from '../../bytes/units';

/** A place that was jumped to. */
export interface Visit {
  readonly memory: number;
  readonly address: Address;
}

export type History = Visits<Visit>;
export type HistoryAction = Action<Visit>;

export const NO_HISTORY: History = { past: [], present: null, future: [] };

/** The next history of the memory's panel. */
export function history(state: History, action: HistoryAction): History {
  return travelled(
    state,
    action,
    (one, other) => one.memory === other.memory && one.address === other.address,
  );
}
