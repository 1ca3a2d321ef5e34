import { type KeyboardEvent, useRef } from 'react';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import { address0x, addressDigits } from './words';

/** PageUp and PageDown go by this part of the strip. */
const PAGE_PART = 10;

export interface Regions {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The pointer or the grid went somewhere else: the next key begins there. */
  readonly forget: () => void;
}

/**
 * The strip's keys: arrows go to the next and previous captured region, Home and End to the ends, PageUp and PageDown by a
 * tenth of the strip, Enter selects.
 */
export function useRegions(
  memory: number,
  size: Bytes,
  from: () => Address,
  /** The address so many parts of the strip further. */
  further: (address: Address, parts: number) => Address,
  onGo: (address: Address) => void,
): Regions {
  // Where the keys have led: the view shows it a third down, so the view's first address is not it.
  const at = useRef<Address | null>(null);
  const { jump, setLive } = useStore.getState();
  const go = (address: Address) => {
    at.current = address;
    onGo(address);
  };
  // A key waits for the step before it: Enter right behind an arrow selects where the arrow led, which the worker has yet to say.
  const steps = useRef<Promise<void>>(Promise.resolve());
  const step = (direction: 1 | -1): Promise<void> => {
    const start = at.current ?? from();
    return session()
      .nextRegion(memory, start, direction)
      .then((address) => {
        if (address !== null) go(address);
        else
          setLive(
            `No captured region ${direction > 0 ? 'after' : 'before'} ${address0x(start, addressDigits(size))}.`,
          );
      })
      .catch((error: unknown) => setLive(error instanceof Error ? error.message : String(error)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || size === 0) return;
    const here = at.current ?? from();
    const then = (what: () => void | Promise<void>) => {
      steps.current = steps.current.then(what);
    };
    if (event.key === 'ArrowDown' || event.key === 'ArrowRight') then(() => step(1));
    else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') then(() => step(-1));
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(size - 1);
    else if (event.key === 'PageDown') go(further(here, 1 / PAGE_PART));
    else if (event.key === 'PageUp') go(further(here, -1 / PAGE_PART));
    else if (event.key === 'Enter') then(() => jump(memory, at.current ?? from()));
    else return;
    event.preventDefault();
  };
  return {
    onKeyDown,
    forget: () => {
      at.current = null;
    },
  };
}
