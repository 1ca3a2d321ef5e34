import { otherSnapshot, useCompare } from '../../app/compare';
import { session } from '../../app/session';
import { snapshotOf, useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { useBytes } from '../inspector/use-window';

/** The bytes of the second dump from `address` on, or null until they are here. Asked again when its snapshot changes. */
export function useOtherWindow(memory: number, address: Address, length: Bytes): MemoryWindow | null {
  const dump = useStore((state) => snapshotOf(state)?.id ?? null);
  const version = useCompare((state) => otherSnapshot(state, dump)?.version ?? -1);
  return useBytes(readOther, version, memory, address, length);
}

const readOther = (
  memory: number,
  address: Address,
  length: Bytes,
  signal: AbortSignal,
): Promise<MemoryWindow> => session().compare.read(memory, address, length, signal);
