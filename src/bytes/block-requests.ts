import { SourceError } from './source';
import type { FileOffset } from './units';

/**
 * Who waits for bytes: somebody who looks at them (`view`); the view, if it goes on as it moves (`ahead`); or work that
 * goes through all of a file and shows nothing until it has (`background`: indexing, searching, comparing).
 */
export type Urgency = 'view' | 'ahead' | 'background';

/**
 * A request is sent while fewer than so many are under way. A browser has six connections to a host (HTTP/1.1): two are
 * left to a module and to the page itself. Two requests fill a line: one's bytes come while the other's answer is on its
 * way. So the background never takes more, and what is looked at finds a free one at once.
 */
const AT_ONCE: Readonly<Record<Urgency, number>> = { view: 4, ahead: 3, background: 2 };
const ORDER: readonly Urgency[] = ['view', 'ahead', 'background'];

/** Blocks of one request: the longest window of a reader, wherever it begins. */
export const LONGEST_RUN = 130;

/** A view waits for a background request that is this many blocks from its own; past that it has one of its own. */
const NEAR = 2;

/**
 * A view that moves on before its bytes came, twice within `HURRY`, is only passing through: then its next request waits
 * so long that what is passed by is not asked for ("scrolling 200 views fast" in remote-scroll.test.ts). A jump is not delayed.
 */
const SETTLE = 60;
const HURRY = 200;

/** A block that was asked for and has not arrived. */
export interface Coming {
  readonly index: number;
  readonly arrival: Promise<Uint8Array>;
  readonly settle: (outcome: Uint8Array | { readonly error: unknown }) => void;
  /** Reads that wait for it. */
  readonly waiting: Record<Urgency, number>;
  /** The request that brings it; null until that was sent. */
  flight: Flight | null;
}

interface Flight {
  readonly urgency: Urgency;
  readonly abort: AbortController;
  /** Those that this request is to bring and that have not arrived. */
  readonly rest: Set<Coming>;
  /** Index of the block whose bytes come now. */
  at: number;
}

interface BlockRequestsOptions {
  /** Fetches [start, end) in order. */
  readonly fetch: (start: FileOffset, end: FileOffset, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  readonly startOf: (index: number) => FileOffset;
  readonly endOf: (index: number) => FileOffset;
  /** A whole block is here. */
  readonly arrived: (index: number, bytes: Uint8Array) => void;
}

/**
 * The blocks of a file that are on their way. Those asked for in the same moment that touch are one request; a block
 * under way is shared; a request for which nobody waits any more is aborted, and of a block only the whole is handed on.
 */
export class BlockRequests {
  readonly #options: BlockRequestsOptions;
  readonly #coming = new Map<number, Coming>();
  readonly #flights = new Set<Flight>();
  #pumping = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastAbort = Number.NEGATIVE_INFINITY;
  #calmAt = 0;

  constructor(options: BlockRequestsOptions) {
    this.#options = options;
  }

  /** Waits for a block, until `leave`. */
  join(index: number, urgency: Urgency): Coming {
    const coming = this.#coming.get(index) ?? this.#begin(index);
    coming.waiting[urgency] += 1;
    if (urgency === 'view') this.#overtake(coming);
    this.#wake();
    return coming;
  }

  /** One wait less. A request that nobody waits for is aborted, and a block not yet asked for never is. */
  leave(coming: Coming, urgency: Urgency): void {
    coming.waiting[urgency] -= 1;
    if (urgencyOf(coming) !== null || this.#coming.get(coming.index) !== coming) return;
    if (coming.flight === null) this.#drop([coming], new SourceError('No longer wanted.'));
    else this.#abandon(coming.flight);
  }

  #begin(index: number): Coming {
    let settle: Coming['settle'] = () => undefined;
    const arrival = new Promise<Uint8Array>((resolve, reject) => {
      settle = (outcome) => (outcome instanceof Uint8Array ? resolve(outcome) : reject(outcome.error));
    });
    // Who waited may be gone when it fails.
    arrival.catch(() => undefined);
    const waiting = { view: 0, ahead: 0, background: 0 };
    const coming: Coming = { index, arrival, settle, waiting, flight: null };
    this.#coming.set(index, coming);
    return coming;
  }

