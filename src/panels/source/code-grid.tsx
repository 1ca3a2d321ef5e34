// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual and a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows
import { type KeyboardEvent, useCallback, useEffect, useId, useState } from 'react';
import type { Mark } from '../../app/sources/frame-source';
import type { SourceText } from '../../app/sources/text';
import type { Tokens } from '../../app/sources/tokens';
import { copyText } from '../../ui/copy';
import { movedRow } from '../../ui/list-keys';
import { grouped } from '../../ui/numbers';
import { useRows } from '../../ui/use-rows';
import { CodeLine } from './code-line';
import { LineMarks } from './line-marks';

/** The height of a row as the tokens say it. */
function rowHeight(): number {
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--h-hex'), 10) || 20;
}

/** Where the selected frame stands. */
export interface Here {
  readonly line: number | null;
  readonly column: number | null;
  readonly frame: number | null;
}

interface Props {
  readonly label: string;
  readonly source: SourceText;
  readonly tokens: Tokens;
  readonly here: Here;
  readonly marks: ReadonlyMap<number, readonly Mark[]>;
  /** The line under the cursor, from 1. It is brought into view when `wish` changes. */
  readonly cursor: number;
  readonly wish: string;
  readonly onCursor: (line: number) => void;
  readonly onFrame: (mark: Mark) => void;
  readonly onGoTo: () => void;
  readonly textOf: (line: number) => string;
  readonly announce: (text: string) => void;
}

/** A source text of any length: one tab stop, arrows between lines, Enter goes to the frame that stands at a line. */
export function CodeGrid(props: Props) {
  const { label, source, tokens, here, marks, cursor, wish, onCursor, onFrame, onGoTo, textOf, announce } =
    props;
  const id = useId();
  const [height] = useState(rowHeight);
  const count = source.starts.length;
  const rows = useRows(count, height);
  const { show, page } = rows;
  const centre = useCallback(
    (line: number) => {
      const half = Math.floor(page / 2);
      // Down to half a view below it, then up to half a view above: it ends in the middle from wherever.
      show(Math.min(count - 1, line - 1 + half));
      show(Math.max(0, line - 1 - half));
    },
    [show, page, count],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor is brought into view when that is wished, not when it moves
  useEffect(() => centre(cursor), [wish, source, page > 1]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key;
    if (command && key === 'c' && (window.getSelection()?.isCollapsed ?? true)) {
      void copyText(textOf(cursor)).then((done) =>
        announce(done ? `Copied line ${grouped(cursor)}.` : 'The browser refused the clipboard.'),
      );
    } else if (key === 'g') onGoTo();
    else if (!command && key === 'Enter') {
      const [mark] = marks.get(cursor) ?? [];
      if (mark !== undefined) onFrame(mark);
    } else {
      const to = movedRow(key, cursor - 1, count, page);
      if (to === null) return;
      onCursor(to + 1);
      show(to);
    }
    event.preventDefault();
  };

  const digits = Math.max(3, String(count).length);
  const drawn = Array.from({ length: rows.end - rows.first }, (_, at) => rows.first + at);
  const inView = cursor - 1 >= rows.first && cursor - 1 < rows.end;
  return (
    <div className="src-scroller" ref={rows.scroller}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={count}
        aria-activedescendant={inView ? `${id}-${cursor}` : undefined}
        tabIndex={0}
        className="src-grid"
        style={{ height: rows.height }}
        onKeyDown={onKeyDown}
      >
        <div
          className="src-rows"
          style={{ transform: `translateY(${rows.offset(rows.first)}px)` }}
          role="rowgroup"
        >
          {drawn.map((row) => {
            const line = row + 1;
            const found = marks.get(line) ?? [];
            const isHere = here.line === line;
            const stopped = found.some((mark) => mark.frame === 0 && mark.inline === 0);
            const look = stopped ? ' stopped' : found.length > 0 ? ' calling' : '';
            return (
              <div
                key={line}
                id={`${id}-${line}`}
                role="row"
                aria-rowindex={line}
                aria-current={isHere ? 'location' : undefined}
                className={`src-row${look}${isHere ? ' here' : ''}${line === cursor ? ' current' : ''}`}
                onClick={() => onCursor(line)}
              >
                <span role="rowheader" className="src-number" style={{ minWidth: `${digits + 2}ch` }}>
                  {line}
                </span>
                <span role="gridcell" className="src-marks">
                  <LineMarks marks={found} here={isHere ? here.frame : null} onFrame={onFrame} />
                </span>
                <span role="gridcell" className="src-cell">
                  <CodeLine
                    source={source}
                    tokens={tokens}
                    line={line}
                    column={isHere ? here.column : null}
                  />
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
