import type { Address, Bytes, FileOffset } from '../bytes/units';
import type { FileKind, MemoryDeclaration, Problem, Producer } from '../coredump/model';
import type { IndexOutcome, SegmentVisit } from '../wasm/data-section';
import { Coverage } from './coverage';
import { concludeGaps, type FileEvidence, memorySize } from './gaps';
import type { CutSegment, MemoryModel, Override } from './memory-model';
import { Overlays } from './overlay';
import { SegmentTable } from './segment-table';
import { type ShapeBreak, ShapeWatch } from './shape';

const REACH_32: Address = 2 ** 32;
const REACH_64: Address = Number.MAX_SAFE_INTEGER;

interface OneMemory {
  readonly declaration: MemoryDeclaration;
  readonly coverage: Coverage;
  segments: number;
  unplaced: number;
  wholeBelow: Address;
  /** Start of the segment before, for offsets that were written modulo 2^32. */
  before: Address;
  /** What must be added to such offsets. */
  lap: number;
  cut: CutSegment | null;
}

/** What the gaps are concluded from beyond the segments themselves. */
export interface IndexContext {
  readonly kind: FileKind;
  readonly producer: Producer;
  readonly dataSections: number;
  /** The file ends before its sections do. */
  readonly truncated: boolean;
}

/**
 * Everything known about a dump's memories: takes the segments one by one as the data section is indexed, and answers
 * at any time with what the memories are by then.
 */
export class MemoryIndex {
  readonly table = new SegmentTable();
  readonly #overlays = new Overlays(this.table);
  readonly #memories: OneMemory[];
  readonly #shape = new ShapeWatch();
  #absent = 0;
  #absentMemory = 0;
  #outcome: IndexOutcome | null = null;
  /** Known when all segments were visited. */
  #broken: ShapeBreak | null = null;
  #image: { readonly lostBelow: FileOffset; readonly size: Bytes } | null = null;

