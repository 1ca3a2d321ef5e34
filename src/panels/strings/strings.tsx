import { useEffect } from 'react';
import { useStore } from '../../app/store';
import {
  type FoundString,
  LONGEST_MINIMUM,
  listStrings,
  resumeStrings,
  type StringsForm,
  type StringsRun,
  setStringsForm,
  stopStrings,
  useStrings,
} from '../../app/strings';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { Icon } from '../../ui/icon';
import { grouped, hexAddress } from '../../ui/numbers';
import '../search/search.css';
import { Choice } from '../search/search-bar';
import { noStringsText, stringsText } from './words';

const ENCODINGS = [
  { value: 'ascii', label: 'ASCII' },
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16' },
] as const;
/** Someone who types a filter does not want a search for each letter, in milliseconds. */
const PAUSE = 200;

/** The drawer's tab "Strings": the lines of text of the memory that is shown. */
export function Strings({ snapshot }: { readonly snapshot: Snapshot }) {
  const memory = useStore((state) => state.memory);
  const jump = useStore((state) => state.jump);
  const form = useStrings((state) => state.form);
  const run = useStrings((state) => (state.run?.dump === snapshot.id ? state.run : null));
  const { captured = 0 } = snapshot.memories[memory] ?? {};
  const indexing = snapshot.indexing.state === 'running';
  const first = run === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is listed is what the controls say of these bytes
  useEffect(() => {
    if (indexing) return;
    const timer = setTimeout(() => listStrings(memory), first ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [snapshot.id, memory, captured, indexing, form]);
  const strings = run?.strings ?? [];
  return (
    <div className="search">
      <StringsBar form={form} run={run} indexing={indexing} />
      <Grid
        label="Strings"
        columns={COLUMNS}
        count={strings.length}
        rowAt={(index) => strings[index] ?? null}
        onActivate={(row) => jump(run?.request.memory ?? memory, row.address, row.length)}
        empty={run?.update?.state === 'done' ? noStringsText(run.request, run.update) : ''}
      />
    </div>
  );
}

const COLUMNS: readonly Column<FoundString>[] = [
  {
    key: 'address',
    label: 'Address',
    width: 120,
    grow: 0,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono">{hexAddress(row.address)}</span>,
  },
  {
    key: 'bytes',
    label: 'Bytes',
    width: 80,
    grow: 0,
    align: 'end',
    sortable: false,
    cell: (row) => <span className="mono secondary">{grouped(row.length)}</span>,
  },
  {
    key: 'text',
    label: 'Text',
    width: 200,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono">{visible(row.text)}</span>,
  },
];

interface BarProps {
  readonly form: StringsForm;
  readonly run: StringsRun | null;
  readonly indexing: boolean;
}

function StringsBar({ form, run, indexing }: BarProps) {
  const state = run?.update?.state ?? 'running';
  return (
    <search className="search-bar" aria-label="Strings">
      <label className="field">
        <Icon name="search" small />
        <input
          type="search"
          aria-label="Filter"
          placeholder="Filter"
          value={form.filter}
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          onChange={({ target }) => setStringsForm({ filter: target.value })}
        />
      </label>
      <Choice
        label="Encoding"
        value={form.encoding}
        options={ENCODINGS}
        onChange={(encoding) => setStringsForm({ encoding })}
      />
      <label className="check">
        At least
        <input
          type="number"
          className="select search-minimum"
          min={1}
          max={LONGEST_MINIMUM}
          value={form.minimum}
          onChange={({ target }) => {
            const minimum = Math.floor(target.valueAsNumber);
            if (minimum >= 1 && minimum <= LONGEST_MINIMUM) setStringsForm({ minimum });
          }}
        />
        characters
      </label>
      <div className="search-state">
        <p role={state === 'running' ? undefined : 'status'}>
          {stringsText(run?.strings.length ?? 0, run?.update ?? null, indexing)}
        </p>
        {state === 'running' && !indexing && (
          <button type="button" className="button edge" onClick={stopStrings}>
            <Icon name="stop" small />
            Stop
          </button>
        )}
        {(state === 'limit' || state === 'stopped') && (
          <button type="button" className="button edge" onClick={resumeStrings}>
            Go on
          </button>
        )}
      </div>
    </search>
  );
}
