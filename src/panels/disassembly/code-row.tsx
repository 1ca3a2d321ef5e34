// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual and a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself holds the focus
import { Fragment } from 'react';
import { useCodePlace } from '../../app/code-place';
import type { Disassembly, InstructionRow, StopText, TextPart } from '../../session/code-types';
import { Icon } from '../../ui/icon';
import { type CodeLine, lineText, placeText } from './lines';
import { offsetText } from './offsets';

/** Deeper blocks stand no further in: the row says its depth in words then. */
const DEEPEST = 16;
/** Bytes shown; the rest is counted by an ellipsis. */
const BYTES = 6;

interface Props {
  readonly row: InstructionRow;
  readonly code: Disassembly;
  /** The frame stands here. */
  readonly stop: StopText | null;
  /** The source line that begins here. */
  readonly line: CodeLine | null;
  readonly onFollow: (part: TextPart) => void;
  readonly onLine: (line: CodeLine) => void;
}

export function CodeRow({ row, code, stop, line, onFollow, onLine }: Props) {
  const base = useCodePlace((state) => state.base);
  const depth = Math.min(row.depth, DEEPEST);
  return (
    <>
      <span role="rowheader" className="code-offset">
        <span className="code-mark">
          {stop !== null && <Icon name={stop.kind === 'call' ? 'right' : 'trap'} small />}
          {stop !== null && (
            <span className="visually-hidden">
              {stop.kind === 'call' ? 'called from here' : 'stopped here'}{' '}
            </span>
          )}
        </span>
        {offsetText(row.offset, base, code)}
      </span>
      <span role="gridcell" className="code-bytes">
        {bytesText(row)}
      </span>
      <span role="gridcell" className="code-text" style={{ paddingLeft: `${depth * 2}ch` }}>
        <span className="code-instruction">
          {row.depth > DEEPEST && <span className="quiet">{row.depth} deep </span>}
          {row.parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
            <Fragment key={at}>
              {at > 0 && ' '}
              <Part part={part} code={code} onFollow={onFollow} />
            </Fragment>
          ))}
        </span>
        {stop !== null && stop.name !== '' && (
          <span className="code-why">
            <span className="clip">{stop.name}</span> <span className="tag dashed">inferred</span>
          </span>
        )}
      </span>
      <span role="gridcell" className="code-line">
        {line !== null && (
          <button
            type="button"
            tabIndex={-1}
            className="link"
            title={`Go to ${placeText(line)} in the source (s)`}
            onClick={(event) => {
              event.stopPropagation();
              onLine(line);
            }}
          >
            {lineText(line)}
          </button>
        )}
      </span>
    </>
  );
}

function bytesText({ bytes, length }: InstructionRow): string {
  const shown = [...bytes.subarray(0, BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return length > BYTES ? `${shown} …` : shown;
}

interface PartProps {
  readonly part: TextPart;
  readonly code: Disassembly;
  readonly onFollow: (part: TextPart) => void;
}

function Part({ part, code, onFollow }: PartProps) {
  const base = useCodePlace((state) => state.base);
  if (part.kind !== 'function' && part.kind !== 'label')
    return <span className={`code-${part.kind}`}>{part.text}</span>;
  const label =
    part.kind === 'function' ? `Go to func[${part.index}]` : `Go to ${offsetText(part.offset, base, code)}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="link"
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onFollow(part);
      }}
    >
      {part.text}
    </button>
  );
}
