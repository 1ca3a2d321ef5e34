import type { Snapshot } from '../session/types';
import { memoryOfFrame } from './frames';
import { type AppState, snapshotOf } from './store';

/** The memory into which integers are followed: the user's choice, else memory 0 of the selected frame's instance. */
export function pointerMemory(state: AppState): number {
  const snapshot = snapshotOf(state);
  if (snapshot === null) return 0;
  const { pointerMemory: chosen, frame } = state;
  return chosen !== null && chosen < snapshot.memories.length ? chosen : memoryOfFrame(snapshot, frame);
}

/** Whether addresses of a memory are i64. */
export function isMemory64(snapshot: Snapshot, memory: number): boolean {
  return snapshot.memories[memory]?.declaration.memory64 ?? false;
}
