/** Where a view was and, after going back, where it can go forward to. */
export interface History<Visit> {
  readonly past: readonly Visit[];
  readonly present: Visit | null;
  readonly future: readonly Visit[];
}

/** More visits than a person goes back; bounds what is kept. */
const LONGEST = 200;

export type HistoryAction<Visit> =
  | { readonly kind: 'visit'; readonly visit: Visit }
  | { readonly kind: 'back' }
  | { readonly kind: 'forward' };

/** The next history. Visiting where one already is changes nothing, so that Back, which jumps too, adds no visit. */
export function travelled<Visit>(
  state: History<Visit>,
  action: HistoryAction<Visit>,
  same: (one: Visit, other: Visit) => boolean,
): History<Visit> {
  const { past, present, future } = state;
  if (action.kind === 'visit') {
    const { visit } = action;
    if (present !== null && same(present, visit)) return state;
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
