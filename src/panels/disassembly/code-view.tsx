import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { goToCode, moveInCode, useCodePlace } from '../../app/code-place';
import { useLink } from '../../app/link/state';
import { session } from '../../app/session';
import { carriedSource } from '../../app/sources/registry';
import { showSource } from '../../app/sources/shown';
import { useStore } from '../../app/store';
import type { Bytes } from '../../bytes/units';
import type {
  CodeLines,
  CodePlace,
  Disassembly,
  FrameCode,
  StopText,
  TextPart,
} from '../../session/code-types';
import { copyText } from '../../ui/copy';
import { counted, grouped } from '../../ui/numbers';
import { usePages } from '../../ui/use-pages';
import { copiedLines, title } from './copy';
import { type CodeLine, lineHolding } from './lines';
import { Listing, type ListingHandle } from './listing';
import { type GoTo, offsetText } from './offsets';
import { useCode } from './state';
import { StopLine } from './stop-line';
import { Toolbar } from './toolbar';

interface Props {
  readonly code: Disassembly;
  /** Of the instruction that was gone to; null: the first. */
  readonly offset: Bytes | null;
  /** Another one for each arrival: the instruction is then brought into view. */
  readonly arrival: string;
  /** The selected frame's place, to come back to. */
  readonly home: Extract<FrameCode, { kind: 'place' }> | null;
  /** Why the frame stands in this function where it stands; null: it does not, or that is not known. */
  readonly stop: StopText | null;
  readonly lines: CodeLines;
}

/** One function: toolbar, what it is, why the frame stands there, its instructions. */
export function CodeView({ code, offset, arrival, home, stop, lines }: Props) {
  // The same object as long as it is the same function: what depends on it is not done again for a new answer.
  const { module, function: index } = code.place;
  const place = useMemo(() => ({ module, function: index }), [module, index]);
  const row = useCode((state) => state.row);
  const anchor = useCode((state) => state.anchor);
  const base = useCodePlace((state) => state.base);
  const select = useCode((state) => state.select);
  const setWent = useCode((state) => state.setWent);
  const canBack = useLink((state) => state.canBack);
  const setLive = useStore((state) => state.setLive);
  const listing = useRef<ListingHandle>(null);
  const goTo = useRef<HTMLInputElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const fetch = useCallback(
    (first: number, count: number) => session().code.instructions(place, first, count),
    [place],
  );
  const rowAt = usePages(place, fetch);
  const fail = (error: unknown) => setLive(error instanceof Error ? error.message : String(error));

  const reveal = useCallback(
    (to: number) => {
      select(to, to);
      listing.current?.reveal(to);
    },
    [select],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: an arrival brings its row into view; a moved cursor is in view
  useEffect(() => {
    if (offset === null) {
      reveal(0);
      return;
    }
    let late = false;
    session()
      .code.instructionAt(place, offset)
      .then((at) => {
        if (!late) reveal(at?.row ?? 0);
      })
      .catch((error: unknown) => setLive(error instanceof Error ? error.message : String(error)));
    return () => {
      late = true;
    };
  }, [place, arrival, reveal, setLive]);

  // The listing that had the focus went with its function.
  useEffect(() => {
    if (useCode.getState().went && document.activeElement === document.body) listing.current?.focus();
  }, []);

  const say = (at: number) => {
    const shown = rowAt(at);
    if (shown !== null) setLive(`${offsetText(shown.offset, base, code)} ${plain(shown.parts)}`);
  };
  const keep = (at: number) => {
    const shown = rowAt(at);
    if (shown !== null) moveInCode(place, shown.offset, arrival);
    else
      fetch(at, 1)
        .then(([row]) => {
          // Another one was selected while this was on its way.
          if (row !== undefined && useCode.getState().row === at) moveInCode(place, row.offset, arrival);
        })
        .catch(fail);
  };
  const onSelect = (to: number, extend: boolean) => {
    select(to, extend ? anchor : to);
    keep(to);
    say(to);
  };
  const go = (to: CodePlace, at: Bytes | null) => {
    setWent(true);
    goToCode(to, at);
  };
  const onFollow = (part: TextPart) => {
    if (part.kind === 'function') go({ ...place, function: part.index }, null);
    if (part.kind === 'label') go(place, part.offset);
  };
  const onLine = ({ column, directory, embedded, file, line }: CodeLine) =>
    showSource(
      { function: null, file, directory, line, column },
      embedded === null ? null : carriedSource(module, embedded),
    );
  const onGoTo = (to: GoTo) => {
    if (to.kind === 'error') setLive(to.message);
    if (to.kind === 'function') go({ ...place, function: to.index }, null);
    if (to.kind === 'offset') go(place, to.offset);
    listing.current?.focus();
  };
  const onFind = (text: string, step: 1 | -1) => {
    session()
      .code.findInstruction(place, text, row, step)
      .then((at) => {
        if (at === null) setLive(`“${text}” is in none of ${counted(code.rows, 'instruction')}.`);
        else {
          reveal(at);
          keep(at);
        }
      })
      .catch(fail);
  };
  const first = Math.min(row, anchor);
  const last = Math.max(row, anchor);
  const onCopy = () => {
    copiedLines(code, base, first, last)
      .then(async (text) => {
        const copied = await copyText(text);
        setLive(copied ? `${counted(last - first + 1, 'line')} copied` : 'The browser refused the clipboard');
      })
      .catch(fail);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const inText = event.target instanceof HTMLInputElement;
    const letter = event.key.toLowerCase();
    if (command && letter === 'f') find.current?.focus();
    else if ((command && letter === 'g') || (!inText && !event.altKey && event.key === 'g'))
      goTo.current?.focus();
    else if (command && letter === 'c' && !inText) onCopy();
    else if (!inText && !event.altKey && !command && event.key === 's') {
      const shown = rowAt(row);
      const line = shown === null ? null : lineHolding(lines, code, shown.offset, shown.length);
      if (line === null) setLive('No source line is known of this instruction');
      else onLine(line);
    } else if (event.key === 'Backspace' && !inText && canBack) {
      setWent(true);
      history.back();
    } else return;
    event.preventDefault();
  };

  return (
    <section className="code-panel" aria-label="Disassembly" onKeyDown={onKeyDown}>
      <Toolbar
        code={code}
        home={home}
        goToRef={goTo}
        findRef={find}
        selected={last - first + 1}
        onGoTo={onGoTo}
        onFind={onFind}
        onCopy={onCopy}
        onLeave={() => listing.current?.focus()}
      />
      <h2 className="code-head">
        <span className="mono code-title">{title(code)}</span>
        <span className="quiet">
          {counted(code.rows, 'instruction')}, {counted(code.size, 'byte')}
          {code.locals !== '' && ` · locals ${code.locals}`} · {code.moduleName}
        </span>
      </h2>
      {stop !== null && <StopLine code={code} stop={stop} onShow={() => go(place, stop.offset)} />}
      <Listing
        ref={listing}
        code={code}
        rowAt={rowAt}
        row={row}
        anchor={anchor}
        stop={stop}
        lines={lines}
        onSelect={onSelect}
        onFollow={onFollow}
        onLine={onLine}
      />
      {code.problem !== null && (
        <p className="code-problem">
          {offsetText(code.problem.offset, base, code)}: {code.problem.message}. {grouped(code.rows)}{' '}
          instructions before it are shown.
        </p>
      )}
    </section>
  );
}

function plain(parts: readonly TextPart[]): string {
  return parts.map(({ text }) => text).join(' ');
}
