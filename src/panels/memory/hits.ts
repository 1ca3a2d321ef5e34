import { partition } from '../../bytes/partition';
import type { Address, Bytes } from '../../bytes/units';

/** The hits of a search as the grid asks for them. */
export interface Hits {
  /** Where each begins, ascending. */
  readonly addresses: readonly Address[];
  /** How far each and all before it reach: the address behind the farthest byte. Ascending, so that it can be searched. */
  readonly reach: Float64Array;
}

/** `lengths` in bytes, one for each address; a hit whose length is not here is a byte long. */
export function hitsOf(addresses: readonly Address[], lengths: readonly Bytes[]): Hits {
  const reach = new Float64Array(addresses.length);
  let farthest = 0;
  for (const [index, address] of addresses.entries()) {
    farthest = Math.max(farthest, address + Math.max(1, lengths[index] ?? 1));
    reach[index] = farthest;
  }
  return { addresses, reach };
}

/**
 * Which columns of a row the hits cover: a character each, `h` or a space, or no text at all where none is covered. Text,
 * because two equal ones are the same to a row that is not to be drawn again.
 *
 * A hit that begins inside another, `aa` in `aaaa`, needs no length of its own: the reach of those before it covers it.
 */
export function hitColumns({ addresses, reach }: Hits, address: Address, rowBytes: Bytes): string {
  const end = address + rowBytes;
  const low = partition(reach.length, (at) => (reach[at] ?? 0) <= address);
  let columns = '';
  for (let hit = low; (addresses[hit] ?? end) < end; hit += 1) {
    const from = Math.max(0, (addresses[hit] ?? end) - address);
    const to = Math.min(rowBytes, (reach[hit] ?? 0) - address);
    columns = columns.padEnd(from) + 'h'.repeat(Math.max(0, to - Math.max(from, columns.length)));
    if (columns.length === rowBytes) break;
  }
  return columns === '' ? '' : columns.padEnd(rowBytes);
}
