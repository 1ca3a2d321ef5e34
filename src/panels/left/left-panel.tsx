// biome-ignore-all lint/a11y/useSemanticElements: a fieldset is for the fields of a form
import './left.css';
import { useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { grouped } from '../../ui/numbers';
import { openPicker } from '../intake/picker';
import { backtrace } from '../threads/backtrace';
import { ThreadTree } from '../threads/thread-tree';
import { DebugModules } from './debug-modules';
import { Instances } from './instances';

/** Threads over the instances they ran in and the modules that name their functions. */
export function LeftPanel({ snapshot }: { readonly snapshot: Snapshot }) {
  const setLive = useStore((state) => state.setLive);
  const { threads, instances } = snapshot.dump;
  return (
    <div className="left">
      <div className="left-threads">
        <div className="section-head">
          <h2>Threads</h2> <span className="count">{grouped(threads.length)}</span>
          <span className="grow" />
          {threads.length > 0 && (
            <CopyButton label="Copy backtrace" text={() => backtrace(snapshot)} announce={setLive} />
          )}
        </div>
        {threads.length === 0 ? (
          <NoStack snapshot={snapshot} />
        ) : (
          <ThreadTree key={`${snapshot.name} ${snapshot.dump.file.size}`} snapshot={snapshot} />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reached by the keyboard */}
      <div className="left-rest" tabIndex={0} role="group" aria-label="Instances and debug modules">
        {instances.length > 0 && <Instances snapshot={snapshot} />}
        <DebugModules snapshot={snapshot} />
      </div>
      <button type="button" className="left-foot" onClick={() => openPicker('add')}>
        <Icon name="drop" small />
        Drop a .wasm to add it
      </button>
    </div>
  );
}

function NoStack({ snapshot }: { readonly snapshot: Snapshot }) {
  const { file } = snapshot.dump;
  return (
    <div className="empty">
      <strong>No stack</strong>
      {file.kind !== 'coredump' && <span>This file is no coredump: it opened as a memory image.</span>}
      {file.kind === 'coredump' && file.truncatedAt === null && (
        <span>The file has no corestack section.</span>
      )}
      {file.kind === 'coredump' && file.truncatedAt !== null && (
        <span>
          The file ends at byte {grouped(file.truncatedAt)}. Wasmtime writes the stack after the data: it was
          behind the cut.
        </span>
      )}
    </div>
  );
}
