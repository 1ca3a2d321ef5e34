// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual and a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { useCodePlace } from '../../app/code-place';
import type { CodeLines, Disassembly, InstructionRow, StopText, TextPart } from '../../session/code-types';
import { movedRow } from '../../ui/list-keys';
import { useRows } from '../../ui/use-rows';
import { CodeRow } from './code-row';
import { type CodeLine, lineStart } from './lines';
import { offsetWidth } from './offsets';

export interface ListingHandle {
  readonly focus: () => void;
  /** Brings a row into view with rows around it. */
  readonly reveal: (row: number) => void;
}

interface Props {
  readonly ref: Ref<ListingHandle>;
  readonly code: Disassembly;
  readonly rowAt: (row: number) => InstructionRow | null;
  readonly row: number;
  readonly anchor: number;
  readonly stop: StopText | null;
  readonly lines: CodeLines;
  readonly onSelect: (row: number, extend: boolean) => void;
  readonly onFollow: (part: TextPart) => void;
  readonly onLine: (line: CodeLine) => void;
}

/** Rows around one that is brought into view, where there is room for them. */
const AROUND = 6;

/** The height of a row as the tokens say it. */
function rowHeight(): number {
  const token = getComputedStyle(document.documentElement).getPropertyValue('--h-hex');
  return Number.parseInt(token, 10) || 20;
}

/** The instructions in view of any number: one tab stop, arrows between rows, Shift extends, Enter follows. */
export function Listing({ ref, code, rowAt, row, anchor, stop, lines, onSelect, onFollow, onLine }: Props) {
  const id = useId();
  const base = useCodePlace((state) => state.base);
  const grid = useRef<HTMLDivElement>(null);
  const [height] = useState(rowHeight);
  const rows = useRows(code.rows, height);
  const { show } = rows;
  useImperativeHandle(
    ref,
    () => ({
      focus: () => grid.current?.focus(),
      reveal: (to) => {
        show(Math.max(0, to - AROUND));
        show(Math.min(code.rows - 1, to + AROUND));
        show(to);
      },
    }),
    [show, code.rows],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      const link = rowAt(row)?.parts.find(({ kind }) => kind === 'function' || kind === 'label');
      if (link !== undefined) onFollow(link);
      return;
    }
    if (event.ctrlKey && event.key !== 'Home' && event.key !== 'End') return;
    const to = movedRow(event.key, row, code.rows, rows.page);
    if (to === null) return;
    event.preventDefault();
    onSelect(to, event.shiftKey);
    show(to);
  };

  const first = Math.min(row, anchor);
  const last = Math.max(row, anchor);
  const inView = row >= rows.first && row < rows.end;
  return (
    <div className="code-scroller" ref={rows.scroller}>
      <div
        ref={grid}
        role="grid"
        aria-label="Instructions"
        aria-rowcount={code.rows}
        aria-multiselectable="true"
        aria-activedescendant={inView ? `${id}-${row}` : undefined}
        tabIndex={0}
        className="code-grid"
        style={{ height: rows.height, '--offset-ch': offsetWidth(base, code) } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        {Array.from({ length: rows.end - rows.first }, (_, at) => rows.first + at).map((index) => {
          const shown = rowAt(index);
          return (
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 1}
              aria-selected={index >= first && index <= last}
              className={classOf(index, row, stop)}
              style={{ transform: `translateY(${rows.offset(index)}px)` }}
              onClick={(event) => onSelect(index, event.shiftKey)}
            >
              {shown === null ? (
                <span role="gridcell" className="skeleton" />
              ) : (
                <CodeRow
                  row={shown}
                  code={code}
                  stop={stop?.row === index ? stop : null}
                  line={lineBefore(lines, code, index, shown)}
                  onFollow={onFollow}
                  onLine={onLine}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Code of a line begins with the body, the declarations of its locals included: before the first instruction. */
function lineBefore(
  lines: CodeLines,
  code: Disassembly,
  index: number,
  { length, offset }: InstructionRow,
): CodeLine | null {
  return index === 0 ? lineStart(lines, code, 0, offset + length) : lineStart(lines, code, offset, length);
}

function classOf(index: number, row: number, stop: StopText | null): string {
  const current = index === row ? ' current' : '';
  if (stop?.row !== index) return `code-row${current}`;
  return `code-row${current} ${stop.kind === 'call' ? 'calls' : 'trapped'}`;
}
