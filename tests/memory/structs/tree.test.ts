import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileStructs } from '../../../src/memory/structs/compile';
import {
  childCount,
  itemCount,
  NOTHING_OPEN,
  type Opened,
  rowAt,
  rowCount,
  rowOfAddress,
  rowOfPath,
  setOpen,
  type Tree,
  type TreeRow,
} from '../../../src/memory/structs/tree';

const TEXT = `struct Point { i32 x, y; };
  struct Node { Point p; Node *next; char name[4]; union { u32 whole; u8 part[4]; }; Point corners[3]; f64 w; };`;

function treeOf(count: number, opened: Opened = NOTHING_OPEN): Tree {
  const compiled = compileStructs(TEXT, false);
  if (compiled.kind === 'problem') throw new Error(compiled.problem.expected);
  const root = compiled.layouts.roots.find(({ name }) => name === 'Node');
  if (root === undefined) throw new Error('no Node');
  const items = { kind: 'array' as const, address: 0x1000, count };
  return { name: 'Node', type: root.type, layouts: compiled.layouts, items, opened };
}

/** All rows of a tree, by asking for the first until there is none. */
function rowsOf(tree: Tree): TreeRow[] {
  const rows: TreeRow[] = [];
  for (let row = rowAt(tree, 0); row !== null; row = rowAt(tree, rows.length)) rows.push(row);
  return rows;
}

const written = (tree: Tree) =>
  rowsOf(tree).map(
    ({ path, name, address }) => `${' '.repeat(path.length - 1)}${name} ${address.toString(16)}`,
  );

/** Opens rows by their index, each in the tree as it then is; pointers lead to 0x5000. */
function opening(count: number, indexes: readonly number[]): Tree {
  let tree = treeOf(count);
  for (const index of indexes) {
    const row = rowAt(tree, index % rowCount(tree));
    if (row !== null && row.open !== null)
      tree = treeOf(count, setOpen(tree.opened, row.path, !row.open, 0x5000));
  }
  return tree;
}

/** The same tree, naively: what an open node holds stands right below it. */
function naive(tree: Tree): string[] {
  const lines: string[] = [];
  const visit = (path: readonly number[], opened: Opened, count: number): void => {
    for (let child = 0; child < count; child += 1) {
      const own = [...path, child];
      lines.push(own.join('.'));
      const inner = opened.children.get(child);
      if (inner !== undefined) visit(own, inner, partsOf(tree, own));
    }
  };
  visit([], tree.opened, itemCount(tree.items));
  return lines;
}

/** Parts of the node at a path, straight from its type. */
function partsOf(tree: Tree, path: readonly number[]): number {
  let type = tree.type;
  for (const child of path.slice(1)) {
    if (type.kind === 'record') type = type.members[child]?.type ?? type;
    else if (type.kind === 'array') type = type.of;
    else type = tree.type;
  }
  return childCount(tree, type);
}

describe('tree', () => {
  it('shows what is open', () => {
    expect(written(opening(1, [0, 1, 4, 6]))).toEqual([
      'Node 1000',
      ' p 1000',
      '  x 1000',
      '  y 1004',
      ' next 1008',
      '  *next 5000',
      ' name 100c',
      '  [0] 100c',
      '  [1] 100d',
      '  [2] 100e',
      '  [3] 100f',
      ' (union) 1010',
      ' corners 1014',
      ' w 1030',
    ]);
    expect(written(opening(1, [0, 1, 4, 5])).slice(4, 9)).toEqual([
      ' next 1008',
      '  *next 5000',
      '   p 5000',
      '   next 5008',
      '   name 500c',
    ]);
  });

  it('has the rows of the naive tree, whatever is opened and closed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(60), { maxLength: 40 }),
        (count, indexes) => {
          const tree = opening(count, indexes);
          expect(rowsOf(tree).map(({ path }) => path.join('.'))).toEqual(naive(tree));
          expect(rowCount(tree)).toBe(naive(tree).length);
          expect(rowsOf(tree).map(({ path }) => rowOfPath(tree, path))).toEqual(
            naive(tree).map((_, index) => index),
          );
        },
      ),
    );
  });

  it('finds the innermost shown row that holds an address, not behind pointers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(60), { maxLength: 40 }),
        fc.integer({ min: 0xff0, max: 0x1100 }),
        (indexes, address) => {
          const tree = opening(3, indexes);
          const rows = rowsOf(tree);
          const found = rowOfAddress(tree, address);
          const size = tree.type.size;
          if (address < 0x1000 || address >= 0x1000 + 3 * size) {
            expect(found).toBe(-1);
            return;
          }
          const holds = rows.map(
            (row) => address >= row.address && address < row.address + row.type.size && row.address < 0x5000,
          );
          const row = rows[found];
          expect(holds[found]).toBe(true);
          // Nothing right below it holds the address too.
          const inner = rows.findIndex(
            ({ path }, index) =>
              holds[index] === true &&
              path.length === (row?.path.length ?? 0) + 1 &&
              path.slice(0, -1).join('.') === row?.path.join('.'),
          );
          expect(inner).toBe(-1);
        },
      ),
    );
  });

  it('an array of a billion costs what is open in it', () => {
    const compiled = compileStructs('u8 all[1000000000];', false);
    if (compiled.kind === 'problem') throw new Error(compiled.problem.expected);
    const root = compiled.layouts.roots[0];
    if (root === undefined) throw new Error('no struct');
    const items = { kind: 'array' as const, address: 16, count: 1000 };
    let tree: Tree = {
      name: 'members',
      type: root.type,
      layouts: compiled.layouts,
      items,
      opened: NOTHING_OPEN,
    };
    tree = { ...tree, opened: setOpen(tree.opened, [999], true, null) };
    tree = { ...tree, opened: setOpen(tree.opened, [999, 0], true, null) };
    expect(rowCount(tree)).toBe(1000 + 1 + 1_000_000_000);
    expect(rowAt(tree, 1_000_001_000)).toMatchObject({
      name: '[999999999]',
      address: 16 + 1e12 - 1,
      open: null,
    });
    expect(rowOfAddress(tree, 16 + 999e9 + 5)).toBe(1006);
  });

  it('a list has an item wherever it led', () => {
    const tree: Tree = { ...treeOf(1), items: { kind: 'list', addresses: [0x40, 0x2000, 0x1000] } };
    expect(written(tree)).toEqual(['Node[0] 40', 'Node[1] 2000', 'Node[2] 1000']);
    expect([rowOfAddress(tree, 0x2004), rowOfAddress(tree, 0x3000)]).toEqual([1, -1]);
  });
});
