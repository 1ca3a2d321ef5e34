import { moduleName } from '../../app/names';
import { session } from '../../app/session';
import type { Problem } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { DebugModule, Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { counted, grouped, hex, size } from '../../ui/numbers';
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
          {visible(module.evidence, 1000)}
          {module.verdict === 'doubtful' && '. Names and lines from it are marked ?.'}
        </dd>
        {module.base !== null && (
          <>
            <dt>Offsets</dt>
            <dd>{module.base}</dd>
          </>
        )}
        <dt>Names</dt>
        <dd>
          {grouped(module.names)} of {counted(module.functions, 'function')}
        </dd>
        <dt>Lines</dt>
        <dd>{visible(module.debug, 1000)}</dd>
        {module.problems.length > 0 && (
          <>
            <dt>{counted(module.problems.length, 'problem')}</dt>
            <dd className="warn-text">
              {module.problems.slice(0, PROBLEMS).map((problem) => (
                <div key={`${problem.section} ${problem.offset} ${problem.message}`}>
                  {problemText(problem)}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** Problems of one module that are listed. */
const PROBLEMS = 5;

function problemText({ message, offset, section }: Problem): string {
  const place = [section, offset === null ? null : hex(offset)].filter((part) => part !== null).join(', ');
  return visible(place === '' ? message : `${place}: ${message}`, 1000);
}
