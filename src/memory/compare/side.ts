import type { ByteSource } from '../../bytes/source';
import type { Address, Bytes } from '../../bytes/units';
import { WindowReader } from '../../bytes/windows';
import type { RunState } from '../../coredump/model';
import { type MemoryModel, visitRuns } from '../memory-model';
import { bytesAt, inFileOrder, type Part, readUnordered } from '../search/parts';
import type { SegmentTable } from '../segment-table';

/** One of the two memories, and where its bytes stand. */
export interface Side {
  readonly source: ByteSource;
  readonly table: SegmentTable;
  readonly memory: MemoryModel;
}

/** A run of one state. `offset` is of its first byte in the file, where it is captured. */
export interface SideRun extends Part {
  readonly state: RunState;
}

const MOST_RUNS = 4096;
const MOST_BYTES: Bytes = 16 * 1024 * 1024;

/** Goes through the runs of one memory from front to back, some thousands at a time, and reads the bytes it is asked for. */
export class SideCursor {
  readonly #side: Side | null;
  readonly #end: Address;
  readonly #signal: AbortSignal;
  readonly #reader: WindowReader | null;
  #runs: readonly SideRun[] = [];
  #index = 0;
  /** Whether the runs stand in the file in the order of their addresses. */
  #ordered = true;
  /** Of runs in no order in the file: their bytes, once one of them was asked for. */
  #read: ReadonlyMap<Part, Uint8Array> | null = null;

  /** @param side null: there is no such memory, and nothing is in bounds. @param end where the asking ends. */
  constructor(side: Side | null, end: Address, signal: AbortSignal) {
    this.#side = side;
    this.#end = end;
    this.#signal = signal;
    this.#reader = side === null ? null : new WindowReader(side.source, 0, Number.MAX_SAFE_INTEGER, signal);
  }

  /** The run that holds `at`, which is below the end and never decreases. */
  run(at: Address): SideRun {
    for (let run = this.#runs[this.#index]; run !== undefined; run = this.#runs[++this.#index])
      if (at < run.end) return run;
    this.#runs = this.#side === null ? [outside(at, this.#end)] : runsOf(this.#side, at, this.#end);
    this.#index = 0;
    this.#ordered = inFileOrder(this.#runs);
    this.#read = null;
    const [first] = this.#runs;
    if (first === undefined) throw new RangeError(`run(${at}) at or past the end ${this.#end}`);
    return first;
  }

  /** At least one byte from `at` on, of a captured run. Without a promise where they are here. @throws what the source throws. */
  bytes(run: SideRun, at: Address): Uint8Array | Promise<Uint8Array> {
    if (this.#reader === null || run.offset === null) throw new RangeError(`bytes(${at}) is not captured`);
    if (!this.#ordered && this.#read === null) return this.#readRuns().then(() => this.bytes(run, at));
    return bytesAt(this.#reader, this.#read, run, run.offset, at - run.start);
  }

  async #readRuns(): Promise<void> {
    if (this.#side === null) return;
    this.#read = await readUnordered(this.#side.source, this.#runs, this.#signal);
  }
}

/** The next runs of a memory from `at` on: some thousands, or 16 MiB of captured bytes. */
function runsOf({ memory, table }: Side, at: Address, end: Address): SideRun[] {
  const runs: SideRun[] = [];
  let bytes = 0;
  visitRuns(memory, at, end, (start, until, state, segment) => {
    if (runs.length === MOST_RUNS || bytes === MOST_BYTES) return false;
    if (state !== 'captured' || segment === null) {
      runs.push({ start, end: until, state, offset: null });
      return true;
    }
    const offset = table.fileOffset(segment) + start - table.address(segment);
    const held = Math.min(until, start + MOST_BYTES - bytes);
    bytes += held - start;
    runs.push({ start, end: held, state, offset });
    return held === until;
  });
  return runs;
}

const outside = (start: Address, end: Address): SideRun => ({
  start,
  end,
  state: 'out-of-bounds',
  offset: null,
});
