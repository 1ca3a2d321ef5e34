import './intake.css';
import { useStore } from '../../app/store';
import { Icon } from '../../ui/icon';

/** What is to be known or decided about the files just given. They stay until they are dismissed. */
export function Notices() {
  const notices = useStore((state) => state.notices);
  const dismiss = useStore((state) => state.dismiss);
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label="Notices">
      {notices.map(({ id, message, actions }) => (
        <div key={id} className="notice" role="alert">
          <div className="grow">
            <p>{message}</p>
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
