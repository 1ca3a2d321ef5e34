import './excerpt.css';
import { useMemo } from 'react';
import { lastName } from '../../app/intake/given';
import { frameSource } from '../../app/sources/frame-source';
import { useSources } from '../../app/sources/registry';
import { type FrameRef, useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { CodeLine } from './code-line';
import { useSource } from './use-source';
import { placeText } from './words';

/** Lines above and below the frame's. */
const ABOVE = 2;
const BELOW = 1;

/** Four lines of source around a frame's line; where the file is not here, what to drop. Nothing where no line is known. */
export function SourceExcerpt({
  snapshot,
  frame,
}: {
  readonly snapshot: Snapshot;
  readonly frame: FrameRef;
}) {
  const sources = useSources();
  const showView = useStore((state) => state.showView);
  const found = useMemo(() => frameSource(snapshot, sources, frame, 0), [snapshot, sources, frame]);
  const shown = useSource(found.kind === 'file' ? found.file : null);
  if (found.kind === 'no-frame' || found.kind === 'no-line') return null;
  const place = (
    <button type="button" className="link mono" onClick={() => showView('source')}>
      {placeText(found.at)}
    </button>
  );
  if (found.kind !== 'file') {
    const name = visible(lastName(found.path), 80);
    return (
      <p className="note excerpt-place">
        {place}{' '}
        {found.kind === 'missing'
          ? `Drop ${name} to see the line.`
          : `${found.files.length} files may be it: choose.`}
      </p>
    );
  }
  const text = shown?.kind === 'shown' && shown.loaded.kind === 'text' ? shown.loaded.source : null;
  const line = found.at.line;
  const count = text?.starts.length ?? 0;
  if (shown?.kind !== 'shown' || text === null || line === null || line < 1 || line > count)
    return <p className="note excerpt-place">{place}</p>;
  const first = Math.max(1, line - ABOVE);
  const lines = Array.from({ length: Math.min(count, line + BELOW) - first + 1 }, (_, at) => first + at);
  return (
    <>
      <p className="note excerpt-place">{place}</p>
      <ol
        className="excerpt"
        aria-label={`Lines ${first} to ${first + lines.length - 1} of ${placeText(found.at)}`}
      >
        {lines.map((number) => (
          <li
            key={number}
            className={number === line ? (frame.frame === 0 ? 'at stopped' : 'at') : undefined}
            aria-current={number === line ? 'location' : undefined}
          >
            <span className="excerpt-number">{number}</span>
            <CodeLine
              source={text}
              tokens={shown.tokens}
              line={number}
              column={number === line ? found.at.column : null}
            />
          </li>
        ))}
      </ol>
    </>
  );
}
