import { useMemo } from 'react';
import {
  type CompareRun,
  jumpToDifference,
  resumeCompare,
  runOf,
  setListUnknown,
  stepDifference,
  stopCompare,
  useCompare,
} from '../../app/compare';
import { memoryName } from '../../app/names';
import { hitToStepTo } from '../../app/search';
import { useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { Icon } from '../../ui/icon';
import { grouped, hexAddress } from '../../ui/numbers';
import { BytesCell } from './bytes-cell';
import { countLines, kindWords, noRangesWords, progressWords } from './words';

interface Row {
  readonly index: number;
  readonly address: Address;
  readonly length: Bytes;
  readonly differing: Bytes;
  readonly kind: number;
}

interface Props {
  readonly here: Snapshot;
  readonly there: Snapshot;
}

/** What differs in the shown memory: counts, and the ranges. */
export function Differences({ here, there }: Props) {
  const memory = useStore((state) => state.memory);
  const run = useCompare((state) => runOf(state, here.id, memory));
  const at = useStore((state) =>
    state.bytes === null || state.bytes.memory !== memory || run === null
      ? null
      : rangeAt(run, Math.min(state.bytes.anchor, state.bytes.focus)),
  );
  const columns = useMemo(() => columnsOf(memory), [memory]);
  const rowAt = (index: number): Row | null => {
    const address = run?.ranges.starts[index];
    if (run === null || address === undefined) return null;
    const { lengths, differing, kinds } = run.ranges;
    return {
      index,
      address,
      length: lengths[index] ?? 1,
      differing: differing[index] ?? 1,
      kind: kinds[index] ?? 0,
    };
  };
  return (
    <>
      <Summary here={here} there={there} memory={memory} run={run} />
      <Grid
        label="Differences"
        columns={columns}
        count={run?.ranges.starts.length ?? 0}
        rowAt={rowAt}
        at={at}
        onActivate={(row) => jumpToDifference(memory, row.index)}
        empty={<Empty here={here} there={there} memory={memory} run={run} />}
      />
    </>
  );
}

/** The index of the range that begins at an address; null where none does. */
function rangeAt({ ranges }: CompareRun, address: Address): number | null {
  const index = hitToStepTo(ranges.starts, address - 1, 1);
  return ranges.starts[index] === address ? index : null;
}

interface RunProps extends Props {
  readonly memory: number;
  readonly run: CompareRun | null;
}

function Empty({ here, there, memory, run }: RunProps) {
  if (here.memories[memory] === undefined && there.memories[memory] === undefined)
    return 'Neither dump has a memory.';
  if (run?.update == null) return 'Both dumps are compared as soon as they are indexed.';
  return noRangesWords(run.update);
}

function Summary({ here, there, memory, run }: RunProps) {
  const showMemory = useStore((state) => state.showMemory);
  const listUnknown = useCompare((state) => state.listUnknown);
  const update = run?.update ?? null;
  const listed = run?.ranges.starts.length ?? 0;
  const running = update?.state === 'running';
  return (
    <div className="compare-summary">
      <div className="compare-line">
        {here.memories.length > 1 && (
          <select
            className="select"
            aria-label="Memory to compare"
            value={memory}
            onChange={(event) => showMemory(Number(event.target.value))}
          >
            {here.memories.map((_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a memory is its index
              <option key={index} value={index}>
                {memoryName(here, index)}
              </option>
            ))}
          </select>
        )}
        {update !== null && (
          <p
            className={update.state === 'failed' ? 'warn-text' : undefined}
            role={running ? undefined : 'status'}
          >
            <b>{progressWords(update, listed)}</b>
          </p>
        )}
        {running && (
          <button type="button" className="button edge" onClick={() => stopCompare(memory)}>
            <Icon name="stop" small />
            Stop
          </button>
        )}
        {(update?.state === 'stopped' || (update?.state === 'done' && listed < update.found)) && (
          <button type="button" className="button edge" onClick={() => resumeCompare(memory)}>
            {update.state === 'stopped' ? 'Go on' : 'List more'}
          </button>
        )}
        {listed > 0 && <Steps />}
        {((update?.counts.unknown ?? 0) > 0 || listUnknown) && (
          <label className="check">
            <input
              type="checkbox"
              checked={listUnknown}
              onChange={(event) => setListUnknown(event.target.checked)}
            />
            List what cannot be compared
          </label>
        )}
      </div>
      {update !== null && update.state !== 'failed' && (
        <ul className="compare-counts" aria-label={`Counts of ${memoryName(there, memory)}`}>
          {countLines(update.counts).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Steps() {
  return (
    <span className="compare-steps">
      <button
        type="button"
        className="button icon-only"
        aria-label="Previous difference"
        title="Previous difference (Shift+F8)"
        aria-keyshortcuts="Shift+F8"
        onClick={() => stepDifference(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        type="button"
        className="button icon-only"
        aria-label="Next difference"
        title="Next difference (F8)"
        aria-keyshortcuts="F8"
        onClick={() => stepDifference(1)}
      >
        <Icon name="down" />
      </button>
    </span>
  );
}

function columnsOf(memory: number): readonly Column<Row>[] {
  const column = (
    key: string,
    label: string,
    [width, grow]: readonly [number, number],
    align: 'start' | 'end',
    cell: Column<Row>['cell'],
  ): Column<Row> => ({ key, label, width, grow, align, sortable: false, cell });
  return [
    column('address', 'Address', [104, 0], 'start', (row) => (
      <button
        type="button"
        className="link bare mono"
        tabIndex={-1}
        onClick={() => jumpToDifference(memory, row.index)}
      >
        {hexAddress(row.address)}
      </button>
    )),
    column('bytes', 'Bytes', [92, 0], 'end', (row) => (
      <span className="mono secondary">
        {row.differing === row.length
          ? grouped(row.length)
          : `${grouped(row.differing)} of ${grouped(row.length)}`}
      </span>
    )),
    column('here', 'This dump', [256, 0], 'start', (row) => (
      <BytesCell memory={memory} address={row.address} length={row.length} of="here" />
    )),
    column('there', 'Other dump', [256, 0], 'start', (row) => (
      <BytesCell memory={memory} address={row.address} length={row.length} of="there" />
    )),
    column('kind', 'Kind', [140, 1], 'start', (row) => (
      <span className="secondary">{kindWords(row.kind)}</span>
    )),
  ];
}
