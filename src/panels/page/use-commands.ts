import { useEffect } from 'react';
import { stepDifference } from '../../app/compare';
import { otherThread } from '../../app/frames';
import { type Command, commandFor } from '../../app/keys';
import { findPointersToSelection, stepHit } from '../../app/search';
import { snapshotOf, useStore } from '../../app/store';
import { isTextField } from '../intake/paste';
import { openPicker } from '../intake/picker';
import { focusRegion } from './regions';

/** Obeys the page's keys. */
export function useCommands(showKeys: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const target = event.target instanceof Element ? event.target : null;
      const command = commandFor(
        {
          key: event.key,
          ctrl: event.ctrlKey,
          alt: event.altKey,
          meta: event.metaKey,
          shift: event.shiftKey,
        },
        { inPanel: target?.closest('[data-region]') != null, inText: isTextField(target) },
      );
      if (command !== null && obey(command, showKeys)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [showKeys]);
}

/** Answers whether there was anything to do: else the key is the browser's. */
function obey(command: Command, showKeys: () => void): boolean {
  const state = useStore.getState();
  const snapshot = snapshotOf(state);
  if (command === 'help') {
    showKeys();
    return true;
  }
  if (command === 'open') {
    openPicker('replace');
    return true;
  }
  if (snapshot === null) return false;
  switch (command) {
    case 'go-to':
      state.goTo();
      return true;
    case 'drawer':
      state.toggleDrawer(!state.drawerOpen);
      return true;
    case 'search':
      state.search();
      return true;
    case 'references':
      return findPointersToSelection();
    case 'next-hit':
    case 'previous-hit':
      return stepHit(command === 'next-hit' ? 1 : -1);
    case 'next-difference':
    case 'previous-difference':
      return stepDifference(command === 'next-difference' ? 1 : -1);
    case 'next-panel':
    case 'previous-panel':
      focusRegion(command === 'next-panel' ? 1 : -1);
      return true;
    case 'next-thread':
    case 'previous-thread': {
      const frame = otherThread(snapshot, state.frame, command === 'next-thread' ? 1 : -1);
      if (frame !== null) state.selectFrame(frame);
      return true;
    }
  }
}
