import { type RefObject, useEffect, useRef, useState } from 'react';
import './copy-link.css';
import { copySize, type RecentEntry } from '../../app/recent/entry';
import { forgetCopy, keepCopy, keepRequest, stopKeeping, useKeeping } from '../../app/recent/keep';
import { loadRecent } from '../../app/recent/list';
import { recordOpened } from '../../app/recent/record';
import { remembers } from '../../app/recent/setting';
import { useRecent } from '../../app/recent/state';
import { session } from '../../app/session';
import type { KeepPlan, KeepRequest } from '../../session/keep-types';
import type { Snapshot } from '../../session/types';
import { counted, size } from '../../ui/numbers';
import { ProgressBar } from './progress-bar';

/** What a copy takes, before and after; its progress meanwhile. */
export function KeepChoice({ snapshot }: { readonly snapshot: Snapshot }) {
  const keeping = useKeeping((state) => state.keeping);
  const panel = useRef<HTMLDivElement>(null);
  useFocusKept(panel);
  if (!remembers())
    return (
      <div className="copy-link-choices">
        <p>Nothing is kept: “Remember opened dumps” is off, on the start page.</p>
      </div>
    );
  return (
    <div ref={panel} className="copy-link-choices" tabIndex={-1}>
      {keeping.kind === 'running' ? (
        <>
          {keeping.progress === null ? <p>Copying…</p> : <ProgressBar progress={keeping.progress} />}
          <button type="button" className="button edge" onClick={() => void stopKeeping()}>
            Stop
          </button>
        </>
      ) : (
        <Offer snapshot={snapshot} panel={panel} />
      )}
      {keeping.kind === 'failed' && <p role="alert">{keeping.message}</p>}
    </div>
  );
}

interface Planned {
  readonly request: KeepRequest;
  readonly plan: KeepPlan;
  /** The dump's entry in the list; null: it has none. */
  readonly id: string | null;
}

/** A button that has done its work goes, and the focus with it: then it goes to what says what was done. */
function useFocusKept(panel: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  });
}

interface OfferProps {
  readonly snapshot: Snapshot;
  readonly panel: RefObject<HTMLDivElement | null>;
}

function Offer({ panel, snapshot }: OfferProps) {
  useFocusKept(panel);
  const [planned, setPlanned] = useState<Planned | { readonly failed: string } | null>(null);
  const entries = useRecent((state) => state.entries);
  useEffect(() => {
    const abort = new AbortController();
    const work = async (): Promise<Planned> => {
      const request = await keepRequest(snapshot, abort.signal);
      const [plan, id] = await Promise.all([session().keep.plan(request), recordOpened(), loadRecent()]);
      return { request, plan, id };
    };
    work().then(
      (done) => !abort.signal.aborted && setPlanned(done),
      (error: unknown) => !abort.signal.aborted && setPlanned({ failed: String(error) }),
    );
    return () => abort.abort();
  }, [snapshot]);
  if (planned === null) return <p className="quiet">Asking the browser for room…</p>;
  if ('failed' in planned) return <p role="alert">No copy can be kept here: {planned.failed}</p>;
  const entry = entries?.find(({ id }) => id === planned.id) ?? null;
  const copy = entry?.copy ?? null;
  return entry === null || copy === null ? (
    <NotKept planned={planned} snapshot={snapshot} />
  ) : (
    <Kept entry={entry} more={1 + holds(planned.request) > copy.files.length} snapshot={snapshot} />
  );
}

const holds = ({ modules, texts }: KeepRequest) => modules.length + texts.length;

function NotKept({ planned, snapshot }: { readonly planned: Planned; readonly snapshot: Snapshot }) {
  const { plan, request } = planned;
  const bytes = plan.bytes === null ? '' : `, ${size(plan.bytes)}`;
  return (
    <>
      <button type="button" className="button edge" onClick={() => void keepCopy(snapshot)}>
        Keep a copy{bytes}
      </button>
      <p>
        Of {what(request)}, in this browser's storage for this page
        {plan.room === null ? '' : `; the browser says that it has room for ${size(plan.room)}`}. It stays
        there until you forget it, and opens from the start page without the file. Whoever uses this browser
        profile can open it.
      </p>
      {plan.bytes === null && <p>What has not arrived yet is fetched first.</p>}
    </>
  );
}

function Kept({
  entry,
  more,
  snapshot,
}: {
  readonly entry: RecentEntry;
  readonly more: boolean;
  readonly snapshot: Snapshot;
}) {
  return (
    <>
      <p>
        <strong>Copy kept, {size(copySize(entry))}</strong>, in{' '}
        {counted(entry.copy?.files.length ?? 0, 'file')}. It opens from the start page, until you forget it.
      </p>
      {more && (
        <button type="button" className="button edge" onClick={() => void keepCopy(snapshot)}>
          Keep a copy with what was added
        </button>
      )}
      <button type="button" className="button edge" onClick={() => void forgetCopy(entry.id)}>
        Forget the copy
      </button>
    </>
  );
}

/** `the dump, 1 module and 2 source texts`. */
function what({ modules, texts }: KeepRequest): string {
  const parts = ['the dump'];
  if (modules.length > 0) parts.push(counted(modules.length, 'module'));
  if (texts.length > 0) parts.push(counted(texts.length, 'source text'));
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
