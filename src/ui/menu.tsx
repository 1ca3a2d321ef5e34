import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Popup } from './popup';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** What it has to say beside its label: a key, why it will refuse. */
  readonly more?: string;
  readonly run: () => void;
}

interface Props {
  readonly label: ReactNode;
  readonly title: string;
  /** Items in groups with a rule between them. */
  readonly groups: readonly (readonly MenuItem[])[];
  /** Opens the menu when it changes. */
  readonly wishes: number;
}

/** A button that opens a menu: arrows, Home, End and first letters move in it; Esc closes it and gives the focus back. */
export function Menu({ label, title, groups, wishes }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  const granted = useRef(wishes);
  useEffect(() => {
    if (granted.current === wishes) return;
    granted.current = wishes;
    panel.current?.showPopover();
  }, [wishes]);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(panel.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = items.indexOf(document.activeElement as HTMLElement);
    const to = itemFor(
      event.key,
      items.map((item) => item.textContent ?? ''),
      now,
    );
    if (event.key === 'Tab') panel.current?.hidePopover();
    if (to === null) return;
    items[to]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popup
      label={label}
      title={title}
      role="menu"
      buttonClass="chip"
      panelClass="popover menu"
      align="right"
      panel={panel}
      onOpened={(opened) => opened.querySelector<HTMLElement>('[role=menuitem]')?.focus()}
      onKeyDown={onKeyDown}
    >
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
        <div key={at} role="group" className="menu-group">
          {group.map((item) => (
            <button
              key={item.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className="menu-item"
              onClick={() => {
                panel.current?.hidePopover();
                item.run();
              }}
            >
              {item.label}
              {item.more !== undefined && <span className="quiet">{item.more}</span>}
            </button>
          ))}
        </div>
      ))}
    </Popup>
  );
}

/** Where a key moves in a menu: around its ends, to them, or to the next item that begins with a letter; null: nowhere. */
export function itemFor(key: string, labels: readonly string[], now: number): number | null {
  const { length } = labels;
  if (length === 0) return null;
  if (key === 'ArrowDown') return (now + 1) % length;
  if (key === 'ArrowUp') return (now + length - (now < 0 ? 0 : 1)) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  if (key.length !== 1 || key === ' ') return null;
  const letter = key.toLowerCase();
  for (let step = 1; step <= length; step += 1) {
    const at = (now + step + length) % length;
    if (labels[at]?.toLowerCase().startsWith(letter) === true) return at;
  }
  return null;
}
