import { describe, expect, it } from 'vitest';
import type { Frame, Thread } from '../../../src/coredump/model';
import { backtrace } from '../../../src/panels/threads/backtrace';
import { levelOf, treeAction } from '../../../src/panels/threads/tree-keys';
import { foldThreads, rowOfFrame, treeRows } from '../../../src/panels/threads/tree-rows';
import { NAMELESS } from '../../../src/symbols/frame-name';
import { type Expected, snapshotOfExpected } from '../../app/fake-session';
import { fixtureJson } from '../../fixture';

const frame = (letter: string, instance: number | null = 0): Frame => ({
  instance,
  function: letter.charCodeAt(0),
  codeOffset: 1,
  locals: [],
  stack: [],
  offset: 0,
});
const thread = (letters: string): Thread => ({
  name: letters,
  layout: 'L1',
  frames: Array.from(letters, (letter) => frame(letter)),
  complete: true,
  offset: 0,
});
const pieces = foldThreads([thread('abbbbc'), thread(''), thread('xy')]);
const rows = treeRows(pieces, new Set());
const ids = (toggled: string[]) => treeRows(pieces, new Set(toggled)).map((row) => row.id);

describe('treeRows', () => {
  it('threads are open and cycles closed, until they are toggled', () => {
    expect(ids([])).toEqual(['t0', 't0f0', 't0c1', 't0f5', 't1', 't2', 't2f0', 't2f1']);
    expect(ids(['t0', 't2'])).toEqual(['t0', 't1', 't2']);
    expect(ids(['t0c1', 't2'])).toEqual([
      't0',
      't0f0',
      't0c1',
      't0f1',
      't0f2',
      't0f3',
      't0f4',
      't0f5',
      't1',
      't2',
    ]);
  });

  it('knows each row’s place among its siblings, as a screen reader says it', () => {
    expect(rows.map((row) => [levelOf(row), row.position, row.siblings])).toEqual([
      [1, 1, 3],
      [2, 1, 3],
      [2, 2, 3],
      [2, 3, 3],
      [1, 2, 3],
      [1, 3, 3],
      [2, 1, 2],
      [2, 2, 2],
    ]);
    const inside = treeRows(pieces, new Set(['t0c1']))[3];
    expect([levelOf(inside), inside?.position, inside?.siblings]).toEqual([3, 1, 4]);
  });

  it('the same function in another instance is another function, whatever the index', () => {
    const frames = [0, 0, 1, 2, 4_294_967_295, null].map((instance) => frame('f', instance));
    const folded = foldThreads([{ ...thread(''), frames }]);
    expect(folded[0]?.every((piece) => piece.kind === 'frame')).toBe(true);
  });

  it('finds the row of a frame, or the closed row that holds it', () => {
    expect(rowOfFrame(rows, { thread: 0, frame: 5 })).toBe(3);
    expect(rowOfFrame(rows, { thread: 0, frame: 3 })).toBe(2);
    expect(rowOfFrame(treeRows(pieces, new Set(['t2'])), { thread: 2, frame: 1 })).toBe(5);
    expect(rowOfFrame(rows, null)).toBe(-1);
  });
});

describe('treeAction', () => {
  it.each([
    ['ArrowDown', 0, { kind: 'move', to: 1 }],
    ['ArrowDown', 7, { kind: 'move', to: 7 }],
    ['ArrowUp', 0, { kind: 'move', to: 0 }],
    ['Home', 5, { kind: 'move', to: 0 }],
    ['End', 5, { kind: 'move', to: 7 }],
    ['PageDown', 0, { kind: 'move', to: 4 }],
    ['PageUp', 7, { kind: 'move', to: 3 }],
    ['ArrowRight', 0, { kind: 'move', to: 1 }],
    ['ArrowRight', 2, { kind: 'toggle', id: 't0c1' }],
    ['ArrowRight', 1, null],
    ['ArrowLeft', 0, { kind: 'toggle', id: 't0' }],
    ['ArrowLeft', 3, { kind: 'move', to: 0 }],
    ['ArrowLeft', 2, { kind: 'move', to: 0 }],
    ['Enter', 2, { kind: 'toggle', id: 't0c1' }],
    ['Enter', 1, null],
    ['x', 1, null],
  ] as const)('%s on row %i', (key, at, action) => {
    expect(treeAction(key, rows, at, 4)).toEqual(action);
  });

  it('leads from a frame of an opened cycle to the cycle', () => {
    const open = treeRows(pieces, new Set(['t0c1']));
    expect(treeAction('ArrowLeft', open, 4, 4)).toEqual({ kind: 'move', to: 2 });
    expect(treeAction('ArrowRight', open, 2, 4)).toEqual({ kind: 'move', to: 3 });
    expect(treeAction('ArrowLeft', open, 2, 4)).toEqual({ kind: 'toggle', id: 't0c1' });
  });

  it('does nothing in an empty tree', () => {
    expect(treeAction('End', [], 0, 4)).toBeNull();
  });
});

