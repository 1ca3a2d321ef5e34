import { type ReactNode, useMemo, useState } from 'react';
import { instancesOfGlobals } from '../../app/frames';
import { isMemory64, pointerMemory } from '../../app/pointers';
import { snapshotOf, useStore } from '../../app/store';
import { LINK_FROM, pointerOf } from '../../app/values';
import type { Snapshot } from '../../session/types';
import { type Column, Grid, type Sort } from '../../ui/grid';
import { Icon } from '../../ui/icon';
import { grouped } from '../../ui/numbers';
import { PointerLink } from '../pointers/pointer-link';
import { type GlobalRow, globalOrder, globalRow } from './global-rows';

const COLUMNS: readonly Column<GlobalRow>[] = [
  column('index', '#', [56, 0], 'end', (row) => <span className="mono quiet">{row.index}</span>),
  column('name', 'Name', [110, 1.4], 'start', (row) => <span className="mono">{row.name}</span>),
  column('instances', 'Instance', [74, 0], 'start', (row) => (
    <span className="mono quiet">{row.instances}</span>
  )),
  column('type', 'Type', [76, 0], 'start', (row) => <span className="mono quiet">{row.type}</span>),
  column('mutability', 'Mutability', [84, 0], 'start', (row) => (
    <span className="secondary">{row.mutability}</span>
  )),
  column('decimal', 'Decimal', [100, 1], 'end', (row) =>
    row.known ? (
      <span className="mono">{row.decimal}</span>
    ) : (
      <span className="warn-text">{row.decimal}</span>
    ),
  ),
  { ...column('hex', 'Hex', [262, 1.6], 'start', (row) => <Hex row={row} />), sortable: false },
];

function column(
  key: string,
  label: string,
  [width, grow]: readonly [number, number],
  align: 'start' | 'end',
  cell: (row: GlobalRow) => ReactNode,
): Column<GlobalRow> {
  return { key, label, width, grow, align, sortable: true, cell };
}

/** The longest decimal and hex text of each type, in characters: a value is never cut. */
const LONGEST: Readonly<Record<string, readonly [number, number]>> = {
  i32: [14, 10],
  i64: [26, 18],
  f32: [24, 10],
  f64: [26, 18],
  v128: [34, 34],
};

/** The advance of the monospaced face at this size. */
const CHARACTER = 7.25;

function columnsFor(snapshot: Snapshot): readonly Column<GlobalRow>[] {
  const types = new Set(snapshot.dump.globals.map(({ type }) => type));
  const widest = (column: 0 | 1): number =>
    Math.max(...[...types].map((type) => (LONGEST[type] ?? [16, 0])[column]), 0) * CHARACTER + 24;
  return COLUMNS.map((own) => {
    if (own.key === 'decimal') return { ...own, width: Math.max(own.width, widest(0)) };
    if (own.key === 'hex') return { ...own, width: Math.max(own.width, widest(1)) };
    return own;
  });
}

/** The bits; where they look like an address, as a link that says what it leads to. */
function Hex({ row }: { readonly row: GlobalRow }) {
  const memory = useStore(pointerMemory);
  const pointer = useStore((state) => {
    const snapshot = snapshotOf(state);
    if (snapshot === null || memory >= snapshot.memories.length) return null;
    return pointerOf(row.value, isMemory64(snapshot, memory));
  });
  if (pointer === null || pointer < LINK_FROM) return <span className="mono secondary">{row.hex}</span>;
  return <PointerLink memory={memory} address={pointer} says="word" inGrid />;
}

export function Globals({ snapshot }: { readonly snapshot: Snapshot }) {
  const pick = useStore((state) => state.pick);
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<Sort | null>(null);
  const { globals, instances } = snapshot.dump;
  const names = snapshot.names.globals;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the owners depend on these parts of the snapshot only
  const owners = useMemo(() => instancesOfGlobals(snapshot), [globals, instances]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order depends on these parts of the snapshot only
  const order = useMemo(
    () => globalOrder(snapshot, owners, filter, sort),
    [globals, owners, names, filter, sort],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the widths depend on the globals only
  const columns = useMemo(() => columnsFor(snapshot), [globals]);
  const shown = order?.length ?? globals.length;
  return (
    <>
      <div className="toolbar">
        <label className="field">
          <Icon name="search" small />
          <input
            type="text"
            aria-label="Filter globals"
            placeholder="Filter"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setFilter('')}
          />
        </label>
        <span className="quiet">{filter !== '' && `${grouped(shown)} of ${grouped(globals.length)}`}</span>
      </div>
      <Grid
        label="Globals"
        columns={columns}
        count={shown}
        rowAt={(index) => globalRow(snapshot, owners, order === null ? index : (order[index] ?? -1))}
        onSelect={(row) => pick({ kind: 'global', index: row.index })}
        sort={sort}
        onSort={setSort}
        empty={globals.length === 0 ? 'This dump has no globals.' : `No global holds "${filter}".`}
      />
    </>
  );
}
