import type { Address, Bytes } from '../bytes/units';

/** A data segment of a module, as it was linked. */
export interface LinkedSegment {
  readonly name: string | null;
  readonly index: number;
  readonly start: Address;
  readonly end: Address;
}

/** A name that the linker gives to an address, `__heap_base` for example. */
export interface LinkedName {
  readonly name: string;
  readonly address: Address;
}

/** How a module laid out a memory, as far as its file says so. */
export interface MemoryLayout {
  /** The file that says so. */
  readonly module: string;
  readonly segments: readonly LinkedSegment[];
  readonly names: readonly LinkedName[];
  /** What `__stack_pointer` was at the start; null when not known. */
  readonly stackTop: Address | null;
}

/** A part of a memory that an address belongs to. */
export interface Region {
  readonly what: string;
  /** `probably`: worked out from what is usual, not read. */
  readonly certainty: 'known' | 'probably';
  /** What says so. */
  readonly why: string;
}

/** What there is to judge an address by. */
export interface RegionFacts {
  readonly size: Bytes;
  /** `__stack_pointer` as the dump holds it; null when not known. */
  readonly stackPointer: Address | null;
  /** Names of the dump's own globals that are addresses. */
  readonly names: readonly LinkedName[];
  readonly layouts: readonly MemoryLayout[];
}

/** LLVM's linker places no data below it, so that a null pointer and a small offset meet nothing. */
const NULL_GUARD: Bytes = 1024;

const hex = (address: Address): string => `0x${address.toString(16).padStart(8, '0')}`;

/** The parts of the memory that an address belongs to, the surest first; empty where nothing is known. */
export function regionsOf(address: Address, facts: RegionFacts): Region[] {
  if (address >= facts.size) return [];
  const regions = facts.layouts.flatMap((layout) => segmentsAt(address, layout));
  const stack = stackAt(address, facts);
  if (stack !== null) regions.push(stack);
  if (regions.length === 0) {
    const place = heapAt(address, facts) ?? betweenNames(address, facts);
    if (place !== null) regions.push(place);
  }
  if (address < NULL_GUARD && !regions.some(({ certainty }) => certainty === 'known'))
    regions.push({
      what: 'null guard',
      certainty: 'probably',
      why: 'below 1,024: a null pointer and a small offset lead here',
    });
  return regions;
}

function segmentsAt(address: Address, { segments, module }: MemoryLayout): Region[] {
  return segments
    .filter(({ start, end }) => address >= start && address < end)
    .slice(0, 4)
    .map(({ name, index, start, end }) => ({
      what: `data segment ${name ?? index}`,
      certainty: 'known',
      why: `${hex(start)} to ${hex(end - 1)} in ${module}`,
    }));
}

function named(facts: Pick<RegionFacts, 'layouts' | 'names'>, name: string): Address | null {
  const all = [...facts.names, ...facts.layouts.flatMap((layout) => layout.names)];
  return all.find((entry) => entry.name === name)?.address ?? null;
}

/**
 * The shadow stack grows down from where `__stack_pointer` was at the start. It lies either below all data
 * (`--stack-first`, the usual since LLVM 22: c-divide-O0 begins at 0x10000, its data too) or above it, up to
 * `__heap_base`. Held by region.test.ts.
 */
function stackAt(address: Address, facts: RegionFacts): Region | null {
  const { stackPointer } = facts;
  const top = facts.layouts.find((layout) => layout.stackTop !== null)?.stackTop ?? null;
  if (stackPointer === null || top === null || stackPointer > top || address >= top) return null;
  const now = `__stack_pointer is ${hex(stackPointer)}, at the start ${hex(top)}`;
  if (address >= stackPointer) return { what: 'shadow stack', certainty: 'known', why: now };
  const floor = stackFloor(facts, top);
  if (floor === null || address < floor) return null;
  return { what: 'shadow stack, free: below __stack_pointer', certainty: 'probably', why: now };
}

/** Where the shadow stack lies: its lowest address, and where it began; null where that is not known. */
export function stackBounds(facts: Pick<RegionFacts, 'layouts' | 'names'>): {
  readonly low: Address | null;
  readonly high: Address | null;
} {
  const high = facts.layouts.find((layout) => layout.stackTop !== null)?.stackTop ?? null;
  return { low: high === null ? null : stackFloor(facts, high), high };
}

/** The lowest address of the shadow stack, or null when that is not known. */
function stackFloor(facts: Pick<RegionFacts, 'layouts' | 'names'>, top: Address): Address | null {
  const dataEnd = named(facts, '__data_end');
  if (dataEnd !== null && dataEnd <= top) return dataEnd;
  const segments = facts.layouts.flatMap((layout) => layout.segments);
  if (segments.length === 0) return null;
  return segments.every(({ start }) => start >= top) ? 0 : null;
}

function heapAt(address: Address, facts: RegionFacts): Region | null {
  const base = named(facts, '__heap_base');
  if (base !== null) {
    if (address < base) return null;
    const end = named(facts, '__heap_end');
    const why =
      end === null ? `__heap_base is ${hex(base)}` : `__heap_base is ${hex(base)}, __heap_end ${hex(end)}`;
    return end !== null && address >= end
      ? { what: 'above the first heap', certainty: 'known', why }
      : { what: 'heap', certainty: 'known', why };
  }
  const dataEnd = named(facts, '__data_end');
  const top = facts.layouts.find((layout) => layout.stackTop !== null)?.stackTop ?? null;
  if (dataEnd !== null && address >= Math.max(dataEnd, top ?? 0))
    return { what: 'heap', certainty: 'probably', why: `above __data_end, which is ${hex(dataEnd)}` };
  const ends = facts.layouts.flatMap((layout) => layout.segments.map(({ end }) => end));
  if (dataEnd !== null || ends.length === 0) return null;
  const highest = ends.reduce((most, end) => Math.max(most, end), 0);
  // Where the stack stands above the data it ends where the heap begins.
  if (top !== null && top > highest) {
    if (address < top) return null;
    return { what: 'heap', certainty: 'probably', why: `above the shadow stack, which began at ${hex(top)}` };
  }
  if (address < highest) return null;
  return {
    what: 'zero-initialised data or heap',
    certainty: 'probably',
    why: `above the last data segment, which ends at ${hex(highest - 1)}`,
  };
}

function betweenNames(address: Address, facts: RegionFacts): Region | null {
  const base = named(facts, '__global_base');
  if (base !== null && address < base)
    return { what: 'below the data', certainty: 'known', why: `__global_base is ${hex(base)}` };
  const dataEnd = named(facts, '__data_end');
  const lowest = base ?? facts.layouts.flatMap((layout) => layout.segments)[0]?.start ?? null;
  if (dataEnd === null || lowest === null || address < lowest || address >= dataEnd) return null;
  return {
    what: 'static data, zero at the start',
    certainty: 'known',
    why: `below __data_end, which is ${hex(dataEnd)}, and in no data segment`,
  };
}
