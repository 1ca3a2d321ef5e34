import { Cursor, DecodeError } from '../bytes/cursor';
import type { Bytes, FileOffset } from '../bytes/units';
import type { WindowReader } from '../bytes/windows';
import { type GlobalLookup, readConstant } from './const-expr';

/**
 * One data segment as it is met. The object is reused for the next one: a dump has up to millions of them, and a
 * sink that keeps anything copies it into columns.
 */
export interface SegmentVisit {
  index: number;
  passive: boolean;
  memory: number;
  /** Unsigned; NaN where the offset expression says nothing. */
  address: number;
  /** What the offset was written as; decides what a modulo may have done to it. */
  addressType: 'i32' | 'i64' | 'unknown';
  /** Where the segment's header begins. */
  start: FileOffset;
  /** Where its bytes begin. */
  fileOffset: FileOffset;
  /** As declared. */
  length: Bytes;
  /** Bytes of it that the section (and the file) holds. */
  available: Bytes;
  /** The first and last byte; -1 where there is none. */
  first: number;
  last: number;
  /** Five zeros in a row stand in it. Looked for only where asked, and no further once they were found. */
  zeroRun: boolean;
}

export interface DataSectionRange {
  readonly offset: FileOffset;
  /** As the section declares it. */
  readonly end: FileOffset;
}

export interface IndexOptions {
  readonly windows: WindowReader;
  readonly section: DataSectionRange;
  readonly globals: GlobalLookup;
  /** Look for five zeros in a row (they tell a Wizer snapshot from other modules): reads every byte. */
  readonly scanZeros: boolean;
  readonly visit: (segment: SegmentVisit) => void;
  /** Called now and then with the place reached. May throw to stop. */
  readonly onProgress: (at: FileOffset) => void;
}

/** How the indexing ended. `cut`: for lack of bytes, because the file ends inside the section. */
export interface IndexOutcome {
  readonly declared: number;
  readonly cut: boolean;
  readonly problem: { readonly offset: FileOffset; readonly message: string } | null;
}

/** No header of a segment with a simple offset is longer: flags 5, memory index 5, i32.const 6 or i64.const 11, end 1, length 5. */
const SIMPLE_HEADER: Bytes = 32;
/** A longer offset expression is refused: nothing that was seen needs more than 20 bytes. */
const LONGEST_HEADER: Bytes = 4096;
const ZERO_RUN = 5;

/**
 * Indexes a data section (core specification, 5.5.14) as a stream of windows: one visit a segment, in file order. The
 * bytes of a segment longer than the window are jumped over, apart from its first and last.
 */
export async function indexData(options: IndexOptions): Promise<IndexOutcome> {
  try {
    return await new Indexer(options).run();
  } finally {
    options.windows.close();
  }
}

/** What stands before a segment's bytes. */
export type SegmentHeader = Pick<SegmentVisit, 'passive' | 'memory' | 'address' | 'addressType' | 'length'>;

/** Reads a segment's header: mode, memory, offset and length. The bytes begin where the cursor stands then. */
export function readSegmentHeader(cursor: Cursor, globals: GlobalLookup): SegmentHeader {
  const start = cursor.offset;
  const mode = cursor.u32('segment mode');
  if (mode > 2) throw new DecodeError(start, `segment mode ${mode}, expected 0, 1 or 2`);
  const memory = mode === 2 ? cursor.u32('memory index') : 0;
  const offset = mode === 1 ? null : readConstant(cursor, globals);
  const length = cursor.u32('segment length');
  const passive = mode === 1;
  if (offset?.type === 'i32')
    return { passive, memory, address: offset.value >>> 0, addressType: 'i32', length };
  if (offset?.type === 'i64') {
    return { passive, memory, address: Number(BigInt.asUintN(64, offset.value)), addressType: 'i64', length };
  }
  return { passive, memory, address: Number.NaN, addressType: 'unknown', length };
}

