import { describe, expect, it } from 'vitest';
import {
  canReopen,
  copySize,
  ENTRY_LIMIT,
  isSame,
  type RecentEntry,
  type RecentSource,
  withEntry,
} from '../../../src/app/recent/entry';

const STAMP = { size: 4876, modified: 1_700_000_000_000 };
const FILE: RecentSource = { kind: 'user', gave: 'file', stamp: STAMP };
const entry = (id: string, changes: Partial<RecentEntry> = {}): RecentEntry => ({
  id,
  name: 'a.core',
  size: 4876,
  opened: 1_700_000_100_000,
  headline: 'Stopped in f',
  modules: 0,
  from: FILE,
  copy: null,
  ...changes,
});
const COPY = {
  folder: 'f',
  files: [
    { name: 'a.core', size: 5 },
    { name: 'a.wasm', size: 7 },
  ],
};
const ids = (entries: readonly RecentEntry[]) => entries.map(({ id }) => id);

describe('withEntry', () => {
  it('puts the entry first, in place of the one before', () => {
    const list = withEntry([entry('a'), entry('b')], entry('b', { headline: 'new' }));
    expect(ids(list)).toEqual(['b', 'a']);
    expect(list[0]?.headline).toBe('new');
  });

  it('lets the oldest go, and none of which a copy is kept', () => {
    const full = Array.from({ length: ENTRY_LIMIT }, (_, at) =>
      entry(`${at}`, { copy: at >= ENTRY_LIMIT - 2 ? COPY : null }),
    );
    const list = withEntry(full, entry('new'));
    expect(list).toHaveLength(ENTRY_LIMIT);
    expect(ids(list)).not.toContain(`${ENTRY_LIMIT - 3}`);
    expect(ids(list).slice(-2)).toEqual([`${ENTRY_LIMIT - 2}`, `${ENTRY_LIMIT - 1}`]);
  });

  it('does not list a new one beside twenty copies', () => {
    const full = Array.from({ length: ENTRY_LIMIT }, (_, at) => entry(`${at}`, { copy: COPY }));
    expect(ids(withEntry(full, entry('new')))).toEqual(ids(full));
  });
});

describe('isSame', () => {
  it('by name, size and date', () => {
    expect(isSame(entry('a'), entry('b'))).toBe(true);
    expect(isSame(entry('a'), entry('b', { name: 'b.core' }))).toBe(false);
    const later: RecentSource = { kind: 'user', gave: 'file', stamp: { ...STAMP, modified: 1 } };
    expect(isSame(entry('a'), entry('b', { from: later }))).toBe(false);
  });

  it('never of what has no date: two pasted dumps of one size are two', () => {
    const pasted: RecentSource = { kind: 'user', gave: 'paste', stamp: null };
    expect(isSame(entry('a', { from: pasted }), entry('b', { from: pasted }))).toBe(false);
  });

  it('of links by the address, and never of a link and a file', () => {
    const link = (dump: string): RecentSource => ({ kind: 'link', dump, modules: [] });
    expect(isSame(entry('a', { from: link('/x') }), entry('b', { from: link('/x') }))).toBe(true);
    expect(isSame(entry('a', { from: link('/x') }), entry('b', { from: link('/y') }))).toBe(false);
    expect(isSame(entry('a', { from: link('/x') }), entry('b'))).toBe(false);
    expect(isSame(entry('a'), entry('b', { from: link('/x') }))).toBe(false);
  });
});

it('a copy has the size of its files, and makes an entry that opens', () => {
  expect(copySize(entry('a', { copy: COPY }))).toBe(12);
  expect(copySize(entry('a'))).toBe(0);
  expect(canReopen(entry('a', { copy: COPY }))).toBe(true);
  expect(canReopen(entry('a'))).toBe(false);
  expect(canReopen(entry('a', { from: { kind: 'link', dump: '/x', modules: [] } }))).toBe(true);
});
