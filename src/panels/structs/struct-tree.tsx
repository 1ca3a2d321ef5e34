// biome-ignore-all lint/a11y/useFocusableInteractive: the tree grid itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree grid handles the keys of its rows
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual and a tree grid
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { useStore } from '../../app/store';
import { useStructs } from '../../app/structs/state';
import { rowAt, rowCount, rowOfAddress, setOpen, type Tree, type TreeRow } from '../../memory/structs/tree';
import { bytesNeeded, readValue } from '../../memory/structs/values';
import { useRows } from '../../ui/use-rows';
import type { ByteCache } from './byte-cache';
import { StructRow } from './struct-row';
import { treeAction } from './tree-action';
import { useByteCache } from './use-overlay';

const HEAD = 24;

interface Props {
  readonly tree: Tree;
  readonly memory: number;
  readonly version: number;
}

/** The height of a row as the tokens say it: taller where the pointer is coarse. */
function rowHeight(): number {
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--h-row-t'), 10) || 22;
}

/** The parts of a struct with their values: one tab stop, arrows between rows, Enter selects a part's bytes. */
export function StructTree({ tree, memory, version }: Props) {
  const id = useId();
  const [height] = useState(rowHeight);
  const [cursor, setCursor] = useState(0);
  const count = useMemo(() => rowCount(tree), [tree]);
  const list = useRows(count, height, HEAD);
  const cache = useByteCache(memory, version);
  const jump = useStore((state) => state.jump);
  const setLive = useStore((state) => state.setLive);
  const selected = useStore((state) =>
    state.bytes?.memory === memory ? Math.min(state.bytes.anchor, state.bytes.focus) : null,
  );
  const marked = useMemo(() => (selected === null ? -1 : rowOfAddress(tree, selected)), [tree, selected]);
  const { scroller, show } = list;
  // A byte that was selected elsewhere brings its part into view; one that was selected here is there.
  useEffect(() => {
    if (marked >= 0 && scroller.current?.contains(document.activeElement) !== true) show(marked);
  }, [marked, scroller, show]);
  const at = Math.min(cursor, count - 1);
  const rowId = (index: number) => `${id}-${index}`;

  const moveTo = (index: number) => {
    setCursor(index);
    list.show(index);
  };
  const select = (row: TreeRow) => jump(memory, row.address, Math.max(1, sizeOf(row)));
  const toggle = (row: TreeRow, open: boolean) => {
    const target = open ? targetOf(row, cache) : { address: null, refused: null };
    if (target.refused !== null) setLive(`${row.name}: ${target.refused}`);
    else useStructs.setState({ opened: setOpen(tree.opened, row.path, open, target.address) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const action = treeAction(event.key, tree, at, list.page);
    const row = rowAt(tree, at);
    if (action === null || row === null) return;
    event.preventDefault();
    if (action.kind === 'move') moveTo(action.to);
    else if (action.kind === 'select') select(row);
    else toggle(row, action.kind === 'open');
  };

  const drawn = Array.from({ length: list.end - list.first }, (_, index) => list.first + index);
  return (
    <div className="grid-scroller" ref={list.scroller}>
      <div
        role="treegrid"
        aria-label="Struct"
        aria-rowcount={count < 2 ** 31 ? count + 1 : -1}
        aria-activedescendant={at >= list.first && at < list.end ? rowId(at) : undefined}
        tabIndex={0}
        className="grid structs-grid"
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="grid-head structs-row">
          {['Name', 'Type', 'Value', 'Offset', 'Address'].map((label) => (
            <div
              key={label}
              role="columnheader"
              className={label === 'Offset' ? 'grid-cell end' : 'grid-cell'}
            >
              {label}
            </div>
          ))}
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: list.height }}>
          {drawn.map((index) => {
            const row = rowAt(tree, index);
            if (row === null) return null;
            return (
              <StructRow
                key={row.path.join('.')}
                id={rowId(index)}
                index={index}
                row={row}
                memory={memory}
                cache={cache}
                current={index === at}
                marked={index === marked}
                top={list.offset(index)}
                onSelect={() => {
                  setCursor(index);
                  select(row);
                }}
                onToggle={() => {
                  setCursor(index);
                  toggle(row, row.open !== true);
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Bytes that a part takes: of a bit-field, those that its bits lie in. */
function sizeOf({ type, bits }: TreeRow): number {
  return bits === null ? type.size : bytesNeeded(type, bits);
}

type Target =
  | { readonly address: number | null; readonly refused: null }
  | { readonly address: null; readonly refused: string };

/** Where an opened row's parts stand, or why it cannot be opened: only pointers lead elsewhere. */
function targetOf({ type, address }: TreeRow, cache: ByteCache): Target {
  if (type.kind !== 'pointer') return { address: null, refused: null };
  const window = cache.bytes(address, type.size);
  if (window === null) return { address: null, refused: 'not read yet' };
  const value = readValue(window, address, type, null);
  if (value.kind !== 'pointer') return { address: null, refused: 'has no value, so it leads nowhere' };
  if (value.bits === 0n) return { address: null, refused: 'null leads nowhere' };
  if (value.target === null) return { address: null, refused: 'leads past what addresses reach' };
  return { address: value.target, refused: null };
}
