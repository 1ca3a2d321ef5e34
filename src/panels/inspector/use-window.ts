import { useEffect, useState } from 'react';
import { session } from '../../app/session';
import { snapshotOf, useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';

/** The bytes of the open dump from `address` on, or null until they are here. */
export function useWindow(memory: number, address: Address, length: Bytes): MemoryWindow | null {
  const version = useStore((state) => snapshotOf(state)?.version ?? -1);
  return useBytes(readOpen, version, memory, address, length);
}

type Read = (memory: number, address: Address, length: Bytes, signal: AbortSignal) => Promise<MemoryWindow>;

const readOpen: Read = (...window) => session().read(...window);

/**
 * Bytes by a way to read them, or null until they are here. Asked again with another `version`: an override, or more of
 * the index, changes what the bytes are. -1: there is nothing to read from.
 * @param read the same function at each call.
 */
export function useBytes(
  read: Read,
  version: number,
  memory: number,
  address: Address,
  length: Bytes,
): MemoryWindow | null {
  const [found, setFound] = useState<MemoryWindow | null>(null);
  useEffect(() => {
    if (version === -1) return;
    const left = new AbortController();
    read(memory, address, length, left.signal).then(
      (window) => {
        if (!left.signal.aborted) setFound(window);
      },
      // The dump was replaced or the worker died: the page as a whole says so.
      () => {
        if (!left.signal.aborted) setFound(null);
      },
    );
    return () => left.abort();
  }, [read, memory, address, length, version]);
  return found !== null && found.memory === memory && found.address === address ? found : null;
}
