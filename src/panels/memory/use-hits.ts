import { useMemo } from 'react';
import { useSearch } from '../../app/search';
import { useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import { type Hits, hitsOf } from './hits';

const NO_HITS: readonly Address[] = [];
const NO_LENGTHS: readonly Bytes[] = [];

/** The hits of the search in a memory. */
export function useHits(memory: number): Hits {
  const addresses = useStore((state) => (state.hitsMemory === memory ? state.hits : NO_HITS));
  const lengths = useSearch((state) => state.run?.lengths ?? NO_LENGTHS);
  return useMemo(() => hitsOf(addresses, lengths), [addresses, lengths]);
}
