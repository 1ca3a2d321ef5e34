import { Cursor, DecodeError, lossyUtf8 } from '../bytes/cursor';
import type { ByteSource } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';

/** Names of the known sections by id (core specification, 5.5.2), as problems and the JSON name them. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'type'],
  [2, 'import'],
  [3, 'function'],
  [4, 'table'],
  [5, 'memory'],
  [6, 'global'],
  [7, 'export'],
  [8, 'start'],
  [9, 'element'],
  [10, 'code'],
  [11, 'data'],
  [12, 'datacount'],
  [13, 'tag'],
]);

/** At most this many sections are read: a file of two million empty ones is hostile, not large. */
export const SECTION_LIMIT = 100_000;

/** A longer custom name is not read: it is hostile, and a string cannot hold any length. */
const LONGEST_NAME: Bytes = 16 * 1024 * 1024;

/** A section as its header declares it. No payload has been read but a custom section's name. */
export interface SectionHeader {
  /** Of the header: where the id stands. */
  readonly start: FileOffset;
  readonly id: number;
  /** Of a custom section; null in all others and where it cannot be read. */
  readonly name: string | null;
  /** Of the payload: in a custom section it begins with the name. */
  readonly offset: FileOffset;
  /** As declared. */
  readonly size: Bytes;
  /** Where the content begins: after the name in a custom section, else `offset`. */
  readonly content: FileOffset;
}

export interface WalkProblem {
  readonly section: string | null;
  readonly offset: FileOffset;
  readonly message: string;
}

export type WalkEvent =
  | { readonly kind: 'section'; readonly section: SectionHeader }
  | { readonly kind: 'problem'; readonly problem: WalkProblem }
  /** The file ends though a section, or a header, claims more. Always the last event. */
  | {
      readonly kind: 'cut';
      readonly at: FileOffset;
      readonly claimedEnd: FileOffset | null;
      readonly section: string | null;
    };

/** What a problem calls a section: the custom section's name, the known name, or null. */
export function sectionLabel(section: { readonly id: number; readonly name: string | null }): string | null {
  return section.id === 0 ? section.name : (NAMES.get(section.id) ?? null);
}

/** Reads in blocks, so that many small sections share one read; no byte is read twice in a forward walk. */
class Blocks {
  readonly #source: ByteSource;
  readonly #signal: AbortSignal | undefined;
  #block: Uint8Array = new Uint8Array(0);
  #start: FileOffset = 0;

  constructor(source: ByteSource, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#signal = signal;
  }

  /** At least `length` bytes from `offset`, or as many as there are. */
  async at(offset: FileOffset, length: Bytes): Promise<Uint8Array> {
    const inside = offset - this.#start;
    if (inside < 0 || inside + length > this.#block.length) {
      this.#block = await this.#source.read(offset, Math.max(length, 4096), this.#signal);
      this.#start = offset;
      return this.#block;
    }
    return this.#block.subarray(inside);
  }
}

/**
 * The first place at or after `offset` whose byte is not zero; null when only zeros follow, as a preallocated file ends
 * (fixture damaged/zero-tail). Starts with the block at hand: a file of `00 00 01 00` pairs asks at every second section.
 */
async function firstNonZero(
  source: ByteSource,
  blocks: Blocks,
  offset: FileOffset,
  signal?: AbortSignal,
): Promise<FileOffset | null> {
  const near = await blocks.at(offset, 512);
  const found = near.findIndex((byte) => byte !== 0);
  if (found >= 0) return offset + found;
  for (let at = offset + near.length, window = 512; ; window = Math.min(window * 4, 1 << 24)) {
    const bytes = await source.read(at, window, signal);
    const index = bytes.findIndex((byte) => byte !== 0);
    if (index >= 0) return at + index;
    at += bytes.length;
    if (bytes.length < window) return null;
  }
}

/**
 * Walks the sections of a module from header to header (core specification, 5.5). Reads headers and custom names only,
 * so the time it takes does not grow with the payloads. Ends with the file, with a `cut`, or with the problem that
 * makes the next header unreadable.
 * @param from where the first header stands: 8 in a module.
 */
