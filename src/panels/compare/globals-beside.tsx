import { useMemo, useState } from 'react';
import { type GlobalPair, globalPair, globalPairs } from '../../app/compare-facts';
import { useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { counted, grouped } from '../../ui/numbers';
import { SamenessCell } from './sameness';

interface Props {
  readonly here: Snapshot;
  readonly there: Snapshot;
}

/** Globals of both dumps by index, side by side. */
export function GlobalsBeside({ here, there }: Props) {
  const pick = useStore((state) => state.pick);
  const [onlyChanged, setOnlyChanged] = useState(false);
  const count = globalPairs(here, there);
  // biome-ignore lint/correctness/useExhaustiveDependencies: pairs depend on the globals only, and there may be 100,000
  const differing = useMemo(
    () =>
      Array.from({ length: count }, (_, index) => index).filter(
        (index) => globalPair(here, there, index).sameness !== 'same',
      ),
    [here.dump.globals, there.dump.globals, count],
  );
  const indices = onlyChanged ? differing : null;
  return (
    <>
      <div className="compare-summary">
        <div className="compare-line">
          <p>
            <b>
              {grouped(differing.length)} of {counted(count, 'global')}
            </b>{' '}
            not the same.
          </p>
          <label className="check">
            <input
              type="checkbox"
              checked={onlyChanged}
              onChange={(event) => setOnlyChanged(event.target.checked)}
            />
            Only those
          </label>
        </div>
      </div>
      <Grid
        label="Globals of both dumps"
        columns={COLUMNS}
        count={indices?.length ?? count}
        rowAt={(row) => globalPair(here, there, indices === null ? row : (indices[row] ?? -1))}
        onSelect={(row) => {
          if (row.index < here.dump.globals.length) pick({ kind: 'global', index: row.index });
        }}
        empty={count === 0 ? 'Neither dump has globals.' : 'All globals are the same.'}
      />
    </>
  );
}

const column = (
  key: string,
  label: string,
  [width, grow]: readonly [number, number],
  align: 'start' | 'end',
  cell: Column<GlobalPair>['cell'],
): Column<GlobalPair> => ({ key, label, width, grow, align, sortable: false, cell });

const value = (text: string, sameness: GlobalPair['sameness']) => (
  <span className={sameness === 'same' ? 'mono quiet compare-value' : 'mono compare-value'}>{text}</span>
);

const COLUMNS: readonly Column<GlobalPair>[] = [
  column('index', '#', [56, 0], 'end', (row) => <span className="mono quiet">{row.index}</span>),
  column('name', 'Name', [110, 1], 'start', (row) => <span className="mono">{row.name}</span>),
  column('type', 'Type', [80, 0], 'start', (row) => <span className="mono quiet">{row.type}</span>),
  column('sameness', 'Compared', [120, 0], 'start', (row) => <SamenessCell sameness={row.sameness} />),
  column('here', 'This dump', [190, 1], 'start', (row) => value(row.here, row.sameness)),
  column('there', 'Other dump', [190, 1], 'start', (row) => value(row.there, row.sameness)),
];
