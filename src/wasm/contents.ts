import { Cursor } from '../bytes/cursor';
import type { ByteSource } from '../bytes/source';
import type { Bytes } from '../bytes/units';
import type { SectionHeader } from './sections';

/** No section but code, data and names comes near this; a larger one is read so far. */
export const LARGEST_CONTENT: Bytes = 64 * 1024 * 1024;

/** The content of a section, of which at most `limit` bytes are read; null where there is no such section. */
export async function readContent(
  source: ByteSource,
  header: SectionHeader | undefined,
  limit: Bytes,
  signal?: AbortSignal,
): Promise<Cursor | null> {
  if (header === undefined) return null;
  const length = Math.min(header.size - (header.content - header.offset), limit);
  return new Cursor(await source.read(header.content, length, signal), header.content);
}

/** Reads the contents of a module's sections by their ids, the first of each, as `readContent` does. */
export function contentsOf(
  source: ByteSource,
  headers: readonly SectionHeader[],
  signal?: AbortSignal,
): (id: number) => Promise<Cursor | null> {
  return (wanted) =>
    readContent(
      source,
      headers.find(({ id }) => id === wanted),
      LARGEST_CONTENT,
      signal,
    );
}
