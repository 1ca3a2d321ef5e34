import { visible } from '../coredump/visible';
import type { Snapshot } from '../session/types';
import { hex } from '../ui/numbers';
import type { FrameRef } from './store';

/** A frame's function: its name where one is known, else `func[8]`. Safe to show. */
export function functionName(snapshot: Snapshot, { thread, frame }: FrameRef): string {
  const name = snapshot.names.frames[thread]?.[frame]?.function ?? null;
  const index = snapshot.dump.threads[thread]?.frames[frame]?.function;
  return name !== null && name !== '' ? visible(name) : `func[${index ?? '?'}]`;
}

/** Where in its function a frame stands: `+0x28`; empty where the layout has no offset. */
export function codeOffsetText(snapshot: Snapshot, { thread, frame }: FrameRef): string {
  const offset = snapshot.dump.threads[thread]?.frames[frame]?.codeOffset ?? null;
  return offset === null ? '' : `+${hex(offset)}`;
}

/** A thread's name; many dumps leave it empty. */
export function threadName(snapshot: Snapshot, thread: number): string {
  const name = snapshot.dump.threads[thread]?.name ?? '';
  return name === '' ? `thread ${thread}` : visible(name);
}

/** A module by its index: its name, or `module[2]`. */
export function moduleName(snapshot: Snapshot, module: number | null): string {
  if (module === null) return 'module not captured';
  const name = snapshot.dump.modules[module]?.name ?? '';
  return name === '' ? `module[${module}]` : visible(name);
}

/** A memory's name for choosers and captions: `memory 0`, or with its name behind. */
export function memoryName(snapshot: Snapshot, memory: number): string {
  const name = snapshot.names.memories[memory] ?? null;
  return name === null ? `memory ${memory}` : `memory ${memory} ${visible(name, 40)}`;
}
