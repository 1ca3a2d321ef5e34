import { useLayoutEffect, useRef, useState } from 'react';
import './intake.css';
import { openGiven } from '../../app/intake/open-given';
import { snapshotOf, useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import { Icon } from '../../ui/icon';
import { earlyDrop } from './early-drop';
import type { PickMode } from './picker';
import { carriesFiles, droppedItems } from './transfer';

/** The zone under the pointer. The page is one zone while no dump is open. */
function modeAt(target: EventTarget | null): PickMode {
  const zone = target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null;
  const mode = zone?.dataset['drop'];
  return mode === 'add' || mode === 'compare' ? mode : 'replace';
}

const ZONE_ICONS = { replace: 'file', add: 'plus', compare: 'beside' } as const;

/**
 * Takes files that are dropped anywhere, at any time. The browser hides what is dragged until it is dropped, so with
 * a dump open the choice between opening, adding and comparing is offered by place.
 */
export function DropTarget() {
  const snapshot = useStore(snapshotOf);
  const [over, setOver] = useState<PickMode | null>(null);
  // Enter and leave come for every element on the way: the drag is over the page while more entered than left.
  const depth = useRef(0);
  // With the page and not a frame after it: until then a drop is public/early.js's.
  useLayoutEffect(() => {
    const end = () => {
      depth.current = 0;
      setOver(null);
    };
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth.current++;
      setOver(modeAt(event.target));
    };
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(modeAt(event.target));
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) end();
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer) || event.dataTransfer === null) return;
      event.preventDefault();
      const mode = modeAt(event.target);
      const items = droppedItems(event.dataTransfer);
      end();
      void openGiven(items, mode);
    };
    const events = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const;
    for (const [name, listener] of Object.entries(events))
      window.addEventListener(name, listener as EventListener);
    window.addEventListener('dragend', end);
    // For the benches: from here on files can be dropped.
    performance.mark('wasmortem:usable');
    const early = earlyDrop();
    if (early.length > 0) void openGiven(early, 'replace');
    return () => {
      for (const [name, listener] of Object.entries(events))
        window.removeEventListener(name, listener as EventListener);
      window.removeEventListener('dragend', end);
    };
  }, []);
  if (over === null) return null;
  const zone = (mode: PickMode, title: string, what: string) => (
    <div className={`drop-zone${over === mode ? ' on' : ''}`} data-drop={mode}>
      <Icon name={ZONE_ICONS[mode]} />
      <strong>{title}</strong>
      <span className="secondary">{what}</span>
    </div>
  );
  return (
    <div className={snapshot === null ? 'drop-over' : 'drop-over places'}>
      {snapshot === null ? (
        zone('replace', 'Open', 'A dump, with its modules and sources; folders and zips too')
      ) : (
        <>
          {zone('replace', 'Open as a new dump', `Replaces ${visible(snapshot.name, 60)}`)}
          {zone(
            'add',
            `Add to ${visible(snapshot.name, 60)}`,
            'Debug modules, sources, source maps: files, folders, zips',
          )}
          {zone('compare', 'Compare with it', `A second dump, beside ${visible(snapshot.name, 60)}`)}
        </>
      )}
    </div>
  );
}
