import { visible } from '../coredump/visible';
import type { FrameLine, FrameName, Snapshot } from '../session/types';
import { NAMELESS } from '../symbols/frame-name';
import { hex } from '../ui/numbers';
import type { FrameRef } from './store';

/** A frame's function: its name where one is known, else `func[8]`. Safe to show. */
export function functionName(snapshot: Snapshot, { thread, frame }: FrameRef): string {
  const name = snapshot.names.frames[thread]?.[frame]?.function ?? null;
  const index = snapshot.dump.threads[thread]?.frames[frame]?.function;
  return name !== null && name !== '' ? visible(name) : `func[${index ?? '?'}]`;
}

/** What a frame is known by; null where there is no such frame. */
export function frameNames(snapshot: Snapshot, { thread, frame }: FrameRef): FrameName {
  return snapshot.names.frames[thread]?.[frame] ?? NAMELESS;
}

/** `crash.c:13`: the file without its folders. Empty where no file is known. Safe to show. */
export function lineText(line: FrameLine | undefined): string {
  if (line === undefined || line.file === null) return '';
  const name = line.file.split(/[\\/]/).at(-1) ?? line.file;
  return line.line === null ? visible(name, 120) : `${visible(name, 120)}:${line.line}`;
}

/** `src/crash.c:13:9`: the path as the debug information has it. Empty where no file is known. Safe to show. */
export function fullLineText(line: FrameLine | undefined): string {
  if (line === undefined || line.file === null) return '';
  const column = line.column === null ? '' : `:${line.column}`;
  return visible(line.file) + (line.line === null ? '' : `:${line.line}${column}`);
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