  constructor(declarations: readonly MemoryDeclaration[]) {
    this.#memories = declarations.map((declaration, index) => ({
      declaration,
      coverage: new Coverage(this.table, this.#overlays, index),
      segments: 0,
      unplaced: 0,
      wholeBelow: 0,
      before: 0,
      lap: 0,
      cut: null,
    }));
  }

  /** Memory held for segments, in bytes. */
  get byteLength(): Bytes {
    return this.#memories.reduce((sum, { coverage }) => sum + coverage.byteLength, this.table.byteLength);
  }

  /** Whether a module's segments are as Wizer writes them. Known when all were visited. */
  isSnapshot(startSection: boolean): boolean {
    return this.#shape.isSnapshot(startSection) && this.#outcome?.problem === null && !this.#outcome.cut;
  }

  /** Takes the next segment, in file order. */
  visit(segment: SegmentVisit): void {
    const memory = this.#memories[segment.memory];
    if (segment.passive || memory === undefined) {
      this.table.push(segment.memory, segment.passive, null, segment.length, segment.fileOffset);
      if (!segment.passive) {
        this.#absent += 1;
        this.#absentMemory = segment.memory;
      }
      this.#shape.visit(segment, null);
      return;
    }
    memory.segments += 1;
    const address = place(memory, segment);
    this.table.push(segment.memory, false, address, segment.length, segment.fileOffset);
    this.#shape.visit(segment, address);
    if (address === null) {
      memory.unplaced += 1;
      return;
    }
    memory.coverage.add(segment.index);
    const end = address + segment.length;
    if (segment.available === segment.length) memory.wholeBelow = Math.max(memory.wholeBelow, end);
    else memory.cut = { segment: segment.index, from: address + segment.available, end };
  }

  /**
   * The rewriter's way: the file is the memory. Whatever the dump declares, `memory[i] = file[i]`, and the addresses
   * below the segment's place in the file were overwritten by the dump (fixtures rewriter/low-offset-022: declared 101,
   * stands at 102; rewriter/short-section-022).
   * @param claimedSize of the file, also where it is cut off. @param size of the file.
   */
  setImage(lostBelow: FileOffset, claimedSize: Bytes, size: Bytes): void {
    this.#image = { lostBelow, size: claimedSize };
    const memory = this.#memories[0];
    if (memory === undefined) return;
    const held = Math.min(claimedSize, size);
    memory.segments = 1;
    this.table.push(0, false, lostBelow, claimedSize - lostBelow, lostBelow);
    memory.coverage.add(0);
    if (held < claimedSize) memory.cut = { segment: 0, from: Math.max(held, lostBelow), end: claimedSize };
  }

  /** All segments were visited, or the indexing ended for another reason. */
  finish(outcome: IndexOutcome): void {
    this.#outcome = outcome;
    this.table.trim();
    this.#overlays.complete();
    this.#broken = this.#shape.firstBreak(
      this.table,
      this.#memories.map(({ coverage }) => coverage),
    );
  }

  /** The memories as they are known now. Gaps are pending until the indexing was finished. */
  models(context: IndexContext, overrides: ReadonlyMap<number, Override>): MemoryModel[] {
    return this.#memories.map((memory, index) => this.#model(memory, index, context, overrides));
  }

  /** As `models`, for one memory: a dump can have very many. null: there is none of that index. */
  model(index: number, context: IndexContext, overrides: ReadonlyMap<number, Override>): MemoryModel | null {
    const memory = this.#memories[index];
    return memory === undefined ? null : this.#model(memory, index, context, overrides);
  }

  #model(
    memory: OneMemory,
    index: number,
    context: IndexContext,
    overrides: ReadonlyMap<number, Override>,
  ): MemoryModel {
    const { coverage, cut, declaration } = memory;
    const outcome = this.#outcome;
    const rule =
      outcome === null ? null : concludeGaps(this.#evidence(context, outcome), { ...memory, index });
    const size = this.#image === null ? memorySize(declaration, coverage) : this.#image.size;
    return { index, declaration, coverage, cut, size, rule, override: overrides.get(index) ?? null };
  }

  #evidence(context: IndexContext, outcome: IndexOutcome): FileEvidence {
    return {
      kind: context.kind,
      producer: context.producer,
      dataSections: context.dataSections,
      cut: context.truncated && (outcome.cut || context.dataSections === 0),
      stopped: outcome.problem !== null && this.#image === null,
      active: this.#shape.active,
      broken: this.#broken,
      image: this.#image,
    };
  }

  /** How many segments a memory has, placed or not. */
  segmentsOf(memory: number): number {
    return this.#memories[memory]?.segments ?? 0;
  }

  /** What is wrong with the segments (json.md, "Problem"). */
  problems(): Problem[] {
    const problems: Problem[] = [];
    const data = (message: string): void => void problems.push({ section: 'data', offset: null, message });
    const stop = this.#outcome?.problem ?? null;
    if (stop !== null) problems.push({ section: 'data', ...stop });
    if (this.#absent > 0) {
      const which =
        this.#absent === 1
          ? `a segment for memory ${this.#absentMemory}`
          : `${this.#absent} segments for memories that are not there, the last for memory ${this.#absentMemory}`;
      data(`${which}; the dump has ${this.#memories.length}`);
    }
    for (const [index, { coverage, declaration, unplaced, segments }] of this.#memories.entries()) {
      if (unplaced > 0)
        data(
          `${unplaced} of ${segments} segments of memory ${index} cannot be placed: the offset is not known or past what addresses reach`,
        );
      if (this.#image === null && coverage.highest > declaration.minimum) {
        data(
          `a segment of memory ${index} ends at ${coverage.highest}, the memory declares ${declaration.minimum} bytes`,
        );
      }
    }
    return problems;
  }
}

/**
 * Where a segment belongs; null where that is not known or past what addresses reach.
 *
 * Wasmtime 14 to 25 writes the offsets of a 64-bit memory as `i32.const` modulo 2^32, ascending otherwise: so a drop
 * marks another 2^32. In fixture wasmtime/v25-memory64 two segments have offset 0x10, the second belongs at
 * 0x100000010; without this reading it would overwrite the first. Held by tests/memory/memory-index.test.ts.
 */
function place(memory: OneMemory, segment: SegmentVisit): Address | null {
  if (Number.isNaN(segment.address)) return null;
  const { memory64 } = memory.declaration;
  if (memory64 && segment.addressType === 'i32') {
    if (segment.address + memory.lap < memory.before) memory.lap += REACH_32;
    memory.before = segment.address + memory.lap;
  }
  const address = segment.address + (memory64 && segment.addressType === 'i32' ? memory.lap : 0);
  const reach = memory64 ? REACH_64 : REACH_32;
  return address + segment.length > reach ? null : address;
}
