import { memoryOfFrame } from '../../app/frames';
import type { FrameRef } from '../../app/store';
import { LINK_FROM, pointerOf } from '../../app/values';
import type { Value } from '../../coredump/model';
import type { NamedSegment, Snapshot } from '../../session/types';
import type { Mark } from './strip-marks';

/** More pointers of one frame than can be told apart on a strip. */
const MOST_POINTERS = 500;

/** The linker's names of where the heap begins: LLVM's, in the order in which one is taken. */
const HEAP = '__heap_base';

/** What the strip of a memory marks: named segments, stack pointer, heap, the frame's pointers. */
export function stripMarks(
  snapshot: Snapshot,
  memory: number,
  segments: readonly NamedSegment[],
  frame: FrameRef | null,
  pointers: number,
): readonly Mark[] {
  const marks: Mark[] = segments.map(({ name, address, length }) => ({
    kind: 'segment',
    first: address,
    last: address + length - 1,
    label: name,
  }));
  const { names } = snapshot;
  // Names of globals are the linker's for memory 0 of the module; in another memory they mark nothing.
  if (memory === memoryOfFrame(snapshot, frame)) {
    marks.push(...ofGlobal(snapshot, memory, names.stackPointer, 'stack', 'stack pointer'));
    const heap = names.globals.indexOf(HEAP);
    marks.push(...ofGlobal(snapshot, memory, heap < 0 ? null : heap, 'heap', 'heap from'));
  }
  if (memory === pointers && frame !== null) marks.push(...ofFrame(snapshot, memory, frame));
  return marks;
}

function ofGlobal(
  snapshot: Snapshot,
  memory: number,
  index: number | null,
  kind: 'stack' | 'heap',
  label: string,
): readonly Mark[] {
  const global = index === null ? undefined : snapshot.dump.globals[index];
  if (global === undefined) return [];
  const address = pointerOf(global.value, isMemory64(snapshot, memory));
  return address === null ? [] : [{ kind, first: address, last: address, label }];
}

function ofFrame(snapshot: Snapshot, memory: number, { thread, frame }: FrameRef): readonly Mark[] {
  const found = snapshot.dump.threads[thread]?.frames[frame];
  if (found === undefined) return [];
  const memory64 = isMemory64(snapshot, memory);
  const marks = (values: readonly Value[], what: string): readonly Mark[] =>
    values.slice(0, MOST_POINTERS).flatMap((value, index) => {
      const address = pointerOf(value, memory64);
      if (address === null || address < LINK_FROM) return [];
      return [{ kind: 'pointer' as const, first: address, last: address, label: `${what} ${index}` }];
    });
  return [...marks(found.locals, 'local'), ...marks(found.stack, 'operand')];
}

const isMemory64 = (snapshot: Snapshot, memory: number): boolean =>
  snapshot.memories[memory]?.declaration.memory64 ?? false;
