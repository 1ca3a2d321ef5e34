import type { Address } from '../../bytes/units';
import type { GlobalValue } from '../../coredump/model';
import type { NamedSegment, Snapshot } from '../../session/types';
import type { GoToContext } from './go-to';

/** What go-to can refer to in a snapshot: named data segments, named integer globals and the stack pointer, read as unsigned. */
export function goToContext(
  snapshot: Snapshot,
  memory: number,
  cursor: Address,
  segments: readonly NamedSegment[],
): GoToContext {
  const { names, dump } = snapshot;
  const globals = dump.globals.flatMap((global, index) => {
    const name = names.globals[index] ?? null;
    const value = unsigned(global.value);
    return name === null || value === null ? [] : [{ name, value }];
  });
  const pointer = names.stackPointer === null ? undefined : dump.globals[names.stackPointer];
  return {
    memory,
    size: snapshot.memories[memory]?.size ?? 0,
    cursor,
    globals,
    segments,
    stackPointer: pointer === undefined ? null : unsigned(pointer.value),
  };
}

function unsigned(value: GlobalValue): bigint | null {
  if (value.type === 'i32') return BigInt.asUintN(32, BigInt(value.value));
  return value.type === 'i64' ? BigInt.asUintN(64, value.value) : null;
}
