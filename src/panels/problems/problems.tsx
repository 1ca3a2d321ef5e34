import { useMemo, useState } from 'react';
import { useStore } from '../../app/store';
import type { FileOffset } from '../../bytes/units';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { CopyButton } from '../../ui/copy-button';
import { type Column, Grid } from '../../ui/grid';
import { Icon } from '../../ui/icon';
import { counted, hex } from '../../ui/numbers';
import { goToPlace } from './go-to-place';
import { placeOf } from './place';
import { problemReport } from './report';

interface Row {
  readonly kind: 'problem' | 'note';
  readonly section: string | null;
  readonly offset: FileOffset | null;
  readonly message: string;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'kind',
    label: 'Kind',
    width: 100,
    grow: 0,
    align: 'start',
    sortable: false,
    cell: (row) => (
      <span className={row.kind === 'problem' ? 'trap-text with-icon' : 'secondary with-icon'}>
        <Icon name={row.kind === 'problem' ? 'problem' : 'info'} small />
        {row.kind === 'problem' ? 'Problem' : 'Note'}
      </span>
    ),
  },
  {
    key: 'offset',
    label: 'Offset',
    width: 84,
    grow: 0,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono quiet">{row.offset === null ? '' : hex(row.offset, 4)}</span>,
  },
  {
    key: 'section',
    label: 'Where',
    width: 100,
    grow: 0,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono secondary">{row.section === null ? '' : visible(row.section)}</span>,
  },
  {
    key: 'message',
    label: 'What',
    width: 320,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) => row.message,
  },
];

/** Problems first, then notes; each can be shown alone. A row goes to its place. */
export function Problems({ snapshot }: { readonly snapshot: Snapshot }) {
  const setLive = useStore((state) => state.setLive);
  const [only, setOnly] = useState<Row['kind'] | null>(null);
  const { problems, notes } = snapshot;
  const rows = useMemo(() => {
    const all: Row[] = [
      ...problems.map((problem) => ({ kind: 'problem' as const, ...problem })),
      ...notes.map((note) => ({ kind: 'note' as const, section: null, ...note })),
    ];
    return only === null ? all : all.filter((row) => row.kind === only);
  }, [problems, notes, only]);
  const chip = (kind: Row['kind'], count: number) => (
    <button
      type="button"
      className="chip"
      aria-pressed={only === kind}
      disabled={count === 0}
      onClick={() => setOnly(only === kind ? null : kind)}
    >
      {counted(count, kind)}
    </button>
  );
  return (
    <>
      <div className="toolbar">
        {chip('problem', problems.length)}
        {chip('note', notes.length)}
        <span className="grow" />
        <CopyButton
          label="Copy report"
          text={() => problemReport(snapshot, __VERSION__)}
          announce={setLive}
        />
      </div>
      <Grid
        label="Problems"
        columns={COLUMNS}
        wrap
        count={rows.length}
        rowAt={(index) => rows[index] ?? null}
        onActivate={(row) =>
          void goToPlace(placeOf(snapshot, row.section, row.offset), snapshot.segmentCount)
        }
        empty="No problems: every section decoded."
      />
    </>
  );
}
