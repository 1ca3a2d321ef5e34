import { useEffect, useId, useRef, useState } from 'react';
import './recent.css';
import { canReopen, type RecentEntry } from '../../app/recent/entry';
import { forget, forgetEverything, loadRecent, startRecent } from '../../app/recent/list';
import { openRecent } from '../../app/recent/open-recent';
import { RECENT_KEY, SHOWN_ROWS } from '../../app/recent/setting';
import { useRecent } from '../../app/recent/state';
import { adviceOf, factsOf, totalText } from '../../app/recent/words';
import { visible } from '../../coredump/visible';
import { Icon } from '../../ui/icon';

/** The dumps that were opened before, youngest first; a click opens one again, where the browser can. */
export function RecentList() {
  const { entries, notes, said } = useRecent();
  const [all, setAll] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const failed = (error: unknown) =>
      useRecent.setState({ said: `The list was not read: ${String(error)}` });
    startRecent().catch(failed);
    const onStorage = ({ key }: StorageEvent) => {
      if (key === RECENT_KEY) loadRecent().catch(failed);
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, []);
  if (entries === null) return null;
  const shown = all ? entries : entries.slice(0, SHOWN_ROWS);

  /** The focus goes to the row that takes its place; without one, to the heading. */
  const onForget = async (entry: RecentEntry, at: number) => {
    await forget(entry.id);
    const left = useRecent.getState().entries?.length ?? 0;
    const buttons = list.current?.querySelectorAll<HTMLElement>('.recent-forget');
    (buttons?.[Math.min(at, left - 1)] ?? heading.current)?.focus();
  };
  return (
    <section aria-labelledby="recent-title">
      <div className="recent-head">
        <h2 id="recent-title" ref={heading} tabIndex={-1}>
          Opened before
        </h2>
        <span className="grow" />
        {entries.length > 0 && (
          <button
            type="button"
            className="link"
            onClick={() => {
              heading.current?.focus();
              void forgetEverything();
            }}
          >
            Forget all: {totalText(entries)}
          </button>
        )}
      </div>
      {entries.length === 0 ? (
        <p className="quiet">None: all was forgotten.</p>
      ) : (
        <ul ref={list} className="recent">
          {shown.map((entry, at) => (
            <Row
              key={entry.id}
              entry={entry}
              note={notes.get(entry.id) ?? ''}
              onForget={() => void onForget(entry, at)}
            />
          ))}
        </ul>
      )}
      {entries.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          Show all {entries.length}
        </button>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </section>
  );
}

interface RowProps {
  readonly entry: RecentEntry;
  readonly note: string;
  readonly onForget: () => void;
}

function Row({ entry, note, onForget }: RowProps) {
  const id = useId();
  const name = visible(entry.name, 80);
  const said = note === '' ? adviceOf(entry) : note;
  return (
    <li>
      {canReopen(entry) ? (
        <button
          type="button"
          className="link mono clip"
          title={name}
          aria-describedby={id}
          onClick={() => void openRecent(entry)}
        >
          {name}
        </button>
      ) : (
        <span className="mono clip" title={name}>
          {name}
        </span>
      )}
      <span id={id} className="recent-what">
        <span className="secondary clip" title={entry.headline}>
          {visible(entry.headline, 160)}
        </span>
        <span className="recent-facts clip">{factsOf(entry, new Date())}</span>
        {said !== '' && (
          <span className="recent-note" role={note === '' ? undefined : 'alert'}>
            {said}
          </span>
        )}
      </span>
      <button
        type="button"
        className="button icon-only recent-forget"
        aria-label={`Forget ${name}`}
        title={`Forget ${name}`}
        onClick={onForget}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
