import type { ByteSource } from '../../bytes/source';
import { WindowReader } from '../../bytes/windows';
import type { MemoryModel } from '../memory-model';
import type { SegmentTable } from '../segment-table';
import type { Matcher } from './matcher';
import { PartWalk, type ScanStep } from './part-walk';
import { bytesAt, inFileOrder, nextParts, readUnordered } from './parts';

export interface ScanInput {
  readonly source: ByteSource;
  readonly table: SegmentTable;
  readonly memory: MemoryModel;
  readonly matcher: Matcher;
  /** Known zeros are looked at too. */
  readonly zeros: boolean;
  readonly signal: AbortSignal;
}

/**
 * Looks through the known bytes of a memory in address order; who asks for no further step stops it. The file is read in
 * large windows with reading ahead, front to back where the segments ascend.
 * @throws what the source throws.
 */
export async function* scanMemory(input: ScanInput): AsyncGenerator<ScanStep, void, undefined> {
  const { source, table, memory, matcher, signal } = input;
  const reader = new WindowReader(source, 0, Number.MAX_SAFE_INTEGER, signal);
  const walk = new PartWalk(matcher);
  try {
    for (let at = 0; at < memory.size; ) {
      const { parts, next } = nextParts(memory, table, at, input.zeros);
      const unordered = inFileOrder(parts) ? null : await readUnordered(source, parts, signal);
      walk.begin(parts);
      for (let wants = walk.go(); wants.kind !== 'end'; wants = walk.go()) {
        if (wants.kind === 'step') {
          yield walk.step(wants.at);
          continue;
        }
        const { part, done, offset } = wants;
        walk.take(await bytesAt(reader, unordered, part, offset - done, done), offset);
      }
      at = next;
    }
    walk.finish();
    yield walk.step(memory.size);
  } finally {
    reader.close();
  }
}
