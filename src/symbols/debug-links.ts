import { Cursor, DecodeError, lossyUtf8 } from '../bytes/cursor';
import type { ByteSource } from '../bytes/source';
import type { Bytes } from '../bytes/units';
import type { SectionHeader } from '../wasm/sections';

/** What a module says of itself and of where its debug information is (tool-conventions, Debugging and BuildId). */
export interface DebugLinks {
  /** Lower-case hexadecimal; null: it has none. */
  readonly buildId: string | null;
  /** The name of the separate debug file. */
  readonly debugFile: string | null;
  /** Of a source map: a name, an address, or a `data:` URL that holds it. Never fetched. */
  readonly sourceMap: string | null;
}

/** Identifiers are 16 or 20 bytes; longer ones than this are hostile. */
const LONGEST_ID: Bytes = 1024;
/** A source map that is embedded is large, and a string cannot hold any length. */
const LONGEST_LINK: Bytes = 128 * 1024 * 1024;

/** Reads the custom sections `build_id`, `external_debug_info` and `sourceMappingURL`; one that does not decode counts as none. */
export async function readLinks(
  source: ByteSource,
  sections: readonly SectionHeader[],
  signal?: AbortSignal,
): Promise<DebugLinks> {
  const content = async (name: string, most: Bytes): Promise<Uint8Array | null> => {
    const header = sections.find((section) => section.id === 0 && section.name === name);
    const length = header === undefined ? 0 : header.size - (header.content - header.offset);
    if (header === undefined || length > most) return null;
    const bytes = await source.read(header.content, length, signal);
    return bytes.length === length ? bytes : null;
  };
  return {
    buildId: buildIdOf(await content('build_id', LONGEST_ID)),
    debugFile: nameOf(await content('external_debug_info', LONGEST_ID)),
    sourceMap: nameOf(await content('sourceMappingURL', LONGEST_LINK)),
  };
}

/**
 * A `build_id` section's content as hexadecimal digits: a LEB128 length and as many bytes. Some tools write the 16 bytes
 * of a UUID as they are; then the first of them is no length that fits. Held by tests/symbols/debug-links.test.ts.
 */
export function buildIdOf(content: Uint8Array | null): string | null {
  if (content === null || content.length === 0) return null;
  const counted = prefixed(content);
  const id = counted !== null && counted.length > 0 ? counted : content;
  return Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function nameOf(content: Uint8Array | null): string | null {
  const bytes = content === null ? null : prefixed(content);
  return bytes === null || bytes.length === 0 ? null : lossyUtf8(bytes);
}

/** The bytes behind a length that counts all of them; null where it does not. */
function prefixed(content: Uint8Array): Uint8Array | null {
  const cursor = new Cursor(content, 0);
  try {
    const length = cursor.u32('length');
    return length === cursor.remaining ? cursor.take(length, 'bytes') : null;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return null;
  }
}
