import type { Address } from '../../bytes/units';

/** A place that was jumped to. */
export interface Visit {
  readonly memory: number;
  readonly address: Address;
}

/** Where the panel was and, after going back, where it can go forward to. */
export interface History {
  readonly past: readonly Visit[];
  readonly present: Visit | null;
  readonly future: readonly Visit[];
}

export const NO_HISTORY: History = { past: [], present: null, future: [] };

/** More visits than a person goes back; bounds what is kept. */
const LONGEST = 200;

export type HistoryAction =
  | { readonly kind: 'visit'; readonly visit: Visit }
  | { readonly kind: 'back' }
  | { readonly kind: 'forward' };

/** The next history. Visiting where one already is changes nothing, so that Back, which jumps too, adds no visit. */
export function history(state: History, action: HistoryAction): History {
  const { past, present, future } = state;
  if (action.kind === 'visit') {
    const { visit } = action;
    if (present !== null && present.memory === visit.memory && present.address === visit.address)
      return state;
    return {
      past: present === null ? past : [...past, present].slice(-LONGEST),
      present: visit,
      future: [],
    };
  }
  if (action.kind === 'back') {
    const to = past.at(-1);
    if (to === undefined) return state;
    return { past: past.slice(0, -1), present: to, future: present === null ? future : [present, ...future] };
  }
  const [to, ...rest] = future;
  if (to === undefined) return state;
  return { past: present === null ? past : [...past, present], present: to, future: rest };
}
