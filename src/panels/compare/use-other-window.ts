import { useEffect, useState } from 'react';
import { otherSnapshot, useCompare } from '../../app/compare';
import { session } from '../../app/session';
import { snapshotOf, useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';

/** The bytes of the second dump from `address` on, or null until they are here. Asked again when its snapshot changes. */
export function useOtherWindow(memory: number, address: Address, length: Bytes): MemoryWindow | null {
  const dump = useStore((state) => snapshotOf(state)?.id ?? null);
  const version = useCompare((state) => otherSnapshot(state, dump)?.version ?? -1);
  const [found, setFound] = useState<MemoryWindow | null>(null);
  useEffect(() => {
    let wanted = true;
    // Asked for `version`: more of the index changes what the bytes are.
    if (version === -1) return;
    session()
      .compare.read(memory, address, length)
      .then(
        (window) => {
          if (wanted) setFound(window);
        },
        // The dump was replaced or the worker died: the page as a whole says so.
        () => setFound(null),
      );
    return () => {
      wanted = false;
    };
  }, [memory, address, length, version]);
  return found !== null && found.memory === memory && found.address === address ? found : null;
}
