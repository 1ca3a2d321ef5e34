import { useMemo } from 'react';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import type { SegmentRow, Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { grouped, hex, hexAddress } from '../../ui/numbers';
import { usePages } from '../../ui/use-pages';

const fetchSegments = (first: number, count: number) => session().segments(first, count);

function AddressLink({ row, address }: { readonly row: SegmentRow; readonly address: number }) {
  const jump = useStore((state) => state.jump);
  const { memory } = row;
  if (memory === null) return null;
  return (
    <button type="button" className="link bare mono" tabIndex={-1} onClick={() => jump(memory, address)}>
      {hexAddress(address)}
    </button>
  );
}

const INDEX: Column<SegmentRow> = {
  key: 'index',
  label: '#',
  width: 72,
  grow: 0,
  align: 'end',
  sortable: false,
  cell: (row) => <span className="mono quiet">{grouped(row.index)}</span>,
};
const MEMORY: Column<SegmentRow> = {
  key: 'memory',
  label: 'Memory',
  width: 72,
  grow: 0,
  align: 'end',
  sortable: false,
  cell: (row) => <span className="mono secondary">{row.memory ?? 'none'}</span>,
};
const REST: readonly Column<SegmentRow>[] = [
  {
    key: 'first',
    label: 'First',
    width: 120,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) =>
      row.address === null ? (
        <span className="warn-text">{row.mode === 'passive' ? 'passive' : 'offset unknown'}</span>
      ) : row.length === 0 ? (
        <span className="mono secondary">{hexAddress(row.address)}</span>
      ) : (
        <AddressLink row={row} address={row.address} />
      ),
  },
  {
    key: 'last',
    label: 'Last',
    width: 120,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) =>
      row.address === null || row.length === 0 ? (
        <span className="quiet">{row.length === 0 ? 'empty' : ''}</span>
      ) : (
        <span className="mono secondary">{hexAddress(row.address + row.length - 1)}</span>
      ),
  },
  {
    key: 'bytes',
    label: 'Bytes',
    width: 90,
    grow: 0.8,
    align: 'end',
    sortable: false,
    cell: (row) => <span className="mono">{grouped(row.length)}</span>,
  },
  {
    key: 'file',
    label: 'In file at',
    width: 100,
    grow: 0.8,
    align: 'end',
    sortable: false,
    cell: (row) => <span className="mono quiet">{hex(row.fileOffset, 4)}</span>,
  },
  {
    key: 'name',
    label: 'Name',
    width: 80,
    grow: 1.4,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono">{row.name === null ? '' : visible(row.name)}</span>,
  },
];

export function Segments({ snapshot }: { readonly snapshot: Snapshot }) {
  const jump = useStore((state) => state.jump);
  const rowAt = usePages(snapshot.version, fetchSegments);
  const several = snapshot.memories.length > 1;
  const columns = useMemo(() => (several ? [INDEX, MEMORY, ...REST] : [INDEX, ...REST]), [several]);
  return (
    <Grid
      label="Segments"
      columns={columns}
      count={snapshot.segmentCount}
      rowAt={rowAt}
      onActivate={(row) => {
        if (row.memory !== null && row.address !== null && row.length > 0)
          jump(row.memory, row.address, row.length);
      }}
      empty={
        snapshot.indexing.state === 'running'
          ? 'No segment indexed yet.'
          : 'This dump has no data segment: no memory was captured.'
      }
    />
  );
}
