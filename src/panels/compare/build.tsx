import { useMemo } from 'react';
import { buildVerdict, type Fact, factsOf } from '../../app/compare-facts';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { SamenessCell } from './sameness';

interface Props {
  readonly here: Snapshot;
  readonly there: Snapshot;
}

/** Whether both dumps may come from one build, and where each of them stood. */
export function Build({ here, there }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the facts depend on these parts of the snapshots only
  const facts = useMemo(
    () => factsOf(here, there),
    [here.dump, here.names, here.producer, there.dump, there.names, there.producer],
  );
  return (
    <>
      <div className="compare-summary">
        <div className="compare-line">
          <p>
            <b>{buildVerdict(here, there, facts)}</b>
          </p>
        </div>
      </div>
      <Grid
        label="Builds and stacks"
        columns={COLUMNS}
        count={facts.length}
        rowAt={(index) => facts[index] ?? null}
        wrap
        empty=""
      />
    </>
  );
}

const column = (
  key: string,
  label: string,
  [width, grow]: readonly [number, number],
  cell: Column<Fact>['cell'],
): Column<Fact> => ({ key, label, width, grow, align: 'start', sortable: false, cell });

const COLUMNS: readonly Column<Fact>[] = [
  column('what', 'What', [150, 0], (row) => <span className="secondary">{row.what}</span>),
  column('sameness', 'Compared', [120, 0], (row) => <SamenessCell sameness={row.sameness} />),
  column('here', 'This dump', [200, 1], (row) => <span>{row.here}</span>),
  column('there', 'Other dump', [200, 1], (row) => <span>{row.there}</span>),
];
