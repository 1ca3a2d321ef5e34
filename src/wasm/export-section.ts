import type { Cursor } from '../bytes/cursor';
import { type Decoded, readVector } from './vector';

/** An export (core specification, 5.5.10): a name, and what it names. */
export interface Export {
  readonly name: string;
  /** 0 function, 1 table, 2 memory, 3 global, 4 tag. */
  readonly kind: number;
  readonly index: number;
}

/** Reads the export section's content. */
export function readExports(cursor: Cursor): Decoded<Export> {
  return readVector(cursor, 'export', () => ({
    name: cursor.name('export name'),
    kind: cursor.u8('export kind'),
    index: cursor.u32('export index'),
  }));
}
