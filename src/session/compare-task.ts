import type { Address, Bytes } from '../bytes/units';
import { yieldToEvents } from '../bytes/yield';
import { type CompareStep, compareEnd, compareMemories } from '../memory/compare/compare';
import type { Side } from '../memory/compare/side';
import { Tally } from '../memory/compare/tally';
import { capturedBytes } from '../memory/memory-model';
import type { CompareRequest, CompareUpdate } from './compare-types';
import { type Gate, gate } from './gate';
import { sentence } from './intake';

/** The thread answers others at least this often, in milliseconds. */
const TURN = 2;
/** Progress is told this often; the first ranges at once. */
const TELL = 80;

export interface CompareContext {
  readonly here: Side | null;
  readonly there: Side | null;
  readonly onUpdate: (update: CompareUpdate) => void;
}

type Facts = Pick<CompareUpdate, 'counts' | 'found' | 'passed' | 'at'>;

interface Listed {
  readonly start: Address;
  readonly length: Bytes;
  readonly differing: Bytes;
  readonly kind: number;
}

/**
 * One comparison under way. The first pass counts everything and lists ranges up to the limit; a further pass begins at
 * the first range that was not listed, and lists as many more.
 */
export class CompareTask {
  readonly #context: CompareContext;
  readonly #request: CompareRequest;
  readonly #abort = new AbortController();
  #gate: Gate | null = null;
  #state: CompareUpdate['state'] = 'running';
  #ranges: Listed[] = [];
  #facts: Facts = { counts: new Tally().counts(), found: 0, passed: 0, at: 0 };
  /** Where the first range begins that is not listed; null: all found so far are. */
  #unlisted: Address | null = null;
  #told = Number.NEGATIVE_INFINITY;

  constructor(context: CompareContext, request: CompareRequest) {
    this.#context = context;
    this.#request = request;
  }

  run(): Promise<void> {
    return this.#pass(0, true);
  }

  stop(): void {
    if (this.#state !== 'running') return;
    this.#gate = gate();
    this.#tell('stopped');
  }

  resume(): void {
    if (this.#state === 'stopped') {
      this.#tell('running');
      this.#gate?.open();
      this.#gate = null;
    } else if (this.#state === 'done' && this.#unlisted !== null) {
      this.#tell('running');
      void this.#pass(this.#unlisted, false);
    }
  }

  /** Nothing more is told. */
  close(): void {
    this.#abort.abort(new Error('The comparison was closed.'));
    this.#gate?.open();
    this.#gate = null;
  }

  async #pass(from: Address, counting: boolean): Promise<void> {
    try {
      await this.#compare(from, counting);
      this.#tell('done');
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#tell('failed', sentence(error));
    }
  }

  async #compare(from: Address, counting: boolean): Promise<void> {
    const { here, there } = this.#context;
    const { limit, listUnknown } = this.#request;
    const { signal } = this.#abort;
    let room = limit;
    let turn = performance.now();
    this.#unlisted = null;
    for await (const step of compareMemories({ here, there, from, listUnknown, signal })) {
      if (counting) this.#facts = { ...step };
      room -= this.#list(step, room);
      if (this.#unlisted !== null && !counting) return;
      const first = this.#told < 0 && this.#ranges.length > 0;
      if (first || performance.now() - this.#told > TELL) this.#tell(this.#state);
      if (performance.now() - turn > TURN) {
        await yieldToEvents();
        turn = performance.now();
      }
      await this.#opened();
    }
  }

  /** Takes what there is room for, and answers with how many ranges that are. */
  #list({ starts, lengths, differing, kinds }: CompareStep, room: number): number {
    const taken = Math.min(room, starts.length);
    for (let index = 0; index < taken; index += 1)
      this.#ranges.push({
        start: starts[index] ?? 0,
        length: lengths[index] ?? 0,
        differing: differing[index] ?? 0,
        kind: kinds[index] ?? 0,
      });
    if (taken < starts.length) this.#unlisted ??= starts[taken] ?? null;
    return taken;
  }

  async #opened(): Promise<void> {
    while (this.#gate !== null) await this.#gate.opened;
    this.#abort.signal.throwIfAborted();
  }

  #tell(state: CompareUpdate['state'], message: string | null = null): void {
    if (this.#abort.signal.aborted) return;
    const { here, there, onUpdate } = this.#context;
    const ranges = this.#ranges;
    this.#ranges = [];
    this.#state = state;
    this.#told = performance.now();
    const { counts, found, passed, at } = this.#facts;
    onUpdate({
      state,
      starts: Float64Array.from(ranges, ({ start }) => start),
      lengths: Float64Array.from(ranges, ({ length }) => length),
      differing: Float64Array.from(ranges, ({ differing }) => differing),
      kinds: Uint8Array.from(ranges, ({ kind }) => kind),
      counts,
      found,
      passed,
      total: bytesOf(here) + bytesOf(there),
      at: state === 'done' ? compareEnd(here, there) : at,
      message,
    });
  }
}

function bytesOf(side: Side | null): Bytes {
  return side === null ? 0 : capturedBytes(side.memory);
}
