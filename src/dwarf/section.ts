import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import type { DebugSections } from './model';
import { Reader } from './reader';

const SMALLEST: Bytes = 64 * 1024;
const LARGEST: Bytes = 1024 * 1024;
const KEPT = 8;

/** Bytes of a debug section that do not decode; `offset` counts from the section's content. */
export class SectionError extends DecodeError {
  readonly section: string;

  constructor(section: string, cause: DecodeError) {
    super(cause.offset, cause.message, cause.short);
    this.section = section;
  }
}

/** Runs a decoder over a section's bytes, so that its errors say which section they are of. */
export function inSection<T>(section: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof DecodeError) || error instanceof SectionError) throw error;
    throw new SectionError(section, error);
  }
}

interface Window {
  readonly start: Bytes;
  readonly bytes: Uint8Array;
}

/** Bytes that are not at hand: whoever decodes is run again when they are. */
export class MissingBytes extends Error {
  override readonly name = 'MissingBytes';
  readonly section: Section;
  readonly offset: Bytes;
  readonly length: Bytes;

  constructor(section: Section, offset: Bytes, length: Bytes) {
    super(`${section.name}: ${length} bytes at ${offset} are not at hand`);
    this.section = section;
    this.offset = offset;
    this.length = length;
  }
}

/**
 * Runs something that decodes, synchronously, until all bytes that it needs are at hand: where some are not, it stops,
 * they are read, and it runs again from its beginning. Reads are few and decoding is fast, so that this costs less than a
 * promise for each value, and keeps the decoders plain functions. What it has changed when it stops must bear a second run.
 * @throws what `run` throws; what the file's read throws.
 */
export async function withBytes<T>(run: () => T, signal?: AbortSignal): Promise<T> {
  const used = new Set<Section>();
  try {
    for (;;) {
      try {
        return run();
      } catch (error) {
        if (!(error instanceof MissingBytes)) throw error;
        used.add(error.section);
        await error.section.load(error.offset, error.length, signal);
      }
    }
  } finally {
    for (const section of used) section.trim();
  }
}

/**
 * One debug section, read in windows where it is looked at: 64 KiB at a jump, doubled up to 1 MiB while the reading goes
 * on. The last eight windows are kept, so that lists and strings that stand together are read once.
 */
export class Section {
  readonly name: string;
  /** Of the section; less once a read has come up short because the file is cut. */
  size: Bytes;
  readonly #sections: DebugSections;
  readonly #windows: Window[] = [];
  #next: Bytes = 0;
  #length: Bytes = SMALLEST;

  constructor(sections: DebugSections, name: string) {
    this.#sections = sections;
    this.name = name;
    this.size = sections.names.includes(name) ? sections.size(name) : 0;
  }

  /** Exactly these bytes, of their own, not kept; fewer where the section ends. @throws what the file's read throws. */
  async read(offset: Bytes, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (wanted === 0) return new Uint8Array(0);
    const bytes = await this.#sections.read(this.name, offset, wanted, signal);
    if (bytes.length < wanted) this.size = Math.min(this.size, offset + bytes.length);
    return bytes;
  }

  /**
   * At least these bytes, and what is at hand behind them; fewer only where the section ends.
   * @throws MissingBytes where they are not at hand.
   */
  view(offset: Bytes, length: Bytes): Uint8Array {
    const end = Math.min(offset + length, this.size);
    for (const { start, bytes } of this.#windows)
      if (offset >= start && end <= start + bytes.length) return bytes.subarray(offset - start);
    throw new MissingBytes(this, offset, length);
  }

  /** Brings bytes to hand. @throws what the file's read throws. */
  async load(offset: Bytes, length: Bytes, signal?: AbortSignal): Promise<void> {
    const goesOn = offset <= this.#next && offset > this.#next - this.#length;
    this.#length = goesOn ? Math.min(LARGEST, this.#length * 2) : SMALLEST;
    const bytes = await this.read(offset, Math.max(length, this.#length), signal);
    this.#next = offset + bytes.length;
    this.#windows.unshift({ start: offset, bytes });
  }

  /** Lets the oldest windows go. Not while a decoder runs: it may need them all at once. */
  trim(): void {
    this.#windows.length = Math.min(this.#windows.length, KEPT);
  }

  /**
   * Decodes what begins at `offset` and has no length in front: with `expected` bytes at hand, and anew with more where
   * the decoder runs off them. `decode` may therefore run several times.
   * @param limit bytes that belong to it at most: no more are read.
   * @throws SectionError where `decode` throws a DecodeError, or the section has no such offset; MissingBytes.
   */
  decode<T>(offset: Bytes, expected: Bytes, limit: Bytes, decode: (reader: Reader) => T): T {
    if (offset >= this.size) throw this.#error(new DecodeError(offset, this.#outside(offset)));
    for (let length = Math.min(expected, limit); ; ) {
      const bytes = this.view(offset, length).subarray(0, limit);
      try {
        return decode(new Reader(bytes, offset));
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        const whole = bytes.length >= limit || offset + bytes.length >= this.size;
        if (!error.short || whole) throw this.#error(error);
        length = Math.min(limit, bytes.length * 4);
      }
    }
  }

  #error(cause: DecodeError): SectionError {
    return new SectionError(this.name, cause);
  }

  #outside(offset: Bytes): string {
    return this.size === 0
      ? `offset ${offset}, there is no ${this.name}`
      : `offset ${offset} past the end ${this.size}`;
  }
}
