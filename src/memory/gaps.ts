import type { Address, Bytes } from '../bytes/units';
import type { FileKind, GapState, MemoryDeclaration, Producer } from '../coredump/model';
import type { Coverage } from './coverage';
import type { ShapeBreak } from './shape';

/**
 * What the addresses of one memory are that no segment covers, with the evidence. The heart of the product: the format
 * cannot say it (tool-conventions pull request 197), so it is concluded (format.md section 4).
 */
export interface GapRule {
  readonly state: GapState;
  /** With `zero`: it holds below this address only; past it all is lost. null: it holds everywhere. */
  readonly zeroBelow: Address | null;
  /** A sentence or two, with numbers. */
  readonly evidence: string;
  /** A few words for the chip. */
  readonly short: string;
}

/** What the whole file says about gaps. */
export interface FileEvidence {
  readonly kind: FileKind;
  readonly producer: Producer;
  readonly dataSections: number;
  /** The file ends inside the data section, or before one. */
  readonly cut: boolean;
  /** The data section stopped decoding before its end. */
  readonly stopped: boolean;
  /** Active segments that are whole, of all memories. */
  readonly active: number;
  readonly broken: ShapeBreak | null;
  /** The rewriter's way: the file is the memory, and the dump lies over its head. */
  readonly image: { readonly lostBelow: Address } | null;
}

/** What one memory says. */
export interface MemoryEvidence {
  readonly index: number;
  readonly declaration: MemoryDeclaration;
  readonly coverage: Coverage;
  /** Active segments, also those that cannot be placed. */
  readonly segments: number;
  readonly unplaced: number;
  /** The end of the last whole segment. */
  readonly wholeBelow: Address;
  /** Where the file ends inside a segment; null where it does not. */
  readonly cut: { readonly from: Address } | null;
}

/** Fewer segments can be trimmed by accident: a stack of 200 bytes in one chunk is (fixture wasm-encoder/stack-only). */
const LEAST_SEGMENTS = 6;

const count = (value: number): string => value.toLocaleString('en-US');
const hex = (address: Address): string => `0x${address.toString(16)}`;

const missing = (evidence: string, short: string): GapRule => ({
  state: 'missing',
  zeroBelow: null,
  evidence: `Gaps are missing. ${evidence}`,
  short,
});

const lost = (evidence: string, short: string): GapRule => ({
  state: 'lost',
  zeroBelow: null,
  evidence,
  short,
});

/** Concludes what a gap of one memory is. */
export function concludeGaps(file: FileEvidence, memory: MemoryEvidence): GapRule {
  if (file.kind === 'memory-image')
    return missing('The file is one image of the memory, without gaps.', 'no gaps');
  if (file.image !== null) {
    const last = hex(file.image.lostBelow - 1);
    const end = memory.cut === null ? '' : ` It is cut off at ${hex(memory.cut.from)}.`;
    return lost(
      `The dump was written over 0x0 to ${last}: the file is the memory, and its head was overwritten.${end}`,
      `0x0 to ${last} overwritten`,
    );
  }
  if (file.kind === 'coredump' && file.dataSections === 0) return noData(file, memory);
  const unsure = unplaceable(file, memory);
  if (unsure !== null) return unsure;
  const zero = file.kind === 'coredump' ? trimmed(file, memory) : ordinary(file, memory);
  return file.cut || file.stopped ? afterCut(file, memory, zero) : zero;
}

function noData(file: FileEvidence, memory: MemoryEvidence): GapRule {
  const { minimum, pageSize } = memory.declaration;
  const pages = minimum / pageSize;
  const declares = `The dump declares ${count(pages)} ${pages === 1 ? 'page' : 'pages'} and has no data section.`;
  const why = file.cut ? ' It is cut off: one may have stood behind the cut.' : '';
  return lost(`No memory was captured. ${declares}${why}`, 'no data section');
}

/** A second data section, or a segment whose place is not known, may hold what a gap holds. */
function unplaceable(file: FileEvidence, memory: MemoryEvidence): GapRule | null {
  if (file.dataSections > 1) {
    return missing(
      `${file.dataSections} data sections; only the first counts, so gaps may stand in another.`,
      'a second data section',
    );
  }
  const dumpWide = file.kind === 'coredump' && file.broken?.kind === 'unplaced';
  if (memory.unplaced > 0 || dumpWide) {
    const which =
      dumpWide && file.broken?.kind === 'unplaced'
        ? `Segment ${file.broken.segment}`
        : `${memory.unplaced} of ${memory.segments} segments`;
    return missing(`${which} cannot be placed, so any gap may be its place.`, 'a segment cannot be placed');
  }
  return null;
}

