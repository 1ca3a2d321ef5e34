import type { Snapshot } from '../session/types';
import type { FrameRef } from './store';

/** The frame to show first: the youngest of the first thread that has any. */
export function firstFrame(snapshot: Snapshot): FrameRef | null {
  const thread = snapshot.dump.threads.findIndex((candidate) => candidate.frames.length > 0);
  return thread === -1 ? null : { thread, frame: 0 };
}

/** The youngest frame of the next (or previous) thread that has frames, around the end; null where no other has. */
export function otherThread(snapshot: Snapshot, from: FrameRef | null, step: 1 | -1): FrameRef | null {
  const threads = snapshot.dump.threads;
  const start = from?.thread ?? (step === 1 ? -1 : threads.length);
  for (let moved = 1; moved <= threads.length; moved++) {
    const thread = (((start + step * moved) % threads.length) + threads.length) % threads.length;
    if ((threads[thread]?.frames.length ?? 0) > 0) return { thread, frame: 0 };
  }
  return null;
}

/**
 * The memory that a frame's integers point into: memory 0 of its instance. A frame without an instance (most old
 * layouts) or with one out of range (the rewriter writes any number) falls back to the dump's memory 0.
 */
export function memoryOfFrame(snapshot: Snapshot, frame: FrameRef | null): number {
  const instance = frame === null ? null : snapshot.dump.threads[frame.thread]?.frames[frame.frame]?.instance;
  const memory = typeof instance === 'number' ? snapshot.dump.instances[instance]?.memories[0] : undefined;
  return typeof memory === 'number' && memory < snapshot.memories.length ? memory : 0;
}

/** For each global the instances that own it, by index; null for a global that none owns. A global may belong to several. */
export function instancesOfGlobals(snapshot: Snapshot): readonly (readonly number[] | null)[] {
  const owners: (number[] | null)[] = snapshot.dump.globals.map(() => null);
  for (const [instance, { globals }] of snapshot.dump.instances.entries()) {
    for (const global of globals) {
      if (global === null || global >= owners.length) continue;
      const known = owners[global] ?? null;
      if (known === null) owners[global] = [instance];
      // An instance that lists a global twice owns it once.
      else if (known.at(-1) !== instance) known.push(instance);
    }
  }
  return owners;
}
