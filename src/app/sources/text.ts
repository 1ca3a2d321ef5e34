import type { Bytes } from '../../bytes/units';
import { visible } from '../../coredump/visible';
import { grouped, size } from '../../ui/numbers';

/** A longer file is not a source text, or none that a person reads. */
export const SOURCE_LIMIT: Bytes = 16 * 1024 * 1024;

/** A text and where its lines begin, in UTF-16 code units. Line 1 is `starts[0]`. */
export interface SourceText {
  readonly text: string;
  readonly starts: Uint32Array;
}

export type LoadedSource =
  | { readonly kind: 'text'; readonly source: SourceText }
  /** Why it is not shown, as a sentence. */
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Decodes a source file: UTF-8, what is not UTF-8 becomes U+FFFD; UTF-16 where a byte order mark says so.
 * @param pause awaited now and then, so that 16 million empty lines hold nobody up.
 */
export async function readSource(
  name: string,
  bytes: Uint8Array,
  pause: () => Promise<void>,
): Promise<LoadedSource> {
  if (bytes.length > SOURCE_LIMIT) return { kind: 'refused', message: tooLarge(name, bytes.length) };
  const wide = utf16(bytes);
  const nul = wide === null ? bytes.indexOf(0) : -1;
  if (nul !== -1) {
    return {
      kind: 'refused',
      message: `${visible(name, 80)} is no text: byte ${grouped(nul)} of ${grouped(bytes.length)} is 00.`,
    };
  }
  const text = new TextDecoder(wide ?? 'utf-8').decode(bytes);
  return { kind: 'text', source: { text, starts: await lineStarts(text, pause) } };
}

/** The sentence for a file that is longer than is shown. */
export function tooLarge(name: string, bytes: Bytes): string {
  return `${visible(name, 80)} has ${size(bytes)}; source texts of at most ${size(SOURCE_LIMIT)} are shown.`;
}

function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** Lines that are found before the next pause: some milliseconds of work. */
const LINES_AT_ONCE = 200_000;

/**
 * Where each line begins. A line ends with a line feed, as compilers count: a carriage return before it is not shown, one
 * that stands alone is shown as `\r`. A text that ends in a line feed has no further, empty line.
 */
export async function lineStarts(text: string, pause: () => Promise<void>): Promise<Uint32Array> {
  let starts = new Uint32Array(1024);
  let count = 0;
  for (let at = 0; at < text.length || count === 0; ) {
    if (count === starts.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(starts);
      starts = longer;
    }
    starts[count++] = at;
    if (count % LINES_AT_ONCE === 0) await pause();
    const end = text.indexOf('\n', at);
    if (end === -1) break;
    at = end + 1;
  }
  return starts.slice(0, count);
}

/** The code units [start, end) of a line, counted from 1, without its end; null past the last. */
export function lineRange({ text, starts }: SourceText, line: number): { start: number; end: number } | null {
  const start = starts[line - 1];
  if (start === undefined) return null;
  let end = starts[line] ?? text.length;
  if (end > start && text.charCodeAt(end - 1) === 0x0a) end -= 1;
  if (end > start && text.charCodeAt(end - 1) === 0x0d) end -= 1;
  return { start, end };
}

/** A line's text as it stands in the file, for the clipboard. */
export function lineText(source: SourceText, line: number): string {
  const range = lineRange(source, line);
  return range === null ? '' : source.text.slice(range.start, range.end);
}

/**
 * The code unit in a line at a column of debug information, which counts bytes of UTF-8 from 1 (clang, rustc); null where
 * the line ends before it.
 */
export function columnOffset(line: string, column: number): number | null {
  if (column < 1) return null;
  let bytes = 0;
  for (let at = 0; at < line.length; ) {
    if (bytes >= column - 1) return at;
    const point = line.codePointAt(at) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    at += point < 0x10000 ? 1 : 2;
  }
  return null;
}
