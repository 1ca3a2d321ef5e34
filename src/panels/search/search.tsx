import { useMemo } from 'react';
import { hitToStepTo, jumpToHit, type SearchRun, setForm, startSearch, useSearch } from '../../app/search';
import { useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { grouped, hexAddress } from '../../ui/numbers';
import { HitContext } from './hit-context';
import './search.css';
import { SearchBar } from './search-bar';
import { noHitsText, zerosMayHelp } from './words';

interface Row {
  readonly index: number;
  readonly address: Address;
  readonly length: Bytes;
}

/** The drawer's tab "Search": what to look for, and the hits with what stands around them. */
export function Search({ snapshot }: { readonly snapshot: Snapshot }) {
  const run = useSearch((state) => (state.run?.dump === snapshot.id ? state.run : null));
  const hits = useStore((state) => state.hits);
  const memory = useStore((state) => state.hitsMemory);
  const at = useStore((state) =>
    state.bytes === null || state.bytes.memory !== state.hitsMemory
      ? null
      : hitAt(state.hits, Math.min(state.bytes.anchor, state.bytes.focus)),
  );
  const columns = useMemo(() => columnsOf(memory), [memory]);
  const rowAt = (index: number): Row | null => {
    const address = hits[index];
    return address === undefined ? null : { index, address, length: run?.lengths[index] ?? 1 };
  };
  return (
    <div className="search">
      <SearchBar snapshot={snapshot} run={run} hits={hits.length} />
      <Grid
        label="Search"
        columns={columns}
        count={hits.length}
        rowAt={rowAt}
        at={at}
        onActivate={(row) => jumpToHit(row.index)}
        empty={<Empty snapshot={snapshot} run={run} />}
      />
    </div>
  );
}

/** The index of the hit that begins at an address; null where none does. */
function hitAt(hits: readonly Address[], address: Address): number | null {
  const index = hitToStepTo(hits, address - 1, 1);
  return hits[index] === address ? index : null;
}

function Empty({ snapshot, run }: { readonly snapshot: Snapshot; readonly run: SearchRun | null }) {
  if (run === null) return 'Hits are listed here. F3 goes to the next one, Shift+F3 to the one before.';
  const counts = snapshot.memories[run.request.memory]?.counts;
  if (counts === undefined || run.update.state !== 'done') return '';
  const { request, update } = run;
  return (
    <>
      {noHitsText(request, update, counts)}{' '}
      {zerosMayHelp(request, counts) && (
        <button
          type="button"
          className="button edge"
          onClick={() => {
            setForm({ zeros: true });
            startSearch();
          }}
        >
          Search them too
        </button>
      )}
    </>
  );
}

function columnsOf(memory: number): readonly Column<Row>[] {
  return [
    {
      key: 'index',
      label: '#',
      width: 64,
      grow: 0,
      align: 'end',
      sortable: false,
      cell: (row) => <span className="mono quiet">{grouped(row.index)}</span>,
    },
    {
      key: 'address',
      label: 'Address',
      width: 120,
      grow: 0,
      align: 'start',
      sortable: false,
      cell: (row) => (
        <button type="button" className="link bare mono" tabIndex={-1} onClick={() => jumpToHit(row.index)}>
          {hexAddress(row.address)}
        </button>
      ),
    },
    {
      key: 'bytes',
      label: 'Bytes',
      width: 90,
      grow: 0,
      align: 'end',
      sortable: false,
      cell: (row) => <span className="mono secondary">{grouped(row.length)}</span>,
    },
    {
      key: 'context',
      label: 'What is here',
      width: 300,
      grow: 1,
      align: 'start',
      sortable: false,
      cell: (row) => <HitContext memory={memory} address={row.address} length={row.length} />,
    },
  ];
}
