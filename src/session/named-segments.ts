import type { MemoryIndex } from '../memory/memory-index';
import type { MemoryLayout, NamedSegment } from './types';

/** More names than a person picks from, and than a strip has pixels for. */
const MOST = 1000;
/** A name section can name segments that are not there: so many entries are looked at. */
const MOST_LOOKED_AT = 100_000;

/**
 * The data segments of a memory that have a name, by address: those that the dump's name section names, and those of the
 * modules that fit, as they were linked.
 */
export function namedSegments(
  { table }: MemoryIndex,
  names: ReadonlyMap<number, string>,
  memory: number,
  layouts: readonly MemoryLayout[],
): NamedSegment[] {
  const linked = layouts.flatMap(({ segments }) => segments.slice(0, MOST));
  const found = linked.flatMap(({ name, start, end }) =>
    name === null || name === '' || end <= start ? [] : [{ name, address: start, length: end - start }],
  );
  found.length = Math.min(found.length, MOST);
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
