import { type ReactNode, useId, useRef, useState } from 'react';
import { Icon } from './icon';

interface Props {
  /** What the button shows. */
  readonly label: ReactNode;
  /** The accessible name of what opens. */
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A chip that opens the platform's own popover below it: light dismissal, Esc and the return of focus come with it. */
export function Popover({ label, title, className = 'chip', children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const place = () => {
    if (button.current === null || panel.current === null) return;
    const at = button.current.getBoundingClientRect();
    const room = document.documentElement.clientWidth - 8;
    const width = Math.min(panel.current.offsetWidth || 340, room - 8);
    panel.current.style.top = `${at.bottom + 4}px`;
    panel.current.style.left = `${Math.max(8, Math.min(at.left, room - width))}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        popoverTarget={id}
        aria-expanded={open}
        aria-haspopup="dialog"
      >
        {label}
        <Icon name="down" small />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="popover"
        role="dialog"
        aria-label={title}
        onToggle={(event) => {
          const opens = event.newState === 'open';
          setOpen(opens);
          if (opens) place();
        }}
      >
        {open && children}
      </div>
    </>
  );
}
