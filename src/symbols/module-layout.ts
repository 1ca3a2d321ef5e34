import type { ByteSource } from '../bytes/source';
import type { Address, Bytes } from '../bytes/units';
import { WindowReader } from '../bytes/windows';
import type { LinkedSegment, MemoryLayout } from '../memory/region';
import type { Constant } from '../wasm/const-expr';
import { indexData } from '../wasm/data-section';
import type { Export } from '../wasm/export-section';
import type { NameSection } from '../wasm/name-section';
import type { SectionHeader } from '../wasm/sections';

/** Linkers write a handful of segments; an image of a heap can have thousands, and none of them has a name. */
const MOST_SEGMENTS = 1000;

/** What a module's file says of one of its memories, which is told by its index in the module. */
export interface ModuleLayout {
  readonly segments: readonly (LinkedSegment & { readonly memory: number })[];
  readonly names: MemoryLayout['names'];
  readonly stackTop: Address | null;
}

export interface LayoutSections {
  /** What globals begin with, imported ones (unknown) first. */
  readonly values: readonly Constant[];
  readonly exports: readonly Export[];
  readonly data: SectionHeader | undefined;
  readonly names: NameSection;
}

/** Where a module's data, its shadow stack and what the linker names stand. */
export async function readLayout(
  source: ByteSource,
  sections: LayoutSections,
  signal?: AbortSignal,
): Promise<ModuleLayout> {
  const { values } = sections;
  const exported = new Map(
    sections.exports.filter(({ kind }) => kind === 3).map(({ name, index }) => [index, name]),
  );
  const names: { name: string; address: Address }[] = [];
  let stackTop: Address | null = null;
  for (const [index, value] of values.entries()) {
    const address = addressOf(value);
    if (address === null) continue;
    for (const name of new Set([sections.names.globals.get(index), exported.get(index)])) {
      if (name === '__stack_pointer') stackTop = address;
      else if (name?.startsWith('__') === true) names.push({ name, address });
    }
  }
  return { segments: await readSegments(source, sections, values, signal), names, stackTop };
}

function addressOf(value: Constant): Address | null {
  if (value.type === 'i32') return value.value >>> 0;
  if (value.type !== 'i64') return null;
  const unsigned = BigInt.asUintN(64, value.value);
  return unsigned <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(unsigned) : null;
}

async function readSegments(
  source: ByteSource,
  { data, names }: LayoutSections,
  values: readonly Constant[],
  signal?: AbortSignal,
): Promise<ModuleLayout['segments']> {
  if (data === undefined) return [];
  const segments: (LinkedSegment & { memory: number })[] = [];
  const end = data.offset + data.size;
  const size: Bytes = source.size ?? end;
  await indexData({
    windows: new WindowReader(source, data.offset, Math.min(end, size), signal),
    section: { offset: data.offset, end },
    globals: (index) => values[index] ?? { type: 'unknown' },
    scanZeros: false,
    visit: ({ index, passive, memory, address, length }) => {
      if (passive || Number.isNaN(address) || length === 0 || segments.length === MOST_SEGMENTS) return;
      segments.push({
        memory,
        index,
        name: names.segments.get(index) ?? null,
        start: address,
        end: address + length,
      });
    },
    onProgress: () => undefined,
  });
  return segments;
}
