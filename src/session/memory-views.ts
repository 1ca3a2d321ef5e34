import type { Address, Bytes } from '../bytes/units';
import type { StateRun } from '../coredump/model';
import { foldsOf } from '../memory/folds';
import { type MemoryModel, mergedRuns } from '../memory/memory-model';
import { nextRegion, stripOf } from '../memory/strip';
import { answerAddress, segmentRows } from './answers';
import { findPointers } from './find-pointers';
import { namedSegments } from './named-segments';
import type { OpenDump } from './open-dump';
import { readWindow } from './read-window';
import type { Symbolizer } from './symbolizer';
import type {
  AddressAnswer,
  AddressQuery,
  Folds,
  MemoryLayout,
  MemoryWindow,
  NamedSegment,
  PointersFound,
  SegmentRow,
  Session,
  Strip,
} from './types';

/** What is open in the session, at the time of a question. */
export interface MemorySurroundings {
  readonly open: OpenDump | null;
  readonly signal: AbortSignal;
  readonly version: number;
}

/** The questions about the memories of what is open. */
export type MemoryQuestions = Pick<
  Session,
  | 'read'
  | 'folds'
  | 'runs'
  | 'strip'
  | 'classify'
  | 'nextRegion'
  | 'namedSegments'
  | 'layouts'
  | 'pointersTo'
  | 'segments'
>;

/** Answers questions about the memories of the dump that is open when they are asked; where none is, there is nothing in it. */
export class MemoryViews implements MemoryQuestions {
  readonly #symbols: Symbolizer;
  readonly #now: () => MemorySurroundings;

  constructor(symbols: Symbolizer, now: () => MemorySurroundings) {
    this.#symbols = symbols;
    this.#now = now;
  }

  async read(memory: number, address: Address, length: Bytes, left?: AbortSignal): Promise<MemoryWindow> {
    const { open, version, signal } = this.#now();
    return readWindow(open, memory, address, length, version, signal, left);
  }

  async folds(memory: number, rowBytes: Bytes, minimumRows: number): Promise<Folds> {
    const model = this.#model(memory);
    const { version } = this.#now();
    if (model === null)
      return { rows: new Float64Array(0), counts: new Float64Array(0), states: new Uint8Array(0), version };
    return { ...foldsOf(model, rowBytes, minimumRows), version };
  }

  async runs(memory: number, start: Address, end: Address, limit: number): Promise<readonly StateRun[]> {
    const model = this.#model(memory);
    return model === null ? [] : mergedRuns(model, start, end, limit);
  }

  async strip(memory: number, buckets: number): Promise<Strip> {
    const model = this.#model(memory);
    const { version } = this.#now();
    return model === null ? { runs: [], exact: true, version } : { ...stripOf(model, buckets), version };
  }

  async classify(queries: readonly AddressQuery[]): Promise<readonly AddressAnswer[]> {
    const models = new Map<number, MemoryModel | null>();
    return queries.map((query) => {
      const model = models.get(query.memory) ?? this.#model(query.memory);
      models.set(query.memory, model);
      return answerAddress(query, model, this.#now().open?.index ?? null);
    });
  }

  async nextRegion(memory: number, address: Address, direction: 1 | -1): Promise<Address | null> {
    const model = this.#model(memory);
    return model === null ? null : nextRegion(model, address, direction);
  }

  async namedSegments(memory: number): Promise<readonly NamedSegment[]> {
    const { open } = this.#now();
    if (open === null) return [];
    const { segments } = open.walked.assembled.names;
    return namedSegments(open.index, segments, memory, this.#symbols.layouts(open, memory));
  }

  async layouts(memory: number): Promise<readonly MemoryLayout[]> {
    const { open } = this.#now();
    return open === null ? [] : this.#symbols.layouts(open, memory);
  }

  async pointersTo(memory: number, first: Address, last: Address, from: Address): Promise<PointersFound> {
    const { open, signal } = this.#now();
    const model = this.#model(memory);
    if (open === null || model === null) return { hits: [], scanned: 0, next: null };
    return findPointers(open, model, { first, last, from }, signal);
  }

  async segments(first: number, count: number): Promise<readonly SegmentRow[]> {
    const { open } = this.#now();
    return open === null ? [] : segmentRows(open.index, open.walked.assembled.names.segments, first, count);
  }

  #model(memory: number): MemoryModel | null {
    return this.#now().open?.model(memory) ?? null;
  }
}
