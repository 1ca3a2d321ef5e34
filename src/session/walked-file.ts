import { Cursor, DecodeError } from '../bytes/cursor';
import type { ByteSource } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';
import { type Assembled, assemble, isPart, type Part } from '../coredump/assemble';
import type { FileKind, Problem, Section } from '../coredump/model';
import type { FirstSegment } from '../coredump/producer';
import { readSegmentHeader } from '../wasm/data-section';
import { type SectionHeader, sectionLabel, walkSections } from '../wasm/sections';

/** A small section is decoded whole, up to this much of it. */
const LARGEST_PART: Bytes = 256 * 1024 * 1024;

/** Where the file ends though more is claimed. */
export interface Cut {
  readonly at: FileOffset;
  readonly claimedEnd: FileOffset | null;
  readonly section: string | null;
}

/** What the walk over a file's sections has found so far. */
export class WalkedFile {
  readonly headers: SectionHeader[] = [];
  readonly parts: Part[] = [];
  readonly problems: Problem[] = [];
  cut: Cut | null = null;
  /** The headers as the model lists them: the same object as long as no section was added. */
  get sections(): readonly Section[] {
    if (this.#sections.length !== this.headers.length)
      this.#sections = this.headers.map(({ id, name, offset, size }) => ({ id, name, offset, size }));
    return this.#sections;
  }

  /** The first data section; it alone counts. */
  data: SectionHeader | null = null;
  dataSections = 0;
  startSection = false;
  /** Import, memory and global sections: they decide where segments belong. */
  spaces = 0;
  /** `snapshot` shows only when the data section was indexed. */
  kind: FileKind & ('coredump' | 'module') = 'module';
  #sections: readonly Section[] = [];
  #assembled: { readonly at: number; readonly value: Assembled } | null = null;

  /** Takes note of the next section: asking all headers at every section would cost their square. */
  add(header: SectionHeader): void {
    this.headers.push(header);
    const { id, name } = header;
    if (id === 0 && (name === 'core' || name === 'corestack')) this.kind = 'coredump';
    if (id === 8) this.startSection = true;
    if (id === 2 || id === 5 || id === 6) this.spaces += 1;
    if (id !== 11) return;
    this.dataSections += 1;
    this.data ??= header;
  }

  /** What the sections that were read so far say. */
  get assembled(): Assembled {
    const at = this.headers.length + this.parts.length;
    if (this.#assembled?.at !== at) this.#assembled = { at, value: assemble(this.parts, this.headers) };
    return this.#assembled.value;
  }

  /** The file ends, or where its last section claims to. */
  claimedSize(size: Bytes): Bytes {
    return this.cut?.claimedEnd ?? size;
  }
}

/**
 * Walks a module's sections and reads the small ones as it meets them.
 * @param onSection called after each: for a source that grows, what has arrived can be shown.
 */
export async function walkFile(
  source: ByteSource,
  walked: WalkedFile,
  onSection: (header: SectionHeader) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of walkSections(source, 8, signal)) {
    if (event.kind === 'section') {
      walked.add(event.section);
      if (isPart(event.section)) walked.parts.push(await readPart(source, event.section, walked, signal));
      onSection(event.section);
    } else if (event.kind === 'problem') {
      walked.problems.push(event.problem);
    } else {
      walked.cut = event;
    }
  }
}

async function readPart(
  source: ByteSource,
  header: SectionHeader,
  walked: WalkedFile,
  signal: AbortSignal,
): Promise<Part> {
  const length = header.size - (header.content - header.offset);
  const wanted = Math.min(length, LARGEST_PART);
  if (wanted < length) {
    walked.problems.push({
      section: sectionLabel(header),
      offset: header.content + wanted,
      message: `${length} bytes in this section; the first ${wanted} are decoded`,
    });
  }
  const bytes = await source.read(header.content, wanted, signal);
  return { header, bytes, whole: bytes.length === length };
}

/** The longest header of a first segment that is looked at, with the count before it. */
const FIRST_SEGMENT: Bytes = 64;

/** Reads the data section's count and its first segment's header; null where they do not decode. */
export async function peekFirstSegment(
  source: ByteSource,
  walked: WalkedFile,
  signal: AbortSignal,
): Promise<FirstSegment | null> {
  const { data } = walked;
  if (data === null) return null;
  const bytes = await source.read(data.offset, Math.min(data.size, FIRST_SEGMENT), signal);
  const cursor = new Cursor(bytes, data.offset);
  try {
    const declared = cursor.u32('segment count');
    const { passive, memory, address, length } = readSegmentHeader(cursor, walked.assembled.globalValues);
    return { declared, passive, memory, address, length, fileOffset: cursor.offset };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return null;
  }
}
