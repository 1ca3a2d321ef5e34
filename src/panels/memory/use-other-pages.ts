import { useMemo } from 'react';
import { otherSnapshot, useCompare } from '../../app/compare';
import { session } from '../../app/session';
import { snapshotOf, useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { Pages } from './pages';
import { usePages } from './use-pages';

/** The same memory's pages in the dump that is compared with. `version` null: there is none, and nothing is fetched. */
export function useOtherPages(memory: number): { readonly pages: Pages; readonly version: number | null } {
  const dump = useStore((state) => snapshotOf(state)?.id ?? null);
  const other = useCompare((state) => otherSnapshot(state, dump)?.id ?? null);
  const version = useCompare((state) => otherSnapshot(state, dump)?.version ?? null);
  // Another dump has other bytes: its pages begin anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one function a second dump
  const read = useMemo(
    () => (of: number, address: Address, length: Bytes, signal: AbortSignal) =>
      session().compare.read(of, address, length, signal),
    [other],
  );
  const { pages } = usePages(memory, read);
  return { pages, version };
}
