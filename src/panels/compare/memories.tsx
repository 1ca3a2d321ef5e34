import { useCompare } from '../../app/compare';
import { memoryName } from '../../app/names';
import { useStore } from '../../app/store';
import type { CompareCounts } from '../../memory/compare/tally';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { grouped } from '../../ui/numbers';

interface Row {
  readonly memory: number;
  readonly name: string;
  /** null: not compared so far. */
  readonly counts: CompareCounts | null;
  readonly done: boolean;
}

interface Props {
  readonly here: Snapshot;
  readonly there: Snapshot;
}

/** The counts of every memory, by kind. */
export function Memories({ here, there }: Props) {
  const runs = useCompare((state) => state.runs);
  const showMemory = useStore((state) => state.showMemory);
  const count = Math.max(here.memories.length, there.memories.length);
  const rowAt = (memory: number): Row => {
    const update = runs.get(memory)?.update ?? null;
    const name = memoryName(memory < here.memories.length ? here : there, memory);
    return { memory, name, counts: update?.counts ?? null, done: update?.state === 'done' };
  };
  return (
    <Grid
      label="Memories of both dumps"
      columns={COLUMNS}
      count={count}
      rowAt={rowAt}
      onActivate={({ memory }) => {
        if (memory < here.memories.length) showMemory(memory);
      }}
      empty="Neither dump has a memory."
    />
  );
}

const bytes = (key: string, label: string, of: (counts: CompareCounts) => number): Column<Row> => ({
  key,
  label,
  width: 104,
  grow: 1,
  align: 'end',
  sortable: false,
  cell: ({ counts, done }) => (
    <span className={done ? 'mono' : 'mono quiet'}>{counts === null ? '…' : grouped(of(counts))}</span>
  ),
});

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'memory',
    label: 'Memory',
    width: 110,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: ({ name, done }) => <span>{done ? name : `${name}, not compared to its end`}</span>,
  },
  bytes('equal', 'Equal', ({ equal }) => equal),
  bytes('changed', 'Changed', ({ changed }) => changed),
  bytes('zeroHere', 'Zero here', ({ zeroHere }) => zeroHere),
  bytes('zeroThere', 'Zero there', ({ zeroThere }) => zeroThere),
  bytes('onlyHere', 'Only here', ({ onlyHere }) => onlyHere),
  bytes('onlyThere', 'Only there', ({ onlyThere }) => onlyThere),
  bytes('unknown', 'Not comparable', ({ unknown }) => unknown),
];
