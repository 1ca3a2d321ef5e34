import type { Address, Bytes } from '../../bytes/units';
import type { Layouts, RecordType } from './layout';
import { type KnownBytes, type Shortfall, shortfallsOf } from './values';

/** A member through which a list can be followed. */
export interface LinkMember {
  /** `next`, `node.next`. */
  readonly name: string;
  /** From the start of the struct. */
  readonly offset: Bytes;
}

/** Why a walk went no further. */
export type WalkEnd =
  | { readonly kind: 'null' }
  /** The last node leads to the node of this index. */
  | { readonly kind: 'cycle'; readonly to: number }
  /** The pointer at `at` has bytes without a value. */
  | { readonly kind: 'unreadable'; readonly at: Address; readonly shortfalls: readonly Shortfall[] }
  /** The last node leads out of the memory. */
  | { readonly kind: 'outside'; readonly target: bigint }
  | { readonly kind: 'limit' };

export interface Walk {
  /** Every node once, in the order of the list. Where the last leads outside, that place is none. */
  readonly addresses: readonly Address[];
  readonly end: WalkEnd;
}

export interface WalkOptions {
  readonly start: Address;
  readonly offset: Bytes;
  readonly pointerSize: 4 | 8;
  readonly memorySize: Bytes;
  readonly limit: number;
  readonly read: (address: Address, length: Bytes) => Promise<KnownBytes>;
}

/** Bytes read at once: nodes of one list often stand together. */
const READ: Bytes = 4096;

/**
 * Members that can lead to the next node: pointers to the struct itself, to anything, and unsigned integers as wide as
 * an address (dumps are read without knowing what a `u32 next` is); also in structs inside, not in arrays or unions' later parts.
 */
export function linkMembers(type: RecordType, layouts: Layouts, pointerSize: 4 | 8): readonly LinkMember[] {
  const found: LinkMember[] = [];
  let looked = 0;
  const visit = (record: RecordType, prefix: string, base: Bytes, depth: number): void => {
    for (const { name, type: own, offset, bits } of record.members) {
      looked += 1;
      if (found.length >= MOST_LINKS || looked > MOST_LOOKED) return;
      const path = name === null ? prefix : `${prefix}${name}`;
      if (own.kind === 'record' && depth < DEEPEST_LINK)
        visit(own, name === null ? prefix : `${path}.`, base + offset, depth + 1);
      const same =
        own.kind === 'pointer' &&
        (own.to.kind === 'opaque' || (own.to.kind === 'record' && layouts.records.get(own.to.id) === type));
      const word = own.kind === 'scalar' && own.scalar === 'unsigned' && own.size === pointerSize;
      if (name !== null && bits === null && (same || word)) found.push({ name: path, offset: base + offset });
    }
  };
  visit(type, '', 0, 0);
  return found;
}

const MOST_LINKS = 64;
/** Members that are looked at: four structs, each with a hundred of the one before, have a hundred million. */
const MOST_LOOKED = 20_000;
const DEEPEST_LINK = 4;

/** Follows a list from `start` until its end, a node that was met before, a pointer that cannot be read, or the limit. */
export async function walkList(options: WalkOptions): Promise<Walk> {
  const { start, offset, pointerSize, memorySize, limit } = options;
  const read = windowed(options.read, memorySize);
  const addresses: Address[] = [start];
  const places = new Map<Address, number>([[start, 0]]);
  let node = start;
  while (true) {
    const at = node + offset;
    const window = await read(at, pointerSize);
    const shortfalls = shortfallsOf(window, at, pointerSize);
    if (shortfalls.length > 0) return { addresses, end: { kind: 'unreadable', at, shortfalls } };
    const target = pointerAt(window, at, pointerSize);
    if (target === 0n) return { addresses, end: { kind: 'null' } };
    if (target >= BigInt(memorySize)) return { addresses, end: { kind: 'outside', target } };
    node = Number(target);
    const before = places.get(node);
    if (before !== undefined) return { addresses, end: { kind: 'cycle', to: before } };
    if (addresses.length >= limit) return { addresses, end: { kind: 'limit' } };
    places.set(node, addresses.length);
    addresses.push(node);
  }
}

/** Answers from the window that was read last where that holds what is asked for. */
function windowed(read: WalkOptions['read'], memorySize: Bytes): WalkOptions['read'] {
  let last: KnownBytes | null = null;
  return async (address, length) => {
    const inside =
      last !== null && address >= last.address && address + length <= last.address + last.bytes.length;
    if (last !== null && inside) return last;
    last = await read(address, Math.max(length, Math.min(READ, memorySize - address)));
    return last;
  };
}

function pointerAt(window: KnownBytes, address: Address, size: 4 | 8): bigint {
  let value = 0n;
  for (let byte = size - 1; byte >= 0; byte -= 1) {
    const at = address + byte;
    const run = window.states.find(({ start, end }) => at >= start && at < end);
    const own = run?.state === 'captured' ? (window.bytes[at - window.address] ?? 0) : 0;
    value = (value << 8n) | BigInt(own);
  }
  return value;
}
