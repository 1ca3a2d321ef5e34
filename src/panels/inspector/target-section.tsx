import { useEffect } from 'react';
import { useAddress } from '../../app/addresses';
import { isMemory64, pointerMemory } from '../../app/pointers';
import { type PickedValue, useStore } from '../../app/store';
import { pointerOf, valueText } from '../../app/values';
import type { Address } from '../../bytes/units';
import type { GlobalValue } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { hexAddress } from '../../ui/numbers';
import { PointerLink } from '../pointers/pointer-link';
import { targetText } from '../pointers/target';
import { MemoryChoice } from './memory-choice';

/** The address that a picked value would be in the memory that integers point into; null where it is none. */
export function pickedAddress(snapshot: Snapshot, picked: PickedValue, memory: number): Address | null {
  const found = lookUp(snapshot, picked);
  return found === null ? null : pointerOf(found.value, isMemory64(snapshot, memory));
}

/** What a picked value is: its name and the value itself. null when the snapshot no longer holds it. */
function lookUp(
  snapshot: Snapshot,
  picked: PickedValue,
): { readonly label: string; readonly value: GlobalValue } | null {
  if (picked.kind === 'global') {
    const global = snapshot.dump.globals[picked.index];
    const name = snapshot.names.globals[picked.index] ?? null;
    if (global === undefined) return null;
    return { label: name === null ? `global ${picked.index}` : visible(name, 60), value: global.value };
  }
  const { thread, frame } = picked.frame;
  const data = snapshot.dump.threads[thread]?.frames[frame];
  const value = (picked.kind === 'local' ? data?.locals : data?.stack)?.[picked.index];
  const name = picked.kind === 'local' ? snapshot.names.frames[thread]?.[frame]?.locals[picked.index] : null;
  if (value === undefined) return null;
  return { label: typeof name === 'string' ? visible(name, 60) : `${picked.kind} ${picked.index}`, value };
}

/** The picked value and what it points at. */
export function PickedSection({
  snapshot,
  picked,
}: {
  readonly snapshot: Snapshot;
  readonly picked: PickedValue;
}) {
  const memory = useStore(pointerMemory);
  const found = lookUp(snapshot, picked);
  if (found === null) return null;
  const text = valueText(found.value);
  const pointer = pointerOf(found.value, isMemory64(snapshot, memory));
  return (
    <section className="inspector-part" aria-label="Value">
      <h2 className="inspector-head">
        <span className="mono clip">{found.label}</span>
        <span className="grow" />
        <span className="quiet mono small">{found.value.type === 'missing' ? '' : found.value.type}</span>
      </h2>
      <p className="note mono">{text.known ? `${text.decimal}  ${text.hex}` : text.reason}</p>
      <Target snapshot={snapshot} pointer={pointer} label={found.label} />
    </section>
  );
}

interface TargetProps {
  readonly snapshot: Snapshot;
  readonly pointer: Address | null;
  /** Said before the target on the live line. */
  readonly label: string;
}

/** What an integer points at, and in which memory that is asked. */
function Target({ snapshot, pointer, label }: TargetProps) {
  const memory = useStore(pointerMemory);
  const setLive = useStore((state) => state.setLive);
  const answer = useAddress(memory, pointer);
  useEffect(() => {
    if (pointer === null || answer === null) return;
    setLive(`${label} points to ${hexAddress(pointer)}, ${targetText(answer)}`);
  }, [label, pointer, answer, setLive]);
  const { length } = snapshot.memories;
  return (
    <>
      <h3 className="section-head">
        Points to <MemoryChoice snapshot={snapshot} memory={memory} />
      </h3>
      <p className="note">
        {length === 0 && 'This dump has no memory.'}
        {length > 0 && pointer === null && `Not an address of memory ${memory}.`}
        {length > 0 && pointer !== null && <PointerLink memory={memory} address={pointer} says="sentence" />}
      </p>
    </>
  );
}
