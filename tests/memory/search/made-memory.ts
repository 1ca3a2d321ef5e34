import type { ByteSource } from '../../../src/bytes/source';
import { Coverage } from '../../../src/memory/coverage';
import type { MemoryModel } from '../../../src/memory/memory-model';
import { Overlays } from '../../../src/memory/overlay';
import type { Matcher } from '../../../src/memory/search/matcher';
import { scanMemory } from '../../../src/memory/search/scan';
import { SegmentTable } from '../../../src/memory/segment-table';
import { plainSource } from '../../helpers/sources';

export interface MadeSegment {
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface MadeMemory {
  readonly source: ByteSource;
  readonly table: SegmentTable;
  readonly memory: MemoryModel;
  /** What stands at each address, or null: what a naive search looks through. */
  readonly known: (number | null)[];
}

/** A memory of these segments in this file order, and the same as one list of bytes. `gaps` zero: known zeros are 0 in it. */
export function madeMemory(
  segments: readonly MadeSegment[],
  size: number,
  gaps: 'zero' | 'missing',
): MadeMemory {
  const table = new SegmentTable();
  const coverage = new Coverage(table, new Overlays(table), 0);
  const known: (number | null)[] = new Array(size).fill(gaps === 'zero' ? 0 : null);
  const file: number[] = [];
  for (const [index, { at, bytes }] of segments.entries()) {
    file.push(0xee, 0xee);
    table.push(0, false, at, bytes.length, file.length);
    coverage.add(index);
    for (const [offset, byte] of bytes.entries()) known[at + offset] = byte;
    for (const byte of bytes) file.push(byte);
  }
  const memory = memoryOf(coverage, size, gaps);
  return { source: plainSource(Uint8Array.from(file)), table, memory, known };
}

/**
 * A memory in segments that lie in `file` one behind the other, each behind a header of `header` bytes and as far from
 * the last in memory as in the file.
 */
export function evenMemory(
  file: Uint8Array,
  header: number,
  length: number,
): Omit<MadeMemory, 'known' | 'source'> {
  const table = new SegmentTable();
  const coverage = new Coverage(table, new Overlays(table), 0);
  for (let at = header, index = 0; at + length <= file.length; at += header + length, index += 1) {
    table.push(0, false, at, length, at);
    coverage.add(index);
  }
  return { table, memory: memoryOf(coverage, file.length, 'missing') };
}

function memoryOf(coverage: Coverage, size: number, gaps: 'zero' | 'missing'): MemoryModel {
  return {
    index: 0,
    declaration: {
      minimumPages: 1,
      minimum: size,
      maximum: null,
      pageSize: 65_536,
      customPageSize: false,
      memory64: false,
      shared: false,
      imported: false,
      tooLarge: false,
    },
    coverage,
    cut: null,
    size,
    rule: { state: gaps, zeroBelow: null, evidence: '', short: '' },
    override: null,
  };
}

/** All hits of a scan, as `address+length`. */
export async function hitsOf(
  made: Omit<MadeMemory, 'known'>,
  matcher: Matcher,
  zeros: boolean,
): Promise<string[]> {
  const { source, table, memory } = made;
  const hits: string[] = [];
  const signal = new AbortController().signal;
  for await (const { addresses, lengths } of scanMemory({ source, table, memory, matcher, zeros, signal }))
    for (const [index, address] of addresses.entries()) hits.push(`${address}+${lengths[index]}`);
  return hits;
}

/** Every address at which `length` known bytes begin that `fits` accepts. */
export function naive(
  known: readonly (number | null)[],
  length: number,
  alignment: number,
  fits: (bytes: Uint8Array<ArrayBuffer>) => boolean,
): string[] {
  const hits: string[] = [];
  for (let at = 0; at + length <= known.length; at += 1) {
    const bytes = known.slice(at, at + length);
    if (at % alignment !== 0 || bytes.includes(null)) continue;
    if (fits(Uint8Array.from(bytes, (byte) => byte ?? 0))) hits.push(`${at}+${length}`);
  }
  return hits;
}
