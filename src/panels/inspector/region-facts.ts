import { pointerOf } from '../../app/values';
import { visible } from '../../coredump/visible';
import type { RegionFacts } from '../../memory/region';
import type { MemoryLayout, Snapshot } from '../../session/types';
import { globalMayPoint } from './pointed-by';

/** What there is to judge an address of a memory by: the dump's named globals, and how the modules laid it out. */
export function regionFacts(
  snapshot: Snapshot,
  memory: number,
  layouts: readonly MemoryLayout[],
): RegionFacts {
  const memory64 = snapshot.memories[memory]?.declaration.memory64 ?? false;
  const names = snapshot.names.globals.flatMap((name, index) => {
    const value = snapshot.dump.globals[index]?.value;
    if (name === null || value === undefined || !globalMayPoint(snapshot, index, memory)) return [];
    const address = pointerOf(value, memory64);
    return address === null ? [] : [{ name, address }];
  });
  return {
    size: snapshot.memories[memory]?.size ?? 0,
    stackPointer: names.find(({ name }) => name === '__stack_pointer')?.address ?? null,
    names,
    layouts: layouts.map((layout) => ({
      ...layout,
      module: visible(layout.module, 60),
      segments: layout.segments.map((segment) => ({
        ...segment,
        name: segment.name === null ? null : visible(segment.name, 60),
      })),
    })),
  };
}
