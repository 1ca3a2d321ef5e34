import type { Address, Bytes } from '../../bytes/units';
import type { DumpFacts } from './types';

/** No message that a person wrote is longer. */
export const LONGEST_TEXT: Bytes = 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text that is UTF-8 without control characters but line ends and tabs; null for anything else. */
export function asText(bytes: Uint8Array): string | null {
  try {
    const text = utf8.decode(bytes);
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0;
      if ((code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0x7f) return null;
    }
    return text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A C string; null where it is not known, not text, or too long. */
export async function cString(dump: DumpFacts, memory: number, address: Address): Promise<string | null> {
  if (address === 0) return null;
  for (const length of [64, LONGEST_TEXT]) {
    const bytes = await dump.peek(memory, address, length);
    const end = bytes.indexOf(0);
    if (end < 0) continue;
    const whole = end === 0 ? null : await dump.read(memory, address, end + 1);
    return whole === null ? null : asText(whole.subarray(0, end));
  }
  return null;
}

/** A string of this length; null where it is not known or not text. */
export async function stringAt(
  dump: DumpFacts,
  memory: number,
  address: Address,
  length: Bytes,
): Promise<string | null> {
  if (length === 0) return '';
  if (length > LONGEST_TEXT || address === 0) return null;
  const bytes = await dump.read(memory, address, length);
  return bytes === null ? null : asText(bytes);
}

/** An AssemblyScript string: UTF-16, its length in bytes in the four bytes before it. */
export async function utf16String(dump: DumpFacts, memory: number, address: Address): Promise<string | null> {
  if (address < 4) return null;
  const header = await dump.read(memory, address - 4, 4);
  if (header === null) return null;
  const length = wordAt(header, 0);
  if (length === 0 || length > LONGEST_TEXT || length % 2 !== 0) return null;
  const bytes = await dump.read(memory, address, length);
  if (bytes === null) return null;
  return asText(new TextEncoder().encode(new TextDecoder('utf-16le').decode(bytes)));
}

/** The little-endian word at an offset of bytes that are long enough. */
export function wordAt(bytes: Uint8Array, offset: Bytes): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true);
}