  /** Takes a block out of a long request of the background that will bring it much later. */
  #overtake(coming: Coming): void {
    const { flight } = coming;
    if (flight === null || flight.urgency !== 'background' || coming.index - flight.at <= NEAR) return;
    flight.rest.delete(coming);
    coming.flight = null;
    this.#abandon(flight);
  }

  #abandon(flight: Flight): void {
    for (const one of flight.rest) if (urgencyOf(one) !== null) return;
    this.#drop([...flight.rest], new SourceError('No longer wanted.'));
    flight.rest.clear();
    if (flight.abort.signal.aborted) return;
    flight.abort.abort();
    if (flight.urgency === 'background') return;
    this.#calm();
    this.#lastAbort = performance.now();
  }

  /** Where the view is passing through: nothing more is sent for it for a while. */
  #calm(): void {
    const now = performance.now();
    if (now - this.#lastAbort < HURRY) this.#calmAt = now + SETTLE;
  }

  #drop(blocks: readonly Coming[], error: unknown): void {
    for (const one of blocks) {
      if (this.#coming.get(one.index) === one) this.#coming.delete(one.index);
      one.settle({ error });
    }
  }

  /** In a microtask: what is asked for in one moment goes together. */
  #wake(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  /** Sends what may be sent, the most urgent first. */
  #pump(): void {
    const unsent = [...this.#coming.values()].filter(({ flight }) => flight === null);
    if (unsent.length === 0) return;
    unsent.sort((a, b) => a.index - b.index);
    for (const urgency of ORDER) {
      const runs = runsOf(unsent.filter((one) => urgencyOf(one) === urgency));
      if (runs.length > 0 && urgency !== 'background' && this.#hurries()) return;
      for (const run of runs) {
        if (this.#flights.size >= AT_ONCE[urgency]) return;
        if (urgency !== 'background') this.#calm();
        void this.#fly(run, urgency);
      }
    }
  }

  #hurries(): boolean {
    const wait = this.#calmAt - performance.now();
    if (wait <= 0) return false;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#pump();
    }, wait);
    return true;
  }

  async #fly(run: readonly Coming[], urgency: Urgency): Promise<void> {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) return;
    const { endOf, fetch, startOf } = this.#options;
    const flight: Flight = { urgency, abort: new AbortController(), rest: new Set(run), at: first.index };
    this.#flights.add(flight);
    for (const one of run) one.flight = flight;
    const lengthOf = (index: number) => (index > last.index ? 0 : endOf(index) - startOf(index));
    let error: unknown = new SourceError('The server sent less than it announced.');
    try {
      let room = new Uint8Array(lengthOf(flight.at));
      let filled = 0;
      for await (const piece of fetch(startOf(first.index), endOf(last.index), flight.abort.signal)) {
        for (let rest = piece; rest.length > 0 && flight.at <= last.index; ) {
          const taken = rest.subarray(0, room.length - filled);
          room.set(taken, filled);
          filled += taken.length;
          rest = rest.subarray(taken.length);
          if (filled < room.length) continue;
          this.#arrive(flight.at, room, flight);
          flight.at += 1;
          filled = 0;
          room = new Uint8Array(lengthOf(flight.at));
        }
      }
    } catch (reason) {
      error = reason;
    }
    this.#flights.delete(flight);
    this.#drop([...flight.rest], error);
    this.#wake();
  }

  #arrive(index: number, bytes: Uint8Array, by: Flight): void {
    this.#options.arrived(index, bytes);
    const coming = this.#coming.get(index);
    if (coming === undefined) return;
    this.#coming.delete(index);
    coming.settle(bytes);
    const { flight } = coming;
    flight?.rest.delete(coming);
    // The long request was faster than the one that overtook it.
    if (flight !== null && flight !== by && flight.rest.size === 0) flight.abort.abort();
  }
}

/** The most urgent of those who wait for a block; null: nobody does. */
function urgencyOf({ waiting }: Coming): Urgency | null {
  return ORDER.find((urgency) => waiting[urgency] > 0) ?? null;
}

/** Blocks that touch, in ascending order, each run as long as one request may be. */
function runsOf(blocks: readonly Coming[]): Coming[][] {
  const runs: Coming[][] = [];
  for (const one of blocks) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.index === one.index - 1 && run.length < LONGEST_RUN) run.push(one);
    else runs.push([one]);
  }
  return runs;
}
