import { describe, expect, it } from 'vitest';
import { instancesOfGlobals } from '../../../src/app/frames';
import { filterGlobals, globalOrder, globalRow, sortGlobals } from '../../../src/panels/globals/global-rows';
import { type Expected, snapshotOfExpected } from '../../app/fake-session';
import { fixtureJson } from '../../fixture';

const expected = fixtureJson<Expected>('wasm-encoder/multi-memory/expected.json');
const plain = snapshotOfExpected(expected, 'a.core');
const globals = [
  { type: 'i32', mutable: true, value: { type: 'i32', value: -5 }, imported: false },
  { type: 'i64', mutable: false, value: { type: 'i64', value: 9_000_000_000n }, imported: false },
  { type: 'f64', mutable: true, value: { type: 'f64', bits: 0x3ff8000000000000n }, imported: false },
  { type: 'externref', mutable: true, value: { type: 'missing' }, imported: true },
  { type: 'i32', mutable: true, value: { type: 'i32', value: 65_440 }, imported: false },
] as const;
const instances = [
  { module: 0, memories: [], globals: [0, 4], implicit: false },
  { module: 1, memories: [], globals: [4, null], implicit: false },
];
const snapshot = {
  ...plain,
  dump: { ...plain.dump, globals, instances },
  names: { ...plain.names, globals: [null, 'ticks', 'ra\u202ete', null, '__stack_pointer'] },
};
const owners = instancesOfGlobals(snapshot);
const rows = globals.flatMap((_, index) => globalRow(snapshot, owners, index) ?? []);
const indices = (list: readonly { readonly index: number }[]) => list.map((row) => row.index);

describe('globalRow', () => {
  it('says what is in the file, safe to show', () => {
    expect(rows.map((row) => [row.name, row.instances, row.decimal, row.hex])).toEqual([
      ['', '0', '-5', '0xfffffffb'],
      ['ticks', '', '9,000,000,000', '0x00000002' + '18711a00'],
      ['ra\\u{202e}te', '', '1.5', '0x3ff8000000000000'],
      ['', '', 'not in this dump', ''],
      ['__stack_pointer', '0, 1', '65,440', '0x0000ffa0'],
    ]);
  });
});

describe('filterGlobals', () => {
  it('finds words in any column; a number also without its separators', () => {
    expect(indices(filterGlobals(rows, 'STACK'))).toEqual([4]);
    expect(indices(filterGlobals(rows, '65440'))).toEqual([4]);
    expect(indices(filterGlobals(rows, 'ffa0'))).toEqual([4]);
    expect(indices(filterGlobals(rows, 'i32 mutable'))).toEqual([0, 4]);
    expect(indices(filterGlobals(rows, 'constant'))).toEqual([1]);
    expect(filterGlobals(rows, '  ')).toBe(rows);
    expect(filterGlobals(rows, 'nothing')).toEqual([]);
  });
});

describe('sortGlobals', () => {
  const sorted = (key: string, direction: 'ascending' | 'descending') =>
    indices(sortGlobals(rows, { key, direction }));
  it('sorts values as numbers, the unknown last either way', () => {
    expect(sorted('decimal', 'ascending')).toEqual([0, 2, 4, 1, 3]);
    expect(sorted('decimal', 'descending')).toEqual([1, 4, 2, 0, 3]);
  });
  it('keeps the file’s order among equals', () => {
    expect(sorted('type', 'ascending')).toEqual([3, 2, 0, 4, 1]);
    expect(sorted('mutability', 'descending')).toEqual([0, 2, 3, 4, 1]);
    expect(sorted('index', 'descending')).toEqual([4, 3, 2, 1, 0]);
    expect(sortGlobals(rows, null)).toBe(rows);
  });
});

describe('globalOrder', () => {
  it('looks at no global unless a filter or an order asks for it', () => {
    expect(globalOrder(snapshot, owners, ' ', null)).toBeNull();
  });
  it('filters and sorts', () => {
    expect(globalOrder(snapshot, owners, 'i32', { key: 'decimal', direction: 'descending' })).toEqual([4, 0]);
  });
  it('has no row outside', () => {
    expect(globalRow(snapshot, owners, 5)).toBeNull();
  });
});
