import { Cursor, DecodeError } from '../bytes/cursor';
import type { Bytes, FileOffset } from '../bytes/units';
import type { WindowReader } from '../bytes/windows';

/** A body holds at least a count of locals and `end`; with its size in front that is three bytes of the section. */
const LEAST_BODY: Bytes = 3;

/** Where the bodies of a code section stand: two columns, by position in the section. */
export interface CodeBodies {
  /** From the section's content to the body after its size: the local declarations. */
  readonly offsets: Uint32Array;
  readonly sizes: Uint32Array;
  readonly count: number;
  readonly problem: { readonly offset: FileOffset; readonly message: string } | null;
}

/** Finds the bodies of a code section's content (core specification, 5.5.13) by jumping from size to size. */
export async function readCodeBodies(
  windows: WindowReader,
  offset: FileOffset,
  end: FileOffset,
): Promise<CodeBodies> {
  let at = offset;
  let count = 0;
  let offsets = new Uint32Array(0);
  let sizes = new Uint32Array(0);
  const u32 = async (field: string): Promise<number> => {
    const window = windows.peek(at, 5) ?? (await windows.view(at, Math.min(5, end - at)));
    const cursor = new Cursor(window.subarray(0, Math.max(0, Math.min(5, end - at))), at);
    const value = cursor.u32(field);
    at = cursor.offset;
    return value;
  };
  try {
    const declared = await u32('body count');
    if (declared * LEAST_BODY > end - at) {
      throw new DecodeError(offset, `body count ${declared}, more than the ${end - at} bytes that remain`);
    }
    offsets = new Uint32Array(declared);
    sizes = new Uint32Array(declared);
    while (count < declared) {
      const start = at;
      const size: Bytes = await u32('body size');
      if (size > end - at) throw new DecodeError(start, `body of ${size} bytes, ${end - at} remain`);
      if (size < LEAST_BODY - 1) throw new DecodeError(start, `body of ${size} bytes, expected at least 2`);
      offsets[count] = at - offset;
      sizes[count] = size;
      count += 1;
      at += size;
    }
    return { offsets, sizes, count, problem: null };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { offsets, sizes, count, problem: { offset: error.offset, message: error.message } };
  }
}
