import type { ByteSource } from '../bytes/source';
import type { Address, Bytes } from '../bytes/units';
import { yieldToEvents } from '../bytes/yield';
import { capturedBytes, type MemoryModel } from '../memory/memory-model';
import { compileQuery } from '../memory/search/query';
import type { SegmentTable } from '../memory/segment-table';
import { type FindBatch, findExpression, findMatches, findStrings } from './find-batches';
import type { FindRequest, FindUpdate } from './find-types';
import { type Gate, gate } from './gate';
import { sentence } from './intake';
import type { LineRunner } from './line-runner';

/** The thread answers others, and takes what is read ahead, at least this often, in milliseconds: what brings it holds some hundred KiB, a quarter of a millisecond's reading. */
const TURN = 0.2;
/** Progress is told this often; the first hits at once. */
const TELL = 80;

export interface FindContext {
  readonly source: ByteSource;
  readonly table: SegmentTable;
  readonly memory: MemoryModel;
  readonly runner: () => LineRunner;
  readonly onUpdate: (update: FindUpdate) => void;
}

/** One search under way. It stops at once when told to, or at its limit of hits, and goes on where it was. */
export class FindTask {
  readonly #context: FindContext;
  readonly #request: FindRequest;
  readonly #abort = new AbortController();
  #runner: LineRunner | null = null;
  #gate: Gate | null = null;
  #state: FindUpdate['state'] = 'running';
  #room: number;
  #addresses: Address[] = [];
  #lengths: Bytes[] = [];
  #texts: string[] = [];
  #progress: { searched: Bytes; zeros: Bytes; at: Address } = { searched: 0, zeros: 0, at: 0 };
  #told = Number.NEGATIVE_INFINITY;

  constructor(context: FindContext, request: FindRequest) {
    this.#context = context;
    this.#request = request;
    this.#room = request.limit;
  }

  async run(): Promise<void> {
    try {
      const batches = this.#batches();
      if (batches !== null) await this.#drain(batches);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#end('failed', sentence(error));
    }
  }

  stop(): void {
    if (this.#state !== 'running') return;
    this.#gate = gate();
    this.#tell('stopped');
    this.#runner?.interrupt();
  }

  resume(): void {
    if (this.#state !== 'stopped' && this.#state !== 'limit') return;
    this.#room = this.#request.limit;
    this.#tell('running');
    this.#gate?.open();
    this.#gate = null;
  }

  /** Nothing more is told. */
  close(): void {
    this.#abort.abort(new Error('The search was closed.'));
    this.#runner?.interrupt();
    this.#gate?.open();
    this.#gate = null;
  }

  /** null: there is nothing to look for, and that was told. */
  #batches(): AsyncGenerator<FindBatch> | null {
    const { query, zeros } = this.#request;
    const { source, table, memory } = this.#context;
    const input = { source, table, memory, zeros, signal: this.#abort.signal };
    if (query.kind === 'strings') return findStrings(input, query);
    const compiled = compileQuery(query);
    if (compiled.kind === 'problem') {
      this.#end('failed', compiled.message);
      return null;
    }
    if (compiled.kind === 'matcher') return findMatches(input, compiled.matcher);
    const encoding = query.kind === 'expression' ? query.encoding : 'utf-8';
    this.#runner = this.#context.runner();
    return findExpression(input, { ...compiled, encoding }, this.#runner, () => this.#opened());
  }

  async #drain(batches: AsyncGenerator<FindBatch>): Promise<void> {
    let turn = performance.now();
    for await (const batch of batches) {
      await this.#opened();
      const { searched, zeros, at } = batch;
      this.#progress = { searched, zeros, at };
      for (let from = 0; from < batch.addresses.length; ) {
        const to = Math.min(batch.addresses.length, from + this.#room);
        this.#take(batch, from, to);
        from = to;
        if (this.#room > 0) continue;
        this.#gate = gate();
        this.#tell('limit');
        await this.#opened();
      }
      const first = this.#told < 0 && this.#addresses.length > 0;
      if (first || performance.now() - this.#told > TELL) this.#tell('running');
      if (performance.now() - turn > TURN) {
        await yieldToEvents();
        turn = performance.now();
      }
    }
    await this.#opened();
    this.#end('done', null);
  }

  #take(batch: FindBatch, from: number, to: number): void {
    for (let index = from; index < to; index += 1) {
      this.#addresses.push(batch.addresses[index] ?? 0);
      this.#lengths.push(batch.lengths[index] ?? 0);
      const text = batch.texts[index];
      if (text !== undefined) this.#texts.push(text);
    }
    this.#room -= to - from;
  }

  async #opened(): Promise<void> {
    while (this.#gate !== null) await this.#gate.opened;
    this.#abort.signal.throwIfAborted();
  }

  #end(state: 'done' | 'failed', message: string | null): void {
    this.#runner?.interrupt();
    this.#tell(state, message);
  }

  #tell(state: FindUpdate['state'], message: string | null = null): void {
    if (this.#abort.signal.aborted) return;
    this.#state = state;
    this.#told = performance.now();
    const update: FindUpdate = {
      state,
      addresses: Float64Array.from(this.#addresses),
      lengths: Uint32Array.from(this.#lengths),
      texts: this.#texts,
      ...this.#progress,
      total: capturedBytes(this.#context.memory),
      message,
    };
    this.#addresses = [];
    this.#lengths = [];
    this.#texts = [];
    this.#context.onUpdate(update);
  }
}
