import { useState } from 'react';
import { mainCause } from '../../app/cause';
import { closeDump } from '../../app/open';
import { producerName } from '../../app/producer';
import { progressShare, progressText } from '../../app/progress';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import { coverageText, summaryOf } from '../../app/summary';
import { nextTheme, setTheme, storedTheme } from '../../app/theme';
import { visible } from '../../coredump/visible';
import type { Progress, Snapshot } from '../../session/types';
import { Icon, Mark } from '../../ui/icon';
import { counted } from '../../ui/numbers';
import { openPicker } from '../intake/picker';
import { CauseChip } from './cause-chip';
import { CopyLink } from './copy-link';
import { CoverageMeter } from './coverage-meter';
import { KeepCopy } from './keep-copy';
import { ProducerChip } from './producer-chip';

/** What died, where, which producer, how much of memory is there, and what is wrong. */
export function TopLine({ snapshot, onKeys }: { readonly snapshot: Snapshot; readonly onKeys: () => void }) {
  const memory = useStore((state) => state.memory);
  const summary = summaryOf(snapshot);
  const cause = mainCause(snapshot);
  const busy = snapshot.indexing.state !== 'done';
  return (
    <>
      <header className="top">
        <button
          type="button"
          className="home"
          aria-label="Wasmortem: close this dump"
          onClick={() => void closeDump()}
        >
          <Mark />
        </button>
        <h1 className="what">
          <Icon name="trap" />
          <strong>{summary.what}</strong>
        </h1>
        {cause !== null && <CauseChip cause={cause} />}
        <span className="what where">
          {cause !== null && 'in '}
          {summary.function !== '' && <span className="mono strong clip">{summary.function}</span>}
        </span>
        <span className="aside quiet small">
          <span>{summary.quiet}</span>
        </span>
        <span className="grow" />
        <span className="mono secondary clip file-name">{visible(snapshot.name, 80)}</span>
        <span className="top-facts">
          <span className="rule" />
          <ProducerChip snapshot={snapshot} label={producerName(snapshot)} />
          <span className="rule" />
          {busy ? (
            <Indexing progress={snapshot.indexing} />
          ) : (
            <>
              {snapshot.memories.length > 0 && <CoverageMeter memory={memory} version={snapshot.version} />}
              <span className="secondary">{coverageText(snapshot)}</span>
            </>
          )}
        </span>
        <ProblemsButton snapshot={snapshot} />
        <span className="rule" />
        <span className="buttons">
          <button
            type="button"
            className="button icon-only"
            aria-label="Open a file"
            onClick={() => openPicker('replace')}
          >
            <Icon name="open" />
          </button>
          <CopyLink snapshot={snapshot} />
          <KeepCopy snapshot={snapshot} />
          <ThemeButton />
          <button type="button" className="button icon-only wide-only" aria-label="Keys" onClick={onKeys}>
            <Icon name="keys" />
          </button>
        </span>
      </header>
      {busy && <IndexingBar progress={snapshot.indexing} />}
    </>
  );
}

function IndexingBar({ progress }: { readonly progress: Progress }) {
  const share = progressShare(progress);
  return (
    <div
      className="progress-line"
      role="progressbar"
      aria-label="Indexing"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      aria-valuetext={progressText(progress)}
    >
      <span style={{ width: `${(share ?? 0) * 100}%` }} />
    </div>
  );
}

function Indexing({ progress }: { readonly progress: Progress }) {
  const stopped = progress.state === 'stopped';
  return (
    <>
      <span className="secondary numbers">{progressText(progress)}</span>
      <button
        type="button"
        className="button edge"
        onClick={() => void (stopped ? session().resume() : session().stop())}
      >
        <Icon name={stopped ? 'go' : 'stop'} small />
        {stopped ? 'Go on' : 'Stop'}
      </button>
    </>
  );
}

function ProblemsButton({ snapshot }: { readonly snapshot: Snapshot }) {
  const showDrawer = useStore((state) => state.showDrawer);
  const showPane = useStore((state) => state.showPane);
  const problems = snapshot.problems.length;
  const notes = snapshot.notes.length;
  return (
    <button
      type="button"
      className={problems > 0 ? 'chip trap' : 'chip'}
      onClick={() => {
        showDrawer('problems');
        showPane('mid');
      }}
    >
      <Icon name={problems > 0 ? 'problem' : 'info'} small />
      {problems > 0 && <b>{counted(problems, 'problem')}</b>}
      {problems === 0 && notes === 0 && 'No problems'}
      {notes > 0 && <span className={problems > 0 ? 'wide-only' : undefined}>{counted(notes, 'note')}</span>}
    </button>
  );
}

function ThemeButton() {
  const [theme, set] = useState(storedTheme);
  return (
    <button
      type="button"
      className="button icon-only theme-button"
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
      onClick={() => {
        const next = nextTheme(theme);
        setTheme(next);
        set(next);
      }}
    >
      <Icon name="theme" />
    </button>
  );
}
