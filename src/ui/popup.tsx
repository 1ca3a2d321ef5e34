// biome-ignore-all lint/a11y/noStaticElementInteractions: its role is that of a dialog or a menu
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Icon } from './icon';

interface Props {
  /** What the button shows. */
  readonly label: ReactNode;
  /** The accessible name of what opens. */
  readonly title: string;
  readonly role: 'dialog' | 'menu';
  readonly buttonClass: string;
  readonly panelClass: string;
  /** Which edges stand below each other. */
  readonly align: 'left' | 'right';
  readonly panel: RefObject<HTMLDivElement | null>;
  /** Its contents stand in the panel, which has its place. */
  readonly onOpened?: (panel: HTMLDivElement) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** A chip that opens the platform's own popover below it: light dismissal, Esc and the return of focus come with it. */
export function Popup(props: Props) {
  const { align, buttonClass, children, label, onKeyDown, onOpened, panel, panelClass, role, title } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const opened = useRef(onOpened);
  opened.current = onOpened;
  // The contents are drawn only while it is open, so that it is placed and focused after they have come.
  useEffect(() => {
    if (!open || button.current === null || panel.current === null) return;
    place(button.current, panel.current, align);
    opened.current?.(panel.current);
  }, [open, align, panel]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={buttonClass}
        popoverTarget={id}
        aria-haspopup={role}
        aria-expanded={open}
      >
        {label}
        <Icon name="down" small />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={panelClass}
        role={role}
        aria-label={title}
        tabIndex={role === 'menu' ? -1 : undefined}
        onKeyDown={onKeyDown}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && children}
      </div>
    </>
  );
}

/** Puts a panel below its button, inside of the window. */
function place(button: HTMLElement, panel: HTMLElement, align: 'left' | 'right'): void {
  const at = button.getBoundingClientRect();
  const { clientHeight, clientWidth } = document.documentElement;
  const { offsetHeight, offsetWidth } = panel;
  const left = align === 'left' ? at.left : at.right - offsetWidth;
  panel.style.left = `${Math.max(8, Math.min(left, clientWidth - offsetWidth - 8))}px`;
  panel.style.top = `${Math.max(8, Math.min(at.bottom + 4, clientHeight - offsetHeight - 8))}px`;
}
