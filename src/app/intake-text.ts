/** What a pasted text turned out to be. */
export type DecodedText =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly encoding: 'hex' | 'base64' }
  | { readonly kind: 'rejected'; readonly message: string };

/** `\0asm`, the first bytes of every Wasm file, and `\x1f\x8b` of gzip: a text that is neither is no dump. */
const MAGICS: readonly (readonly number[])[] = [
  [0x00, 0x61, 0x73, 0x6d],
  [0x1f, 0x8b],
];

/**
 * Bytes of a dump that was pasted as text: hex (`00 61 73 6d`, `0x00, 0x61`, `\x00\x61`, one long number) or base64
 * (plain or URL-safe, wrapped or not, with or without padding, as a `data:` URL).
 *
 * A text can be read both ways: `AGFzbQ==` is base64 only, `0061736d` is hex and base64. The first bytes decide: hex
 * is tried first, and counts if it gives a Wasm or gzip file. Held by intake-text.test.ts, "reads as both".
 */
export function decodePastedText(text: string): DecodedText {
  const trimmed = text.trim();
  if (trimmed === '') return rejected('The clipboard holds no file and no text.');
  const data = dataUrl(trimmed);
  if (data !== null) return accept(fromBase64(data), 'base64', trimmed);
  const hex = fromHex(trimmed);
  if (hex !== null && startsAsDump(hex)) return { kind: 'bytes', bytes: hex, encoding: 'hex' };
  const base64 = fromBase64(trimmed);
  if (base64 !== null && startsAsDump(base64)) return { kind: 'bytes', bytes: base64, encoding: 'base64' };
  // Prose reads as base64 too, "hello there" for example: only of hex is it worth saying with what it begins.
  return rejected(hex === null ? noEncoding(trimmed) : noDump(hex));
}

/** The payload of a base64 `data:` URL, or null. */
function dataUrl(text: string): string | null {
  const match = /^data:[^,]{0,200};base64,/i.exec(text);
  return match === null ? null : decodePercent(text.slice(match[0].length));
}

/** `data:` URLs may escape `+`, `/` and `=`. */
function decodePercent(text: string): string {
  return text.replace(/%(2b|2f|3d)/gi, (escaped) =>
    String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  );
}

function accept(bytes: Uint8Array<ArrayBuffer> | null, encoding: 'base64', text: string): DecodedText {
  if (bytes === null) return rejected(noEncoding(text));
  return startsAsDump(bytes) ? { kind: 'bytes', bytes, encoding } : rejected(noDump(bytes));
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/0x|\\x|[\s,;:{}[\]]/gi, '');
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const characters = text
    .replace(/\s+/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/={1,2}$/, '');
  if (characters.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(characters)) return null;
  const binary = atob(characters);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function startsAsDump(bytes: Uint8Array): boolean {
  return MAGICS.some((magic) => magic.every((byte, at) => bytes[at] === byte));
}

function rejected(message: string): DecodedText {
  return { kind: 'rejected', message };
}

function noEncoding(text: string): string {
  const count = `${text.length.toLocaleString('en-US')} characters`;
  return `The pasted text (${count}) is no dump in base64 or hex: one begins with AGFzbQEA or 00 61 73 6d, gzipped with H4sI or 1f 8b.`;
}

function noDump(bytes: Uint8Array): string {
  const first = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `The pasted text is ${bytes.length.toLocaleString('en-US')} bytes that begin with ${first}; a dump begins with 00 61 73 6d, or 1f 8b if gzipped.`;
}
