import type { MemoryIndex } from '../memory/memory-index';
import type { NamedSegment } from './types';

/** More names than a person picks from, and than a strip has pixels for. */
const MOST = 1000;
/** A name section can name segments that are not there: so many entries are looked at. */
const MOST_LOOKED_AT = 100_000;

/** The segments of a memory that a name section of the dump names, by address. */
export function namedSegments(
  { table }: MemoryIndex,
  names: ReadonlyMap<number, string>,
  memory: number,
): NamedSegment[] {
  const found: NamedSegment[] = [];
  let looked = 0;
  for (const [index, name] of names) {
    if (found.length === MOST || looked === MOST_LOOKED_AT) break;
    looked += 1;
    if (index >= table.length || !table.placed(index) || table.memory(index) !== memory) continue;
    const length = table.lengthOf(index);
    if (name !== '' && length > 0) found.push({ name, address: table.address(index), length });
  }
  return found.sort((a, b) => a.address - b.address);
}
