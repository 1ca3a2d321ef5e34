import { memoryName } from '../../app/names';
import { useStore } from '../../app/store';
import type { Snapshot } from '../../session/types';

/** Into which memory integers point, where there are several. */
export function MemoryChoice({ snapshot, memory }: { readonly snapshot: Snapshot; readonly memory: number }) {
  const pointInto = useStore((state) => state.pointInto);
  if (snapshot.memories.length < 2) return null;
  return (
    <select
      className="select"
      aria-label="Memory that integers point into"
      value={memory}
      onChange={(event) => pointInto(Number(event.target.value))}
    >
      {snapshot.memories.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a memory is its index
        <option key={index} value={index}>
          {memoryName(snapshot, index)}
        </option>
      ))}
    </select>
  );
}
