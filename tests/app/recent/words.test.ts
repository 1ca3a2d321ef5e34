import { describe, expect, it } from 'vitest';
import type { RecentEntry } from '../../../src/app/recent/entry';
import {
  adviceOf,
  changeText,
  factsOf,
  headlineOf,
  totalText,
  whenText,
} from '../../../src/app/recent/words';
import type { Cause } from '../../../src/session/types';
import { fixtureJson } from '../../fixture';
import { type Expected, snapshotOfExpected } from '../fake-session';

const NOW = new Date(2026, 10, 23, 21, 14);
const COPY = { folder: 'f', files: [{ name: 'a', size: 3 * 2 ** 20 }] };
const entry = (changes: Partial<RecentEntry> = {}): RecentEntry => ({
  id: 'a',
  name: 'a.core',
  size: 980,
  opened: new Date(2026, 10, 23, 11, 20).getTime(),
  headline: 'Stopped in f',
  modules: 0,
  from: { kind: 'user', gave: 'file', stamp: null },
  copy: null,
  ...changes,
});

describe('whenText', () => {
  it('names the day as far as it is clear which is meant', () => {
    expect(whenText(new Date(2026, 10, 23, 0, 0), NOW)).toBe('today 00:00');
    expect(whenText(new Date(2026, 10, 22, 23, 59), NOW)).toBe('yesterday 23:59');
    expect(whenText(new Date(2026, 10, 20, 9, 2), NOW)).toBe('Friday 09:02');
    expect(whenText(new Date(2026, 10, 17, 9, 2), NOW)).toBe('Tuesday 09:02');
    expect(whenText(new Date(2026, 10, 16, 9, 2), NOW)).toBe('16 Nov 2026');
    expect(whenText(new Date(2025, 0, 3), NOW)).toBe('3 Jan 2025');
  });

  it('of a clock that was wrong: a date, not a day', () => {
    expect(whenText(new Date(2026, 10, 25, 9, 2), NOW)).toBe('25 Nov 2026');
  });
});

describe('an entry in words', () => {
  it('size, modules, when and what is kept', () => {
    expect(factsOf(entry(), NOW)).toBe('980 bytes, today 11:20');
    expect(factsOf(entry({ modules: 2, copy: COPY }), NOW)).toBe(
      '980 bytes, 2 modules, today 11:20, copy kept, 3.00 MiB',
    );
    const from = { kind: 'link', dump: 'https://a.example/x\u202e', modules: [] } as const;
    expect(factsOf(entry({ from }), NOW)).toMatch(/^980 bytes, today 11:20, from https:\/\/a\.example\/x/);
    expect(factsOf(entry({ from }), NOW)).not.toContain('\u202e');
  });

  it('what the user has to do, where a click does not open it', () => {
    expect(adviceOf(entry())).toContain('drop it again');
    expect(adviceOf(entry({ from: { kind: 'user', gave: 'paste', stamp: null } }))).toContain(
      'paste it again',
    );
    expect(adviceOf(entry({ from: { kind: 'user', gave: 'link', stamp: null } }))).toContain(
      'open the link again',
    );
    expect(adviceOf(entry({ copy: COPY }))).toBe('');
  });

  it('what all of it takes', () => {
    expect(totalText([entry()])).toBe('1 dump');
    expect(totalText([entry(), entry({ copy: COPY }), entry({ copy: COPY })])).toBe(
      '3 dumps and 2 copies, 6.00 MiB',
    );
  });
});

describe('changeText', () => {
  const was = { size: 10, modified: 1000 };
  const today = new Date(2026, 10, 23, 20, 0).getTime();
  it('says both sizes, and when it was written', () => {
    expect(changeText('a.core', was, was, NOW)).toBe('');
    expect(changeText('a.core', was, { size: 1200, modified: today }, NOW)).toBe(
      'a.core has changed since it was opened: 10 bytes then, 1,200 now, written today 20:00.',
    );
    expect(changeText('a.core', was, { size: 10, modified: today }, NOW)).toBe(
      'a.core has changed since it was opened: still 10 bytes, written today 20:00.',
    );
  });
});

describe('headlineOf', () => {
  const expected = fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json');
  it('names the cause and the place', () => {
    const snapshot = snapshotOfExpected(expected, 'c.core');
    expect(headlineOf(snapshot)).toBe('Stopped in func[8] +0x28');
    const cause: Cause = {
      title: 'integer divide by zero',
      certainty: 'inferred',
      frame: 0,
      message: 'order 4711 of alice@example.com',
      evidence: ['The divisor is 0.'],
      address: null,
    };
    const told = headlineOf({ ...snapshot, causes: [cause] });
    expect(told).toBe('Integer divide by zero in func[8] +0x28');
    // What the program said can hold what it worked on.
    expect(told).not.toContain('alice');
  });
});
