import { describe, expect, it } from 'vitest';
import { compileStructs } from '../../../src/memory/structs/compile';
import { NOTHING_OPEN, setOpen, type Tree } from '../../../src/memory/structs/tree';
import { treeAction } from '../../../src/panels/structs/tree-action';

function treeOf(): Tree {
  const compiled = compileStructs('struct Point { i32 x, y; }; struct Box { Point a; u32 b; };', false);
  const root = compiled.kind === 'layouts' ? compiled.layouts.roots.at(-1) : undefined;
  if (compiled.kind === 'problem' || root === undefined) throw new Error('no struct');
  const opened = setOpen(NOTHING_OPEN, [1], true, null);
  const items = { kind: 'array' as const, address: 0, count: 3 };
  return { name: root.name, type: root.type, layouts: compiled.layouts, items, opened };
}

/** Rows: Box[0], Box[1] (open), a, b, Box[2]. */
const action = (key: string, at: number) => treeAction(key, treeOf(), at, 3);

describe('treeAction', () => {
  it('moves within the rows', () => {
    expect(action('ArrowDown', 4)).toEqual({ kind: 'move', to: 4 });
    expect(action('ArrowUp', 0)).toEqual({ kind: 'move', to: 0 });
    expect(action('PageDown', 0)).toEqual({ kind: 'move', to: 3 });
    expect(action('PageUp', 4)).toEqual({ kind: 'move', to: 1 });
    expect(action('Home', 3)).toEqual({ kind: 'move', to: 0 });
    expect(action('End', 0)).toEqual({ kind: 'move', to: 4 });
  });

  it('opens, closes, and goes in and out', () => {
    expect(action('ArrowRight', 0)).toEqual({ kind: 'open' });
    expect(action('ArrowRight', 1)).toEqual({ kind: 'move', to: 2 });
    expect(action('ArrowRight', 3)).toBeNull();
    expect(action('ArrowLeft', 3)).toEqual({ kind: 'move', to: 1 });
    expect(action('ArrowLeft', 1)).toEqual({ kind: 'close' });
    expect(action('ArrowLeft', 0)).toBeNull();
    expect(action(' ', 1)).toEqual({ kind: 'close' });
    expect(action(' ', 2)).toEqual({ kind: 'open' });
    expect(action('Enter', 3)).toEqual({ kind: 'select' });
    expect(action('x', 3)).toBeNull();
    expect(action('ArrowDown', 9)).toBeNull();
  });
});
