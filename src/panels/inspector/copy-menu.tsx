import { useStore } from '../../app/store';
import { Icon } from '../../ui/icon';
import { Menu, type MenuItem } from '../../ui/menu';
import { sizeOfSize } from '../../ui/numbers';
import { COPY_FORMS } from '../memory/copy-forms';
import type { Copying } from './use-copy';

/** The forms in which the selected bytes can be had. */
export function CopyMenu({ copying }: { readonly copying: Copying }) {
  const wishes = useStore((state) => state.copyMenu);
  const forms = COPY_FORMS.map(({ form, label }): MenuItem => {
    const run = () => copying.copy(form);
    return form === 'dump' ? { id: form, label, more: 'Ctrl+C', run } : { id: form, label, run };
  });
  const files: readonly MenuItem[] = [
    { id: 'save', label: 'Save bytes', run: () => copying.save('bytes') },
    { id: 'save-dump', label: 'Save hex dump', run: () => copying.save('dump') },
  ];
  return (
    <Menu
      label={
        <>
          <Icon name="copy" small /> Copy
        </>
      }
      title="Copy the selected bytes"
      groups={[forms, files]}
      wishes={wishes}
    />
  );
}

/** How far a file is, and what came of the last copy or save: below the head, where the bytes are. */
export function CopyOutcome({ copying }: { readonly copying: Copying }) {
  const { saved, outcome, length } = copying;
  return (
    <>
      {saved !== null && (
        <p className="note with-icon">
          Saving {sizeOfSize(saved, length)}
          <button type="button" className="button edge" onClick={copying.stop}>
            Stop
          </button>
        </p>
      )}
      {outcome !== null && <p className="note">{outcome}</p>}
    </>
  );
}