/** A module's memory before it runs, or a snapshot of it: what no segment covers is zero (core specification, 4.5.3.3). */
function ordinary(file: FileEvidence, memory: MemoryEvidence): GapRule {
  if (memory.declaration.imported) {
    return missing(
      'The memory is imported: what it held before this module is not in the file.',
      'imported memory',
    );
  }
  const what = file.kind === 'snapshot' ? 'This is a snapshot' : 'This is a module, not a dump';
  return {
    state: 'zero',
    zeroBelow: null,
    evidence: `Gaps are zero. ${what}: memory that no segment initialises is zero.`,
    short: file.kind === 'snapshot' ? 'a snapshot' : 'a module',
  };
}

function trimmed(file: FileEvidence, memory: MemoryEvidence): GapRule {
  if (file.broken !== null) return breaks(file.broken);
  if (memory.segments === 0) {
    return missing(
      'No segment stands in this memory, so nothing shows whether it was zero or left out.',
      'no segments',
    );
  }
  const { active, producer } = file;
  const known = producer.generation === 'wasmtime-14' || producer.generation === 'wasmedge-after-0.17';
  if (!known && active < LEAST_SEGMENTS) {
    return missing(
      `${active} of ${active} segments are trimmed 4,096-byte chunks, but fewer than ${LEAST_SEGMENTS} can be so by chance, and the producer is not known.`,
      `${active} of at least ${LEAST_SEGMENTS} segments`,
    );
  }
  const { customPageSize, minimum, minimumPages } = memory.declaration;
  if (!customPageSize && memory.coverage.highest <= minimumPages) {
    return missing(
      `No segment ends past ${count(minimumPages)}, the memory's minimum counted in bytes: with pages of one byte its size would be ${count(minimumPages)} and not ${count(minimum)}, and a last partial chunk left out.`,
      'perhaps one-byte pages',
    );
  }
  const because = known
    ? `the sections stand in ${producer.name === 'wasmtime' ? "Wasmtime's" : "WasmEdge's"} order`
    : `so many are not so by chance`;
  return {
    state: 'zero',
    zeroBelow: null,
    evidence: `Gaps are zero. ${count(active)} of ${count(active)} segments are trimmed 4,096-byte chunks, and ${because}.`,
    short: `${count(active)} of ${count(active)} segments agree`,
  };
}

function breaks(broken: ShapeBreak): GapRule {
  switch (broken.kind) {
    case 'spans':
      return missing(
        `Segment ${broken.segment} spans two chunks (${hex(broken.start)} to ${hex(broken.end - 1)}), so gaps may hold anything.`,
        `segment ${broken.segment} is not trimmed`,
      );
    case 'zero-edge':
      return missing(
        `Segment ${broken.segment} has a zero byte at its edge (${hex(broken.at)}), so zeros were not left out and gaps may hold anything.`,
        `segment ${broken.segment} is not trimmed`,
      );
    case 'empty':
      return missing(
        `Segment ${broken.segment} is empty, so segments are no runs of non-zero bytes.`,
        `segment ${broken.segment} is empty`,
      );
    case 'shared-chunk':
      return missing(
        `Segment ${broken.segment} (${hex(broken.start)} to ${hex(broken.end - 1)}) shares a 4,096-byte chunk with another, so gaps may hold anything.`,
        `segment ${broken.segment} shares a chunk`,
      );
    case 'unplaced':
      return missing(
        `Segment ${broken.segment} cannot be placed, so any gap may be its place.`,
        'a segment cannot be placed',
      );
  }
}

/** After a cut zeros hold only below the last whole segment, and only where segments ascend; all else is lost. */
function afterCut(file: FileEvidence, memory: MemoryEvidence, rule: GapRule): GapRule {
  const where = file.cut ? 'The file is cut off in its data section' : 'The data section stopped decoding';
  if (rule.state === 'zero' && memory.coverage.ascending && memory.wholeBelow > 0) {
    return {
      ...rule,
      zeroBelow: memory.wholeBelow,
      evidence: `${rule.evidence} ${where}: from ${hex(memory.wholeBelow)} on nothing is known.`,
    };
  }
  if (!file.cut)
    return rule.state === 'zero'
      ? missing(`${where}, and segments do not ascend.`, 'the data section is damaged')
      : rule;
  return lost(`${where}: what no whole segment covers is lost.`, 'the file is cut off');
}

/** The size of a memory: as declared, or up to the end of its highest segment (format.md section 6). */
export function memorySize(declaration: MemoryDeclaration, coverage: Coverage): Bytes {
  return Math.max(declaration.minimum, coverage.highest);
}
