import { type ReactNode, useRef } from 'react';
import { Popup } from './popup';

interface Props {
  /** What the button shows. */
  readonly label: ReactNode;
  /** The accessible name of what opens. */
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A chip that opens something to read or to fill in. */
export function Popover({ label, title, className = 'chip', children }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <Popup
      label={label}
      title={title}
      role="dialog"
      buttonClass={className}
      panelClass="popover"
      align="left"
      panel={panel}
    >
      {children}
    </Popup>
  );
}
