import { type KeyboardEvent, useId, useRef } from 'react';
import { grouped } from './numbers';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly count: number | null;
}

interface Props<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Prefix of the tabs' and panels' element ids. */
  readonly idBase: string;
}

/** One tab stop; arrows, Home and End move and select. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, idBase }: Props<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = tabs.findIndex((tab) => tab.id === selected);
    const target = tabs[tabToFocus(event.key, index, tabs.length)];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onSelect(target.id);
    list.current?.querySelector<HTMLElement>(`#${idBase}-tab-${target.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          className="tab"
          id={`${idBase}-tab-${tab.id}`}
          aria-selected={tab.id === selected}
          aria-controls={tab.id === selected ? `${idBase}-panel` : undefined}
          tabIndex={tab.id === selected ? 0 : -1}
          onClick={() => onSelect(tab.id)}
        >
          {tab.label}
          {tab.count !== null && <span className="count">{grouped(tab.count)}</span>}
        </button>
      ))}
    </div>
  );
}

/** An id base that is a valid selector: React's own ids may hold colons. */
export function useTabIds(): string {
  return useId().replace(/[^a-zA-Z0-9]/g, '');
}

/** The index to go to for a key, or -1 where the key means nothing to a tab list. */
export function tabToFocus(key: string, index: number, count: number): number {
  if (count === 0) return -1;
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return -1;
}
