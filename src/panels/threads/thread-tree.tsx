// biome-ignore-all lint/a11y/useFocusableInteractive: the tree itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree handles the keys of its items
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import './threads.css';
import { codeOffsetText, frameNames, functionName, lineText, threadName } from '../../app/names';
import { type FrameRef, useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { counted } from '../../ui/numbers';
import { useRows } from '../../ui/use-rows';
import { cycleText } from './backtrace';
import { levelOf, treeAction } from './tree-keys';
import { foldThreads, isFolder, rowOfFrame, type TreeRow, treeRows } from './tree-rows';

/** The height of a row as the tokens say it: taller where the pointer is coarse. */
function rowHeight(): number {
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--h-row'), 10) || 24;
}

/** The cursor on a row that is no frame. It holds while the selected frame is the one it was set at. */
interface Cursor {
  readonly id: string;
  readonly at: FrameRef | null;
}

export function ThreadTree({ snapshot }: { readonly snapshot: Snapshot }) {
  const selected = useStore((state) => state.frame);
  const selectFrame = useStore((state) => state.selectFrame);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const id = useId();
  const [height] = useState(rowHeight);
  const threads = snapshot.dump.threads;
  const pieces = useMemo(() => foldThreads(threads), [threads]);
  const names = snapshot.names.frames;
  const rows = useMemo(() => treeRows(pieces, toggled, names), [pieces, toggled, names]);
  const list = useRows(rows.length, height);

  const selectedRow = useMemo(() => rowOfFrame(rows, selected), [rows, selected]);
  const cursorRow =
    cursor !== null && cursor.at === selected ? rows.findIndex((row) => row.id === cursor.id) : -1;
  const at = Math.max(0, cursorRow === -1 ? selectedRow : cursorRow);
  const { show } = list;
  useEffect(() => {
    if (selectedRow >= 0) show(selectedRow);
  }, [selectedRow, show]);

  const toggle = (row: string) => {
    const next = new Set(toggled);
    if (!next.delete(row)) next.add(row);
    setToggled(next);
  };
  const moveTo = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    if (row.kind === 'frame') selectFrame({ thread: row.thread, frame: row.frame });
    else if (row.kind === 'inlined') {
      // An inlined function has no frame of its own: its row selects the frame that it runs in.
      const frame = { thread: row.thread, frame: row.frame };
      selectFrame(frame);
      setCursor({ id: row.id, at: frame });
    } else setCursor({ id: row.id, at: selected });
    show(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const action = treeAction(event.key, rows, at, list.page);
    if (action === null) return;
    event.preventDefault();
    if (action.kind === 'move') moveTo(action.to);
    else toggle(action.id);
  };

  const drawn = rows.slice(list.first, list.end);
  const rowId = (row: TreeRow) => `${id}-${row.id}`;
  const current = rows[at];
  const isDrawn = current !== undefined && at >= list.first && at < list.end;
  return (
    <div className="tree-scroller" ref={list.scroller}>
      <div
        role="tree"
        aria-label="Threads"
        tabIndex={0}
        className="tree"
        style={{ height: list.height }}
        aria-activedescendant={isDrawn ? rowId(current) : undefined}
        onKeyDown={onKeyDown}
      >
        {drawn.map((row, offset) => {
          const index = list.first + offset;
          return (
            <div
              key={row.id}
              id={rowId(row)}
              role="treeitem"
              aria-level={levelOf(row)}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={isFolder(row) ? row.open : undefined}
              aria-selected={index === selectedRow}
              className={`tree-row level-${levelOf(row)}${index === at ? ' current' : ''}${isQuiet(snapshot, row) ? ' lineless' : ''}`}
              style={{ transform: `translateY(${list.offset(index)}px)` }}
              onClick={() => {
                moveTo(index);
                if (isFolder(row)) toggle(row.id);
              }}
            >
              <RowText snapshot={snapshot} row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Where other frames have lines, one that has none is quieter. */
function isQuiet(snapshot: Snapshot, row: TreeRow): boolean {
  if (row.kind === 'startup') return true;
  return (
    row.kind === 'frame' &&
    row.frame > 0 &&
    frameNames(snapshot, row).lines.length === 0 &&
    hasLines(snapshot)
  );
}

function hasLines({ modules }: Snapshot): boolean {
  return modules.some(({ debug, verdict }) => verdict !== 'unused' && /^(?:DWARF|source map)/.test(debug));
}

function RowText({ snapshot, row }: { readonly snapshot: Snapshot; readonly row: TreeRow }) {
  if (row.kind === 'frame') return <FrameText snapshot={snapshot} at={row} />;
  if (row.kind === 'inlined') {
    const line = frameNames(snapshot, row).lines[row.line];
    return (
      <>
        <span className="tree-index">
          <Icon name="inlined" small />
        </span>{' '}
        <span className="tree-name mono clip">{visible(line?.function ?? '?')}</span>{' '}
        <span className="tag">inlined</span> <span className="tree-place">{lineText(line)}</span>
      </>
    );
  }
  const twist = <Icon name={row.open ? 'down' : 'right'} small />;
  if (row.kind === 'cycle') {
    return (
      <>
        <span className="tree-index">{twist}</span>
        <span className="tree-cycle clip">
          {cycleText(snapshot, row.thread, row.start, row.period, row.rounds)}
        </span>
      </>
    );
  }
  if (row.kind === 'startup') {
    return (
      <>
        <span className="tree-index">{twist}</span>
        <span className="tree-cycle clip">Run-time start-up, {counted(row.count, 'frame')}</span>
      </>
    );
  }
  const thread = snapshot.dump.threads[row.thread];
  const frames = thread?.frames.length ?? 0;
  return (
    <>
      {twist}
      <span className="tree-thread clip">{threadName(snapshot, row.thread)}</span>{' '}
      <span className="quiet">{counted(frames, 'frame')}</span>
      {thread?.complete === false && <span className="tag warn">incomplete</span>}
    </>
  );
}

function FrameText({ snapshot, at }: { readonly snapshot: Snapshot; readonly at: FrameRef }) {
  const name = functionName(snapshot, at);
  const { doubtful, lines } = frameNames(snapshot, at);
  const index = snapshot.dump.threads[at.thread]?.frames[at.frame]?.function;
  const line = lineText(lines.at(-1));
  return (
    <>
      <span className="tree-index">{at.frame}</span> <span className="tree-name mono clip">{name}</span>{' '}
      {doubtful && <span className="tag dashed">? doubtful</span>}
      <span className="tree-place">
        {line !== ''
          ? line
          : `${name === `func[${index}]` ? '' : `func[${index}] `}${codeOffsetText(snapshot, at)}`}
      </span>
    </>
  );
}
