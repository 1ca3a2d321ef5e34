import { useId, useRef, useState } from 'react';
import {
  FORMAT_CHOICES,
  type Format,
  fits,
  GROUP_CHOICES,
  ROW_CHOICES,
  type View,
} from '../../app/memory-view';
import type { Bytes } from '../../bytes/units';
import { Icon } from './icons';
import { placeUnder } from './place-under';
import { withFormat, withGroup } from './view';

const FORMATS: Readonly<Record<Format, string>> = {
  hex: 'Hex',
  unsigned: 'Unsigned',
  signed: 'Signed',
  float: 'Float',
};
const TYPES: Readonly<Record<Format, string>> = { hex: 'hex', unsigned: 'u', signed: 'i', float: 'f' };

export interface ViewMenuProps {
  readonly view: View;
  /** Bytes in a row as it is drawn: fewer than chosen where those do not fit. */
  readonly rowBytes: Bytes;
  readonly onView: (view: View) => void;
}

/** How rows are drawn: bytes a row, bytes a group, and what a group is read as. */
export function ViewMenu({ view, rowBytes, onView }: ViewMenuProps) {
  const id = useId();
  const chip = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const type = view.format === 'hex' ? `hex ${view.group * 8}` : `${TYPES[view.format]}${view.group * 8}`;
  const fewer = view.rowBytes !== 'fit' && rowBytes < view.rowBytes;
  return (
    <>
      <button
        ref={chip}
        type="button"
        className="mem-chip mem-view"
        popoverTarget={id}
        aria-expanded={open}
        aria-label={`View: ${type}, ${rowBytes} bytes a row`}
        title="How rows are drawn"
      >
        <b>{type}</b>
        <span className="mem-chip-count">×{rowBytes / view.group}</span>
        <Icon name="down" />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="mem-popover mem-view-menu"
        onBeforeToggle={() => placeUnder(chip.current, menu.current)}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        <Choice
          title="Bytes a row"
          choices={ROW_CHOICES}
          chosen={view.rowBytes}
          label={(choice) => (choice === 'fit' ? 'Fit' : String(choice))}
          onChoose={(rowBytes) => onView({ ...view, rowBytes })}
        />
        <Choice
          title="Bytes a group"
          choices={GROUP_CHOICES}
          chosen={view.group}
          label={String}
          onChoose={(group) => onView(withGroup(view, group))}
        />
        <Choice
          title="Read as"
          choices={FORMAT_CHOICES}
          chosen={view.format}
          label={(format) => FORMATS[format]}
          onChoose={(format) => onView(withFormat(view, format))}
        />
        <p className="mem-view-note">
          {fewer ? `${rowBytes} of ${view.rowBytes} bytes a row fit. ` : ''}
          {view.group === 1 ? '' : 'Groups are little-endian. '}
          {fits(view.group, 'float') ? '' : 'Floats have 4 or 8 bytes.'}
        </p>
      </div>
    </>
  );
}

interface ChoiceProps<T> {
  readonly title: string;
  readonly choices: readonly T[];
  readonly chosen: T;
  readonly label: (choice: T) => string;
  readonly onChoose: (choice: T) => void;
}

function Choice<T extends string | number>({ title, choices, chosen, label, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-labelledby={`${name}-title`} className="mem-choice">
      <span id={`${name}-title`}>{title}</span>
      {choices.map((choice) => (
        <label key={choice} className="mem-choice-one">
          <input type="radio" name={name} checked={choice === chosen} onChange={() => onChoose(choice)} />
          {label(choice)}
        </label>
      ))}
    </div>
  );
}
