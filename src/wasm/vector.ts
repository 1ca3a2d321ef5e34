import { type Cursor, DecodeError } from '../bytes/cursor';
import type { FileOffset } from '../bytes/units';

/** Where and why decoding stopped. `short`: for lack of bytes, which a cut of the file explains. */
export interface Stop {
  readonly offset: FileOffset;
  readonly message: string;
  readonly short: boolean;
}

/** What decoded of a section; `stopped` null when all of it did. */
export interface Decoded<T> {
  readonly items: readonly T[];
  readonly stopped: Stop | null;
}

/**
 * Reads a section that is one vector: a count, then items of at least one byte each. What came before the first item
 * that does not decode is kept. Bytes left over after the last item stop it too.
 */
export function readVector<T>(cursor: Cursor, field: string, item: (index: number) => T): Decoded<T> {
  const items: T[] = [];
  try {
    const count = cursor.u32(`${field} count`);
    for (let index = 0; index < count; index += 1) {
      if (cursor.remaining === 0) {
        throw new DecodeError(cursor.offset, `${field} ${index} of ${count} expected, no byte remains`, true);
      }
      items.push(item(index));
    }
    leftOver(cursor);
    return { items, stopped: null };
  } catch (error) {
    return { items, stopped: stoppedBy(error) };
  }
}

/** @throws DecodeError when bytes remain. */
export function leftOver(cursor: Cursor): void {
  if (cursor.remaining > 0) {
    throw new DecodeError(cursor.offset, `${cursor.remaining} bytes left over, expected the section's end`);
  }
}

/** Where and why decoding stopped. An error that is no DecodeError is ours, and goes on. */
export function stoppedBy(error: unknown): Stop {
  if (!(error instanceof DecodeError)) throw error;
  return { offset: error.offset, message: error.message, short: error.short };
}
