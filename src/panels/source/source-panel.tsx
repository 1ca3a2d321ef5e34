import './source.css';
import { useMemo, useReducer, useRef } from 'react';
import { lastName } from '../../app/intake/given';
import { frameSource, lineSource, type Mark, marksIn, nearestWithFile } from '../../app/sources/frame-source';
import { linesOf, type SourceFile, useSources } from '../../app/sources/registry';
import { moveInSource, setShownSource, useShownSource } from '../../app/sources/shown';
import { lineText, type SourceText } from '../../app/sources/text';
import { useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import type { FrameLine, Snapshot } from '../../session/types';
import { copyText } from '../../ui/copy';
import { Menu } from '../../ui/menu';
import { counted, grouped, size } from '../../ui/numbers';
import { CodeGrid } from './code-grid';
import { FileChooser } from './file-chooser';
import { InlineChain } from './inline-chain';
import { LineField } from './line-field';
import { type Shown, useSource } from './use-source';
import { WithoutFile } from './without-file';
import { versionProblem } from './words';

/** The source of the selected frame, its line marked; where the file is not here, what to drop. */
export function SourcePanel({ snapshot }: { readonly snapshot: Snapshot }) {
  const frame = useStore((state) => state.frame);
  const selectFrame = useStore((state) => state.selectFrame);
  const sources = useSources();
  const elsewhere = useShownSource((state) => state.shown);
  const held = elsewhere !== null && elsewhere.of === frame ? elsewhere : null;
  const inline = held?.inline ?? 0;
  const goneTo = held?.at ?? null;
  const found = useMemo(
    () =>
      goneTo === null
        ? frameSource(snapshot, sources, frame, inline)
        : lineSource(sources, goneTo, goneTo.own),
    [snapshot, sources, frame, inline, goneTo],
  );
  const file = held?.file ?? (found.kind === 'file' ? found.file : null);
  const marks = useMemo(
    () => (file === null || frame === null ? NO_MARKS : marksIn(snapshot, sources, frame.thread, file)),
    [snapshot, sources, frame, file],
  );
  const near = useMemo(
    () => (file !== null || frame === null ? null : nearestWithFile(snapshot, sources, frame)),
    [snapshot, sources, frame, file],
  );
  const shown = useSource(file);
  const lines = frame === null ? [] : linesOf(snapshot, frame.thread, frame.frame);
  const own = goneTo === null ? found : frameSource(snapshot, sources, frame, inline);
  const at = own.kind === 'file' && own.file === file ? own.at : null;
  const onFrame = (mark: Mark) => {
    if (frame === null) return;
    // The same object while it is the same frame: what is looked at is held by it.
    const to = mark.frame === frame.frame ? frame : { thread: frame.thread, frame: mark.frame };
    if (to !== frame) selectFrame(to);
    setShownSource({ of: to, inline: mark.inline, file: null, at: null });
  };
  const choose = (chosen: SourceFile) => setShownSource({ of: frame, inline, file: chosen, at: null });
  const chain = lines.length > 1 && (
    <InlineChain
      lines={lines}
      shown={inline}
      onShow={(to) => setShownSource({ of: frame, inline: to, file: null, at: null })}
    />
  );
  if (file === null) {
    return (
      <section className="source-panel" aria-label="Source">
        <div className="toolbar">
          <FileChooser file={null} onChoose={choose} />
        </div>
        {chain}
        {found.kind !== 'file' && (
          <WithoutFile snapshot={snapshot} source={found} near={near} onFrame={onFrame} />
        )}
      </section>
    );
  }
  return (
    <section className="source-panel" aria-label="Source">
      <File
        // Another file begins at its own line, and so does one that is gone to.
        key={goneTo === null ? file.id : `${file.id} ${held?.visit}`}
        line={held?.line ?? goneTo?.line ?? null}
        file={file}
        shown={shown}
        at={at}
        frame={at === null ? null : (frame?.frame ?? null)}
        marks={marks}
        byNameOnly={at !== null && own.kind === 'file' && !own.certain}
        chooser={<FileChooser file={file} onChoose={choose} />}
        chain={chain}
        onFrame={onFrame}
      />
    </section>
  );
}

const NO_MARKS: ReadonlyMap<number, readonly Mark[]> = new Map();

interface FileProps {
  readonly file: SourceFile;
  readonly shown: Shown | null;
  /** Where the selected frame stands in this file; null: it does not. */
  readonly at: FrameLine | null;
  readonly frame: number | null;
  /** The line that was gone or moved to; null: the frame's. */
  readonly line: number | null;
  readonly marks: ReadonlyMap<number, readonly Mark[]>;
  readonly byNameOnly: boolean;
  readonly chooser: React.ReactNode;
  readonly chain: React.ReactNode;
  readonly onFrame: (mark: Mark) => void;
}

function File({ file, shown, at, frame, line, marks, byNameOnly, chooser, chain, onFrame }: FileProps) {
  const setLive = useStore((state) => state.setLive);
  const [wishes, wish] = useReducer((count: number) => count + 1, 0);
  const field = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const name = lastName(file.path);
  // By value: while a dump is indexed each snapshot brings the same lines as other objects.
  const here = at === null ? '' : `${frame} ${at.line} ${at.column}`;
  const text: SourceText | null =
    shown?.kind === 'shown' && shown.loaded.kind === 'text' ? shown.loaded.source : null;
  const count = text?.starts.length ?? 0;
  const cursor = Math.max(1, Math.min(line ?? at?.line ?? 1, count));
  const to = (line: number) => {
    moveInSource(file, line);
    setLive(`${visible(name, 80)} line ${grouped(line)} of ${grouped(count)}`);
  };
  const copy = async (what: string, copied: string) =>
    setLive((await copyText(copied)) ? `Copied ${what}.` : 'The browser refused the clipboard.');
  const refused = shown?.kind === 'shown' && shown.loaded.kind === 'refused' ? shown.loaded.message : null;
  const problem = text === null ? null : versionProblem(text, file.path, at?.line ?? null);
  return (
    <>
      <div className="toolbar">
        {chooser}
        {text !== null && (
          <>
            <LineField
              ref={field}
              count={count}
              onGo={(line) => {
                to(line);
                wish();
                grid.current?.querySelector<HTMLElement>('[role=grid]')?.focus({ focusVisible: true });
              }}
            />
            <span className="quiet source-count">
              {counted(count, 'line')}, {size(file.size)}
              {file.carrier !== null && `, embedded in ${visible(file.carrier, 80)}`}
              {shown?.kind === 'shown' && shown.plain !== null && `, ${shown.plain}`}
            </span>
            <span className="grow" />
            <Menu
              label="Copy"
              title="Copy"
              wishes={0}
              groups={[
                [
                  {
                    id: 'line',
                    label: `Line ${grouped(cursor)}`,
                    more: 'Ctrl C',
                    run: () => void copy(`line ${grouped(cursor)}`, lineText(text, cursor)),
                  },
                  {
                    id: 'all',
                    label: `All ${counted(count, 'line')}`,
                    run: () => void copy(counted(count, 'line'), text.text),
                  },
                  { id: 'path', label: 'Path', run: () => void copy('the path', file.path) },
                ],
              ]}
            />
          </>
        )}
      </div>
      {chain}
      {byNameOnly && (
        <p className="source-note">
          <span className="tag dashed">by name only</span> The frame's file is{' '}
          <span className="mono">{visible(at?.file ?? '', 200)}</span>, in another folder.
        </p>
      )}
      {problem !== null && <p className="source-note warn-text">{problem}</p>}
      {refused !== null && <p className="source-instead">{refused}</p>}
      {text !== null && shown?.kind === 'shown' && (
        <div className="src-body" ref={grid}>
          <CodeGrid
            label={`Source of ${visible(name, 80)}`}
            source={text}
            tokens={shown.tokens}
            here={{ line: at?.line ?? null, column: at?.column ?? null, frame }}
            marks={marks}
            cursor={cursor}
            wish={`${wishes} ${here}`}
            onCursor={to}
            onFrame={onFrame}
            onGoTo={() => field.current?.focus()}
            textOf={(line) => lineText(text, line)}
            announce={setLive}
          />
        </div>
      )}
    </>
  );
}
