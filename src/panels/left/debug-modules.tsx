import { moduleName } from '../../app/names';
import { session } from '../../app/session';
import { visible } from '../../coredump/visible';
import type { DebugModule, Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { counted, grouped, size } from '../../ui/numbers';
import { openPicker } from '../intake/picker';

const VERDICTS = {
  checking: { icon: 'info', text: 'being checked', className: 'secondary' },
  matches: { icon: 'check', text: 'matches this dump', className: 'ok-text' },
  doubtful: { icon: 'alert', text: 'may not match this dump', className: 'warn-text' },
  'no-match': { icon: 'alert', text: 'does not match this dump', className: 'warn-text' },
  unused: { icon: 'info', text: 'not used', className: 'secondary' },
} as const;

export function DebugModules({ snapshot }: { readonly snapshot: Snapshot }) {
  const { modules } = snapshot;
  return (
    <details open>
      <summary className="section-head">
        <h2>Debug modules</h2> <span className="count">{grouped(modules.length)}</span>
      </summary>
      {modules.length === 0 && <Wanted snapshot={snapshot} />}
      {modules.map((module) => (
        <Module key={module.id} module={module} />
      ))}
      {modules.length > 0 && (
        <button type="button" className="button" onClick={() => openPicker('add')}>
          <Icon name="plus" small />
          Add a module
        </button>
      )}
    </details>
  );
}

/** What Wasmtime calls a module without a name: no file is called so. */
const ANONYMOUS = /^<anonymous-module-\d+>$/;

/** Asked for by the name that the dump itself carries. */
function Wanted({ snapshot }: { readonly snapshot: Snapshot }) {
  const [first] = snapshot.dump.modules;
  const named = first !== undefined && first.name !== '' && !ANONYMOUS.test(first.name);
  const name = named ? moduleName(snapshot, 0) : null;
  return (
    <div className="wanted">
      {name === null ? (
        <span>Drop the program's .wasm to get names.</span>
      ) : (
        <span>
          Drop <span className="mono strong">{name}</span> to get names. The dump names it as module 0.
        </span>
      )}
      <button type="button" className="button edge" onClick={() => openPicker('add')}>
        Choose a file
      </button>
    </div>
  );
}

function Module({ module }: { readonly module: DebugModule }) {
  const verdict = VERDICTS[module.verdict];
  const name = visible(module.name, 80);
  return (
    <div className="debug-module">
      <div className="instance">
        <span className="mono clip">{name}</span>
        <span className="tree-place">{size(module.size)}</span>
        <button
          type="button"
          className="button icon-only"
          aria-label={`Remove ${name}`}
          onClick={() => void session().removeModule(module.id)}
        >
          <Icon name="close" small />
        </button>
      </div>
      <dl className="facts">
        <dt>Match</dt>
        <dd>
          <span className={`with-icon ${verdict.className}`}>
            <Icon name={verdict.icon} small />
            {verdict.text}
          </span>
          <br />
          {module.evidence}
        </dd>
        <dt>Names</dt>
        <dd>
          {grouped(module.names)} of {counted(module.functions, 'function')}
        </dd>
      </dl>
    </div>
  );
}
