import { partition } from '../bytes/partition';
import type { Address, Bytes } from '../bytes/units';
import type { RunState, StateRun } from '../coredump/model';

/** Below it, an integer is hardly an address: it is not followed and not searched for. */
export const FIRST_POINTER: Address = 1024;

/** Bytes of an address as memory holds it. */
export type WordBytes = 4 | 8;

/** Bytes of a memory and their states, as every reader hands them out: 0 where a byte is not captured. */
export interface ReadBytes {
  readonly bytes: Uint8Array;
  readonly states: readonly StateRun[];
}

/** Bytes and states that begin at `address`. */
export interface Stretch extends ReadBytes {
  readonly address: Address;
}

/** An unsigned word, or the states of its bytes that have no value, each with their count. */
export type Word =
  | { readonly known: true; readonly value: bigint }
  | { readonly known: false; readonly unread: ReadonlyMap<RunState, Bytes> };

/** Whether a byte of this state has a value: captured, or known to be zero. */
export function hasValue(state: RunState): boolean {
  return state === 'captured' || state === 'zero-elided';
}

/** Counts of the bytes of [start, end) that have no value, by state; empty where all have one. What no run names is out of bounds. */
export function unreadBytes(
  states: readonly StateRun[],
  start: Address,
  end: Address,
): ReadonlyMap<RunState, Bytes> {
  const counts = new Map<RunState, Bytes>();
  let named: Bytes = 0;
  for (let at = runAt(states, start); at < states.length; at += 1) {
    const run = states[at];
    if (run === undefined || run.start >= end) break;
    const bytes = Math.min(run.end, end) - Math.max(run.start, start);
    named += bytes;
    if (!hasValue(run.state)) counts.set(run.state, (counts.get(run.state) ?? 0) + bytes);
  }
  const outside = end - start - named;
  if (outside > 0) counts.set('out-of-bounds', (counts.get('out-of-bounds') ?? 0) + outside);
  return counts;
}

/** The first of ascending runs that ends after `address`. */
function runAt(states: readonly StateRun[], address: Address): number {
  return partition(states.length, (at) => (states[at]?.end ?? 0) <= address);
}

/** The little-endian word at `address`, which lies in the stretch. */
export function wordAt({ address, bytes, states }: Stretch, at: Address, width: WordBytes): Word {
  const unread = unreadBytes(states, at, at + width);
  if (unread.size > 0) return { known: false, unread };
  let value = 0n;
  // A window holds 0 where a byte is not captured, which is what a known zero is.
  for (let index = width - 1; index >= 0; index -= 1)
    value = value * 256n + BigInt(bytes[at + index - address] ?? 0);
  return { known: true, value };
}

/** Whether an unsigned integer may be an address of a memory of `size` bytes. */
export function isPointer(value: bigint, size: Bytes): boolean {
  return value >= BigInt(FIRST_POINTER) && value < BigInt(size);
}
