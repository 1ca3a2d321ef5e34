import type { Bytes, FileOffset } from '../../bytes/units';
import { ByteWriter } from '../../bytes/writer';
import type { Section } from '../../coredump/model';

const HEADER: Bytes = 8;
const DATA = 11;
const DATA_COUNT = 12;
/** What is left is a stack, globals and names: more than this fits no link. */
const LONGEST: Bytes = 512 * 1024;
const SECTIONS = 1000;

/**
 * The dump without its data sections: the same sections in the same order, byte for byte. A dump without a data section
 * captured no memory, and says so wherever it is opened: no byte becomes zero by being left out. Null where there is no
 * data section, or too much besides it.
 */
export async function withoutMemory(
  sections: readonly Section[],
  read: (offset: FileOffset, length: Bytes) => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const kept = sections.filter(({ id }) => id !== DATA && id !== DATA_COUNT);
  const length = kept.reduce((sum, { size }) => sum + size, 0);
  if (kept.length === sections.length || kept.length > SECTIONS || length > LONGEST) return null;
  const writer = new ByteWriter();
  writer.raw(await read(0, HEADER));
  for (const { id, offset, size } of kept) {
    writer.u8(id);
    // As declared: where the file is cut off inside a section, it stays cut off.
    writer.unsigned(size);
    writer.raw(await read(offset, size));
  }
  return writer.bytes();
}
