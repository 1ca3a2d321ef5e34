import { memoryOfFrame } from '../../app/frames';
import { functionName } from '../../app/names';
import type { PickedValue } from '../../app/store';
import { LINK_FROM, pointerOf } from '../../app/values';
import type { Address } from '../../bytes/units';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { placeholders } from './placeholders';

/** A global or a value of a frame that holds an address of the range. */
export interface PointingValue {
  readonly picked: PickedValue;
  readonly label: string;
  readonly where: string;
  readonly target: Address;
}

/** What was found, and whether that is all: a hostile dump has millions of values. */
export interface PointingValues {
  readonly values: readonly PointingValue[];
  readonly more: boolean;
}

const MOST_FOUND = 50;
const MOST_SEEN = 200_000;

/** The globals, locals and operands that hold an address of [first, last] in a memory. Numbers below 1,024 are no addresses. */
export function valuesPointingInto(
  snapshot: Snapshot,
  memory: number,
  first: Address,
  last: Address,
): PointingValues {
  const values: PointingValue[] = [];
  const memory64 = snapshot.memories[memory]?.declaration.memory64 ?? false;
  let seen = 0;
  for (const candidate of candidates(snapshot, memory)) {
    seen += 1;
    if (values.length === MOST_FOUND || seen > MOST_SEEN) return { values, more: true };
    const target = pointerOf(candidate.value, memory64);
    if (target === null || target < LINK_FROM || target < first || target > last) continue;
    values.push({ picked: candidate.picked, ...candidate.name(), target });
  }
  return { values, more: false };
}

interface Candidate {
  readonly value: Parameters<typeof pointerOf>[0];
  readonly picked: PickedValue;
  readonly name: () => { readonly label: string; readonly where: string };
}

function* candidates(snapshot: Snapshot, memory: number): Generator<Candidate> {
  const { dump } = snapshot;
  for (const [index, { value }] of dump.globals.entries()) {
    if (!globalMayPoint(snapshot, index, memory)) continue;
    const name = () => ({ label: nameOr(snapshot.names.globals[index], `global ${index}`), where: 'global' });
    yield { value, picked: { kind: 'global', index }, name };
  }
  for (const [thread, { frames, layout }] of dump.threads.entries()) {
    for (const [at, frame] of frames.entries()) {
      const ref = { thread, frame: at };
      if (memoryOfFrame(snapshot, ref) !== memory) continue;
      const where = () =>
        `frame ${at} ${functionName(snapshot, ref)}${dump.threads.length > 1 ? `, thread ${thread}` : ''}`;
      const made = placeholders(snapshot.producer.name, layout, at, frame.locals);
      const names = snapshot.names.frames[thread]?.[at]?.locals ?? [];
      for (const [index, value] of frame.locals.entries()) {
        if (index < made) continue;
        const name = () => ({ label: nameOr(names[index], `local ${index}`), where: where() });
        yield { value, picked: { kind: 'local', frame: ref, index }, name };
      }
      for (const [index, value] of frame.stack.entries()) {
        const name = () => ({ label: `operand ${index}`, where: where() });
        yield { value, picked: { kind: 'operand', frame: ref, index }, name };
      }
    }
  }
}

/** Whether a global may hold an address of a memory. One of instances that have another memory does not; one of no instance may. */
export function globalMayPoint(snapshot: Snapshot, global: number, memory: number): boolean {
  const owners = snapshot.dump.instances.filter(({ globals }) => globals.includes(global));
  return owners.length === 0 || owners.some(({ memories }) => memories[0] === memory);
}

function nameOr(name: string | null | undefined, otherwise: string): string {
  return name === null || name === undefined || name === '' ? otherwise : visible(name, 60);
}
