import { type ByteSource, SourceError } from '../../bytes/source';
import type { Address, Bytes, FileOffset } from '../../bytes/units';
import type { WindowReader } from '../../bytes/windows';
import { type MemoryModel, visitRuns } from '../memory-model';
import type { SegmentTable } from '../segment-table';

/** A stretch of known bytes: captured, at `offset` in the file; or known zeros, which stand nowhere. */
export interface Part {
  readonly start: Address;
  readonly end: Address;
  readonly offset: FileOffset | null;
}

const MOST_PARTS = 4096;
const MOST_BYTES: Bytes = 16 * 1024 * 1024;
/** What stands closer together in the file than this is read at once. */
const NEAR: Bytes = 4096;
const LARGEST_READ: Bytes = 4 * 1024 * 1024;

/**
 * The next known stretches of a memory from `at` on, in address order: some thousands, or 16 MiB of captured bytes.
 * @returns `next` is where to go on, the memory's end where nothing is left.
 */
export function nextParts(
  memory: MemoryModel,
  table: SegmentTable,
  at: Address,
  zeros: boolean,
): { readonly parts: readonly Part[]; readonly next: Address } {
  const parts: Part[] = [];
  let bytes = 0;
  let next = memory.size;
  visitRuns(memory, at, memory.size, (start, end, state, segment) => {
    if (parts.length === MOST_PARTS || bytes === MOST_BYTES) {
      next = start;
      return false;
    }
    if (state === 'captured' && segment !== null) {
      const until = Math.min(end, start + MOST_BYTES - bytes);
      bytes += until - start;
      parts.push({ start, end: until, offset: table.fileOffset(segment) + start - table.address(segment) });
      if (until < end) {
        next = until;
        return false;
      }
    } else if (zeros && state === 'zero-elided') parts.push({ start, end, offset: null });
    return true;
  });
  return { parts, next };
}

/** Whether the parts stand in the file in the order of their addresses, so that one pass over the file meets them all. */
export function inFileOrder(parts: readonly Part[]): boolean {
  let before = -1;
  for (const { offset } of parts) {
    if (offset === null) continue;
    if (offset < before) return false;
    before = offset;
  }
  return true;
}

/**
 * The bytes of parts that stand in no order in the file: read in the file's order, so that a memory whose segments come
 * last to first takes one pass and not a jump a segment.
 */
export async function readUnordered(
  source: ByteSource,
  parts: readonly Part[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Part, Uint8Array>> {
  const stored = parts
    .flatMap((part) =>
      part.offset === null ? [] : [{ part, offset: part.offset, length: part.end - part.start }],
    )
    .sort((a, b) => a.offset - b.offset);
  const bytes = new Map<Part, Uint8Array>();
  for (let from = 0; from < stored.length; ) {
    const begin = stored[from]?.offset ?? 0;
    let end = begin;
    let to = from;
    for (let one = stored[to]; one !== undefined; one = stored[++to]) {
      const until = Math.max(end, one.offset + one.length);
      if (to > from && (one.offset > end + NEAR || until - begin > LARGEST_READ)) break;
      end = until;
    }
    const read = await source.read(begin, end - begin, signal);
    for (const { part, offset, length } of stored.slice(from, to))
      bytes.set(part, read.subarray(offset - begin, offset - begin + length));
    from = to;
  }
  return bytes;
}

/** Captured bytes of a part from `done` on, at least one. Without a promise where they are here: most are. @throws what the source throws. */
export function bytesAt(
  reader: WindowReader,
  unordered: ReadonlyMap<Part, Uint8Array> | null,
  part: Part,
  offset: number,
  done: Bytes,
): Uint8Array | Promise<Uint8Array> {
  const bytes =
    unordered === null ? reader.peek(offset + done, 1) : (unordered.get(part)?.subarray(done) ?? null);
  if (bytes !== null && bytes.length > 0) return bytes;
  return reader.view(offset + done, 1).then((read) => {
    if (read.length === 0)
      throw new SourceError('The file has become shorter since it was opened. Open it again.');
    return read;
  });
}