export async function* walkSections(
  source: ByteSource,
  from: FileOffset,
  signal?: AbortSignal,
): AsyncGenerator<WalkEvent> {
  const blocks = new Blocks(source, signal);
  let nonZero = -1;
  let count = 0;
  for (let at = from; ; count += 1) {
    const head = await blocks.at(at, 6);
    const id = head[0];
    if (id === undefined) return;
    if (id === 0 && (head[1] === 0 || head.length === 1) && at >= nonZero) {
      const found = await firstNonZero(source, blocks, at, signal);
      if (found === null && head.length > 1) {
        const zeros = (source.size ?? source.arrived) - at;
        yield problem(null, at, `${zeros} zero bytes up to the end of the file, expected a section`);
        return;
      }
      nonZero = found ?? -1;
    }
    if (count >= SECTION_LIMIT) {
      yield problem(null, at, `more than ${SECTION_LIMIT} sections; the rest is not read`);
      return;
    }
    const size = readSize(head, at);
    if (size.kind === 'cut') {
      yield { kind: 'cut', at: at + head.length, claimedEnd: null, section: null };
      return;
    }
    if (size.kind === 'bad') {
      yield problem(null, size.offset, size.message);
      return;
    }
    const end = size.end + size.value;
    const name = id === 0 ? await readCustomName(blocks, size.end, size.value) : null;
    const section: SectionHeader = {
      start: at,
      id,
      name: name?.text ?? null,
      offset: size.end,
      size: size.value,
      content: name === null ? size.end : name.end,
    };
    yield { kind: 'section', section };
    const whole = await reaches(source, end, signal);
    if (name !== null && name.text === null && (whole || !name.short))
      yield problem(null, size.end, name.message);
    if (!whole) {
      const size = source.size ?? source.arrived;
      yield { kind: 'cut', at: size, claimedEnd: end, section: sectionLabel(section) };
      return;
    }
    at = end;
  }
}

function problem(section: string | null, offset: FileOffset, message: string): WalkEvent {
  return { kind: 'problem', problem: { section, offset, message } };
}

type SizeField =
  | { readonly kind: 'size'; readonly value: Bytes; readonly end: FileOffset }
  | { readonly kind: 'bad'; readonly offset: FileOffset; readonly message: string }
  | { readonly kind: 'cut' };

function readSize(head: Uint8Array, at: FileOffset): SizeField {
  const cursor = new Cursor(head.subarray(1, 6), at + 1);
  try {
    const value = cursor.u32('section size');
    return { kind: 'size', value, end: cursor.offset };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const unfinished = head.length < 6 && head.subarray(1).every((byte) => byte >= 0x80);
    return unfinished ? { kind: 'cut' } : { kind: 'bad', offset: error.offset, message: error.message };
  }
}

/** Whether the file has a byte for every one that is claimed. Waits for them where the source grows. */
async function reaches(source: ByteSource, end: FileOffset, signal?: AbortSignal): Promise<boolean> {
  if (source.arrived >= end) return true;
  if (source.size !== null) return false;
  return (await source.read(end - 1, 1, signal)).length === 1;
}

interface CustomName {
  readonly text: string | null;
  readonly end: FileOffset;
  readonly message: string;
  /** It does not decode for lack of bytes: where the file is cut, that explains it. */
  readonly short: boolean;
}

async function readCustomName(blocks: Blocks, offset: FileOffset, size: Bytes): Promise<CustomName> {
  const start = await blocks.at(offset, Math.min(size, 64));
  const cursor = new Cursor(start.subarray(0, size), offset);
  try {
    const length = cursor.u32('custom section name length');
    const nameAt = cursor.offset;
    const room = size - (nameAt - offset);
    if (length > room)
      throw new DecodeError(offset, `custom section name of ${length} bytes, ${room} remain`);
    if (length > LONGEST_NAME)
      throw new DecodeError(
        offset,
        `custom section name of ${length} bytes, at most ${LONGEST_NAME} are read`,
      );
    const bytes = (await blocks.at(nameAt, length)).subarray(0, length);
    if (bytes.length < length)
      throw new DecodeError(offset, `custom section name of ${length} bytes, ${bytes.length} remain`, true);
    return { text: lossyUtf8(bytes), end: nameAt + length, message: '', short: false };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { text: null, end: offset, message: error.message, short: error.short };
  }
}
