import { describe, expect, it } from 'vitest';
import { type History, type HistoryAction, travelled } from '../../src/app/history';

interface Place {
  readonly memory: number;
  readonly address: number;
}
const NO_HISTORY: History<Place> = { past: [], present: null, future: [] };
const history = (state: History<Place>, action: HistoryAction<Place>) =>
  travelled(state, action, (one, other) => one.memory === other.memory && one.address === other.address);

describe('history', () => {
  const visit = (address: number) => ({ kind: 'visit', visit: { memory: 0, address } }) as const;
  const back = { kind: 'back' } as const;
  const forward = { kind: 'forward' } as const;

  it('goes back and forward over visits', () => {
    const three = [visit(1), visit(2), visit(3)].reduce(history, NO_HISTORY);
    const first = [back, back].reduce(history, three);
    expect(first.present?.address).toBe(1);
    expect(history(first, back)).toBe(first);
    expect([forward, forward].reduce(history, first)).toEqual(three);
    expect(history(three, forward)).toBe(three);
  });

  it('forgets what was ahead on a new visit, and does not count staying', () => {
    const two = [visit(1), visit(2), visit(3), back].reduce(history, NO_HISTORY);
    expect(history(two, visit(2))).toBe(two);
    expect(history(two, visit(9))).toMatchObject({ present: { address: 9 }, future: [] });
  });

  it('is bounded', () => {
    let state = NO_HISTORY;
    for (let address = 0; address < 1000; address += 1) state = history(state, visit(address));
    expect(state.past.length).toBe(200);
  });
});
