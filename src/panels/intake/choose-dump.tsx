import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import './intake.css';
import { type DumpChoice, useIntake } from '../../app/intake/state';
import { visible } from '../../coredump/visible';
import { Icon } from '../../ui/icon';
import { movedRow } from '../../ui/list-keys';
import { counted, size } from '../../ui/numbers';

/** Of several dumps in one drop: which is meant. Arrows move, Enter opens, Esc opens none. */
export function ChooseDump() {
  const choice = useIntake((state) => state.choice);
  return choice === null ? null : <Choice choice={choice} />;
}

function Choice({ choice: { dumps, answer } }: { readonly choice: DumpChoice }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    current?.querySelector<HTMLElement>('.choice')?.focus();
    // Taken away, it gives the focus back as a dialog does that is closed.
    return () => current?.close();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(dialog.current?.querySelectorAll<HTMLElement>('.choice') ?? [])];
    const now = items.indexOf(document.activeElement as HTMLElement);
    const to = now === -1 ? null : movedRow(event.key, now, items.length, 10);
    if (to === null) return;
    event.preventDefault();
    items[to]?.focus();
  };
  return (
    <dialog
      ref={dialog}
      className="choose"
      aria-labelledby="choose-title"
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        answer(null);
      }}
    >
      <div className="keys-head">
        <h2 id="choose-title">{counted(dumps.length, 'dump')}: which one?</h2>
        <span className="grow" />
        <button
          type="button"
          className="button icon-only"
          aria-label="Open none"
          onClick={() => answer(null)}
        >
          <Icon name="close" />
        </button>
      </div>
      <ul>
        {dumps.map((dump, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same path; the list never changes
          <li key={at}>
            <button type="button" className="choice" onClick={() => answer(at)}>
              <span className="mono choice-name">{visible(dump.path)}</span>
              <span className="quiet">{size(dump.size)}</span>
            </button>
          </li>
        ))}
      </ul>
    </dialog>
  );
}
