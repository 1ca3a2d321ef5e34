import './intake.css';
import { useUpdate } from '../../app/offline/update';
import { snapshotOf, useStore } from '../../app/store';
import { MESSAGE_LIMIT, visible } from '../../coredump/visible';
import { Icon } from '../../ui/icon';

/** What is to be known or decided about the files just given. They stay until they are dismissed. */
export function Notices() {
  const notices = useStore((state) => state.notices);
  const dismiss = useStore((state) => state.dismiss);
  const updatable = useUpdate((state) => state.use !== null);
  if (notices.length === 0 && !updatable) return null;
  return (
    <section className="notices" aria-label="Notices">
      {updatable && <UpdateNotice />}
      {notices.map(({ id, message, actions }) => (
        <div key={id} className="notice" role="alert">
          <div className="grow">
            <p>{visible(message, MESSAGE_LIMIT)}</p>
            {actions.length > 0 && (
              <div className="actions">
                {actions.map(({ label, run }) => (
                  <button
                    key={label}
                    type="button"
                    className="button edge"
                    onClick={() => {
                      dismiss(id);
                      run();
                    }}
                  >
                    {label}
                  </button>
                ))}
              </div>
            )}
          </div>
          <button type="button" className="button icon-only" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </section>
  );
}

/** An update that waits. A status, not an alert: it can wait for as long as the user likes. */
function UpdateNotice() {
  const { use, later } = useUpdate();
  const open = useStore(snapshotOf);
  return (
    <div className="notice" role="status">
      <div className="grow">
        <p>
          A newer Wasmortem is ready.
          {open !== null && ` Reloading closes ${visible(open.name, 60)}; this version goes on until then.`}
        </p>
        <div className="actions">
          <button type="button" className="button edge" onClick={() => use?.()}>
            Reload to use it
          </button>
        </div>
      </div>
      <button type="button" className="button icon-only" aria-label="Dismiss" onClick={later}>
        <Icon name="close" />
      </button>
    </div>
  );
}
