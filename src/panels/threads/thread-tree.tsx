// biome-ignore-all lint/a11y/useFocusableInteractive: the tree itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree handles the keys of its items
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import './threads.css';
import { codeOffsetText, functionName, threadName } from '../../app/names';
import { type FrameRef, useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { counted } from '../../ui/numbers';
import { useRows } from '../../ui/use-rows';
import { cycleText } from './backtrace';
import { levelOf, treeAction } from './tree-keys';
import { foldThreads, rowOfFrame, type TreeRow, treeRows } from './tree-rows';

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
  const rows = useMemo(() => treeRows(pieces, toggled), [pieces, toggled]);
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
    else setCursor({ id: row.id, at: selected });
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
              aria-expanded={row.kind === 'frame' ? undefined : row.open}
              aria-selected={index === selectedRow}
              className={`tree-row level-${levelOf(row)}${index === at ? ' current' : ''}`}
              style={{ transform: `translateY(${list.offset(index)}px)` }}
              onClick={() => {
                moveTo(index);
                if (row.kind !== 'frame') toggle(row.id);
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

function RowText({ snapshot, row }: { readonly snapshot: Snapshot; readonly row: TreeRow }) {
  if (row.kind === 'frame') {
    const ref = { thread: row.thread, frame: row.frame };
    const name = functionName(snapshot, ref);
    const index = snapshot.dump.threads[row.thread]?.frames[row.frame]?.function;
    const doubtful = snapshot.names.frames[row.thread]?.[row.frame]?.doubtful ?? false;
    return (
      <>
        <span className="tree-index">{row.frame}</span> <span className="tree-name mono clip">{name}</span>{' '}
        {doubtful && <span className="tag dashed">doubtful</span>}
        <span className="tree-place">
          {name === `func[${index}]` ? '' : `func[${index}] `}
          {codeOffsetText(snapshot, ref)}
        </span>
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
