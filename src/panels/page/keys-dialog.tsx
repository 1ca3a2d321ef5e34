import { useEffect, useRef } from 'react';
import { KEY_SHEET } from '../../app/keys';
import { Icon } from '../../ui/icon';

/** The sheet of keys, in the platform's own dialog: Esc, the focus trap and its return come with it. */
export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself; the click is one on its backdrop
    <dialog
      ref={dialog}
      className="keys"
      aria-labelledby="keys-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="keys-head">
        <h2 id="keys-title">Keys</h2>
        <span className="grow" />
        <button type="button" className="button icon-only" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="keys-sheet">
        {KEY_SHEET.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.rows.map((row) => (
                <div key={row.what}>
                  <dt>{row.what}</dt>
                  <dd>
                    {row.keys.map((chord) => (
                      <span key={chord.join('+')} className="chord">
                        {chord.map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
