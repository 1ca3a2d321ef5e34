import type { ByteSource } from '../bytes/source';
import type { Address, Bytes, FileOffset } from '../bytes/units';
import type { StateRun } from '../coredump/model';
import { type MemoryModel, visitRuns } from './memory-model';
import type { SegmentTable } from './segment-table';

/** Bytes of a memory and what each of them is. */
export interface MemoryBytes {
  /** One for each address; 0 where the state is not `captured`, and then it is no value. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The states of the range, merged. */
  readonly states: readonly StateRun[];
}

/** Pieces whose bytes stand closer together in the file than this are read at once. */
const NEAR: Bytes = 512;
/** One read takes at most this much. */
const LARGEST: Bytes = 1 << 20;

interface Piece {
  readonly address: Address;
  readonly offset: FileOffset;
  readonly length: Bytes;
}

/**
 * Reads [address, address + length) of a memory. Bytes come from the file for captured addresses only; nothing that is
 * not captured becomes a number.
 */
export async function readMemory(
  source: ByteSource,
  table: SegmentTable,
  memory: MemoryModel,
  address: Address,
  length: Bytes,
  signal?: AbortSignal,
): Promise<MemoryBytes> {
  const states: StateRun[] = [];
  const pieces: Piece[] = [];
  visitRuns(memory, address, address + length, (start, end, state, segment) => {
    const last = states.at(-1);
    if (last !== undefined && last.state === state) states[states.length - 1] = { ...last, end };
    else states.push({ start, end, state });
    if (state === 'captured' && segment !== null) {
      const offset = table.fileOffset(segment) + (start - table.address(segment));
      pieces.push({ address: start, offset, length: end - start });
    }
    return true;
  });
  const bytes = new Uint8Array(length);
  // Segments that come last to first in the file are read in its order: else each would take a read of its own.
  pieces.sort((a, b) => a.offset - b.offset);
  for (const group of grouped(pieces)) {
    const first = group[0];
    const last = group.at(-1);
    if (first === undefined || last === undefined) continue;
    const read = await source.read(first.offset, last.offset + last.length - first.offset, signal);
    for (const piece of group) {
      const from = piece.offset - first.offset;
      bytes.set(read.subarray(from, from + piece.length), piece.address - address);
    }
  }
  return { bytes, states };
}

/** Cuts pieces to what one read takes, and joins those that stand near each other in the file, in ascending order. */
function grouped(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const whole of pieces) {
    for (let done = 0; done < whole.length; done += LARGEST) {
      const length = Math.min(LARGEST, whole.length - done);
      const piece = { address: whole.address + done, offset: whole.offset + done, length };
      const group = groups.at(-1);
      const first = group?.[0];
      const last = group?.at(-1);
      const near =
        first !== undefined &&
        last !== undefined &&
        piece.offset >= last.offset + last.length &&
        piece.offset - (last.offset + last.length) <= NEAR &&
        piece.offset + length - first.offset <= LARGEST;
      if (near && group !== undefined) group.push(piece);
      else groups.push([piece]);
    }
  }
  return groups;
}