class Indexer {
  readonly #options: IndexOptions;
  readonly #windows: WindowReader;
  readonly #end: FileOffset;
  #at: FileOffset;
  /** The window that is parsed, from `#base`. */
  #window: Uint8Array = new Uint8Array(0);
  #base: FileOffset;
  /** The file was seen to end before `#end`. */
  #short = false;
  #scanning: boolean;
  readonly #segment: SegmentVisit = {
    index: 0,
    passive: false,
    memory: 0,
    address: 0,
    addressType: 'i32',
    start: 0,
    fileOffset: 0,
    length: 0,
    available: 0,
    first: -1,
    last: -1,
    zeroRun: false,
  };

  constructor(options: IndexOptions) {
    this.#options = options;
    this.#windows = options.windows;
    this.#at = options.section.offset;
    this.#base = this.#at;
    this.#end = options.section.end;
    this.#scanning = options.scanZeros;
  }

  async run(): Promise<IndexOutcome> {
    let declared = 0;
    try {
      await this.#need(SIMPLE_HEADER);
      const head = this.#cursor(SIMPLE_HEADER);
      declared = head.u32('segment count');
      this.#at = head.offset;
      for (let index = 0; index < declared; index += 1) {
        if (this.#at >= this.#end) {
          throw new DecodeError(this.#at, `segment ${index} of ${declared} expected, no byte remains`);
        }
        if (this.#window.length - (this.#at - this.#base) < SIMPLE_HEADER) await this.#need(SIMPLE_HEADER);
        this.#segment.index = index;
        if (!this.#simpleHeader()) await this.#anyHeader();
        const rest = this.#bodyInWindow() ? null : await this.#body();
        this.#options.visit(this.#segment);
        if (rest !== null) throw rest;
      }
      if (this.#at < this.#end) throw await this.#leftOver();
      return { declared, cut: false, problem: null };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      // What is wrong in the bytes that are there is said, even if the file ends soon after.
      const cut = this.#short && error.short;
      const problem = { offset: error.offset, message: error.message };
      return { declared, cut, problem: cut ? null : problem };
    }
  }

  /** What to say where the last segment ends before the section: the bytes behind it may not be in the file. */
  async #leftOver(): Promise<DecodeError> {
    const ended = (await this.#byte(this.#at)) < 0;
    const message = `${this.#end - this.#at} bytes left over, expected the section's end`;
    return new DecodeError(this.#at, message, ended);
  }

  /** Moves the window so that it holds at least `length` bytes from here, or all up to the section's end. */
  async #need(length: Bytes): Promise<void> {
    this.#options.onProgress(this.#at);
    const wanted = Math.min(length, this.#end - this.#at);
    this.#window = await this.#windows.view(this.#at, wanted);
    this.#base = this.#at;
    if (this.#window.length < wanted) this.#short = true;
  }

  #cursor(length: Bytes): Cursor {
    const from = this.#at - this.#base;
    const room = Math.min(length, this.#end - this.#at);
    return new Cursor(this.#window.subarray(from, from + room), this.#at);
  }

  /**
   * The header that nearly every segment has, without an object or a bigint for it: mode 0 or 2, `i32.const`, `end`,
   * length. False where it is anything else, or not whole: nothing has moved then.
   */
  #simpleHeader(): boolean {
    const window = this.#window;
    const from = this.#at - this.#base;
    const limit = Math.min(window.length, this.#end - this.#base);
    if (limit - from < SIMPLE_HEADER) return false;
    let at = from;
    const mode = window[at++];
    let memory = 0;
    if (mode === 2) {
      memory = window[at++] ?? 0;
      if (memory >= 0x80) return false;
    } else if (mode !== 0) return false;
    if (window[at++] !== 0x41) return false;
    let address = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = window[at++] ?? 0;
      address |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80 && shift < 35);
    // The fifth byte holds four bits and their sign; what else it may hold is judged by the exact reader.
    if (byte >= 0x80 || (shift === 35 && byte > 0x07 && byte < 0x78)) return false;
    if (shift < 32 && (byte & 0x40) !== 0) address |= -1 << shift;
    if (window[at++] !== 0x0b) return false;
    let length = 0;
    let scale = 1;
    do {
      byte = window[at++] ?? 0;
      length += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80 && scale < 2 ** 28);
    if (byte >= 0x80) return false;
    const segment = this.#segment;
    segment.passive = false;
    segment.memory = memory;
    segment.address = address >>> 0;
    segment.addressType = 'i32';
    segment.start = this.#at;
    segment.length = length;
    this.#at += at - from;
    segment.fileOffset = this.#at;
    return true;
  }

  async #anyHeader(): Promise<void> {
    const room = this.#window.length - (this.#at - this.#base);
    if (room < LONGEST_HEADER) await this.#need(Math.min(LONGEST_HEADER, this.#end - this.#at));
    const cursor = this.#cursor(LONGEST_HEADER);
    const tooLong = cursor.remaining === LONGEST_HEADER;
    const segment = this.#segment;
    segment.start = this.#at;
    try {
      Object.assign(segment, readSegmentHeader(cursor, this.#options.globals));
    } catch (error) {
      if (!(error instanceof DecodeError && error.short && tooLong)) throw error;
      throw new DecodeError(this.#at, `segment header longer than ${LONGEST_HEADER} bytes`);
    }
    this.#at = cursor.offset;
    segment.fileOffset = this.#at;
  }

  /**
   * Passes over a segment whose bytes all stand in the window: nearly every one, and then a promise for each would cost
   * more than all the rest. False, and nothing has moved, where they do not.
   */
  #bodyInWindow(): boolean {
    const segment = this.#segment;
    const bodyEnd = segment.fileOffset + segment.length;
    if (this.#options.scanZeros || bodyEnd > this.#end) return false;
    const from = segment.fileOffset - this.#base;
    const last = segment.length === 0 ? -1 : this.#window[bodyEnd - 1 - this.#base];
    if (last === undefined) return false;
    segment.first = segment.length === 0 ? -1 : (this.#window[from] ?? -1);
    segment.last = last;
    segment.available = segment.length;
    segment.zeroRun = false;
    this.#at = bodyEnd;
    return true;
  }

  /** Passes over the segment's bytes. Answers with the error to report after the visit, if they are not all there. */
  async #body(): Promise<DecodeError | null> {
    const segment = this.#segment;
    const bodyEnd = segment.fileOffset + segment.length;
    segment.first = -1;
    segment.last = -1;
    segment.zeroRun = false;
    const usable = Math.min(bodyEnd, this.#end);
    segment.available = usable - segment.fileOffset;
    if (segment.length > 0) {
      segment.first = await this.#byte(segment.fileOffset);
      if (this.#scanning) await this.#scan(usable);
      if (segment.available > 0) segment.last = await this.#byte(usable - 1);
      if (segment.available > 0 && segment.last < 0) {
        const fileEnd = this.#windows.sourceSize ?? usable;
        segment.available = Math.max(0, Math.min(usable, fileEnd) - segment.fileOffset);
        this.#at = this.#end;
        return new DecodeError(this.#end, `segment ${segment.index} is cut off`, true);
      }
    }
    if (bodyEnd > this.#end) {
      segment.last = -1;
      this.#at = this.#end;
      return new DecodeError(
        this.#end,
        `segment ${segment.index} of ${segment.length} bytes, ${segment.available} remain`,
      );
    }
    this.#at = bodyEnd;
    return null;
  }

  /** One byte, from the window if it is there; -1 at the end of the file. */
  async #byte(offset: FileOffset): Promise<number> {
    if (offset >= this.#end) return -1;
    const inside = this.#window[offset - this.#base];
    if (inside !== undefined) return inside;
    this.#options.onProgress(offset);
    this.#window = await this.#windows.view(offset, 1);
    this.#base = offset;
    if (this.#window.length === 0) this.#short = true;
    return this.#window[0] ?? -1;
  }

  async #scan(usable: FileOffset): Promise<void> {
    let run = 0;
    for (let at = this.#segment.fileOffset; at < usable && !this.#segment.zeroRun; ) {
      if ((await this.#byte(at)) < 0) return;
      const from = at - this.#base;
      const until = Math.min(this.#window.length, usable - this.#base);
      for (let index = from; index < until; index += 1) {
        run = this.#window[index] === 0 ? run + 1 : 0;
        if (run >= ZERO_RUN) {
          this.#segment.zeroRun = true;
          this.#scanning = false;
          break;
        }
      }
      at = this.#base + until;
    }
  }
}