describe('rows of names', () => {
  const line = (name: string) => ({ function: name, file: 'a.c', directory: null, line: 7, column: 1 });
  const names = [
    [
      { ...NAMELESS, function: 'a', lines: [line('inner'), line('outer'), line('a')] },
      { ...NAMELESS, function: 'b' },
      { ...NAMELESS, function: '_start' },
      { ...NAMELESS, function: '_start.command_export' },
    ],
  ];
  const own = foldThreads([thread('abcd')]);
  const idsOf = (toggled: string[]) => treeRows(own, new Set(toggled), names).map((row) => row.id);

  it('inlined functions stand before their frame, innermost first; start-up is one row that opens', () => {
    expect(idsOf([])).toEqual(['t0', 't0f0i0', 't0f0i1', 't0f0', 't0f1', 't0s2']);
    expect(idsOf(['t0s2'])).toEqual([...idsOf([]), 't0f2', 't0f3']);
    expect(treeRows(own, new Set(), names).map((row) => [levelOf(row), row.position, row.siblings])).toEqual([
      [1, 1, 1],
      [2, 1, 5],
      [2, 2, 5],
      [2, 3, 5],
      [2, 4, 5],
      [2, 5, 5],
    ]);
  });

  it('a frame in the closed start-up is shown by its row', () => {
    const all = treeRows(own, new Set(), names);
    expect(rowOfFrame(all, { thread: 0, frame: 3 })).toBe(5);
    expect(treeAction('ArrowRight', all, 1, 4)).toBeNull();
    expect(treeAction('ArrowRight', all, 5, 4)).toEqual({ kind: 'toggle', id: 't0s2' });
  });
});

describe('backtrace', () => {
  it('is one line a frame, with names where there are any', () => {
    const expected = fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json');
    const plain = snapshotOfExpected(expected, 'a.core');
    const named = { ...plain.names, frames: [[{ ...NAMELESS, function: 'divide' }]] };
    const lines = backtrace({ ...plain, names: named }).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Thread 0 "main", 8 frames',
      '#0  divide func[8] +0x28',
      '#1  func[10] +0x44',
    ]);
    expect(lines).toHaveLength(9);
  });

  it('has lines, inlined functions with the number of their frame, and a sign at doubtful names', () => {
    const expected = fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json');
    const plain = snapshotOfExpected(expected, 'a.core');
    const line = (name: string) => ({ function: name, file: 'src/a.c', directory: null, line: 7, column: 3 });
    const frames = [[{ ...NAMELESS, function: 'f', doubtful: true, lines: [line('inner'), line('f')] }]];
    const lines = backtrace({ ...plain, names: { ...plain.names, frames } }).split('\n');
    expect(lines.slice(1, 3)).toEqual([
      '#0  inner at src/a.c:7:3, inlined',
      '#0  f? func[8] +0x28 at src/a.c:7:3',
    ]);
  });

  it('keeps recursion folded', () => {
    const expected = fixtureJson<Expected>('wasmedge/recurse/expected.json');
    const text = backtrace(snapshotOfExpected(expected, 'a.core'));
    expect(text).toMatch(/^\.\.\. func\[\d+\]( -> func\[\d+\])*, \d+ times$/m);
    expect(text.split('\n').length).toBeLessThan(20);
  });
});
