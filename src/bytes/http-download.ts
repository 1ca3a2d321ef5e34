import { GrowingSource } from './growing-source';
import { count, isTelling, type Version } from './http-answer';
import type { Asked, HttpClient } from './http-client';
import { type ByteSource, SourceError } from './source';
import type { Spool } from './spool';
import type { Bytes, FileOffset } from './units';

export type DownloadState = 'running' | 'stopped' | 'done' | 'failed';

export interface DownloadProgress {
  readonly state: DownloadState;
  readonly done: Bytes;
  /** null: the server did not say. */
  readonly total: Bytes | null;
  /** A sentence where it failed. */
  readonly message: string | null;
}

/** Of a file that says neither its length nor, by its first byte, that it may be Wasm or gzip. */
const UNKNOWN_LIMIT: Bytes = 64 * 2 ** 20;
const BETWEEN_REPORTS_MS = 80;

/**
 * A file that can only be had whole, from front to back: a growing source. Starts at once; `stop` leaves the connection
 * open and takes nothing more from it.
 */
export class Download implements ByteSource {
  readonly #client: HttpClient;
  readonly #growing: GrowingSource;
  readonly #onProgress: (progress: DownloadProgress) => void;
  /** A body that does not end is given up after so much. */
  #limit: Bytes;
  readonly #closing = new AbortController();
  readonly #loop: Promise<void>;
  #total: Bytes | null;
  #state: DownloadState = 'running';
  #message: string | null = null;
  #resume: () => void = () => undefined;
  #reported = 0;

  constructor(
    client: HttpClient,
    asked: Asked,
    spool: Spool,
    limit: Bytes,
    onProgress: (progress: DownloadProgress) => void,
  ) {
    this.#client = client;
    this.#growing = new GrowingSource(spool);
    this.#limit = limit;
    this.#onProgress = onProgress;
    this.#total = asked.answer.kind === 'whole' ? asked.answer.size : null;
    this.#loop = this.#run(asked);
  }

  get size(): Bytes | null {
    return this.#growing.size;
  }

  get arrived(): Bytes {
    return this.#growing.arrived;
  }

  get progress(): DownloadProgress {
    const total = this.#total !== null && this.arrived > this.#total ? null : this.#total;
    return { state: this.#state, done: this.arrived, total, message: this.#message };
  }

  read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#growing.read(offset, length, signal);
  }

  stop(): void {
    if (this.#state !== 'running') return;
    this.#state = 'stopped';
    this.#report();
  }

  resume(): void {
    if (this.#state !== 'stopped') return;
    this.#state = 'running';
    this.#resume();
    this.#report();
  }

  /** Ends it for good and gives the space back. */
  async discard(): Promise<void> {
    this.#closing.abort(new SourceError('This file was closed.'));
    this.#resume();
    await this.#loop;
    await this.#growing.discard();
  }

  async #run(first: Asked): Promise<void> {
    const { signal } = this.#closing;
    let asked: Asked | null = first;
    try {
      await this.#client.retry(signal, async () => {
        const version: Version | null = this.#client.version;
        if (asked === null && this.arrived > 0 && (version === null || !isTelling(version)))
          throw this.#client.error(
            `the connection dropped after ${count(this.arrived)} bytes, and the server gives nothing to go on from`,
          );
        const { response } = asked ?? (await this.#client.ask(null, signal));
        asked = null;
        await this.#take(response, signal);
      });
      this.#state = 'done';
      this.#growing.end();
      this.#report();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Adds what is not here yet: after a drop the server begins again at the start. */
  async #take(response: Response, signal: AbortSignal): Promise<void> {
    let skip = this.arrived;
    for await (const chunk of this.#client.body(response, signal)) {
      const fresh = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - fresh.length;
      const [first] = chunk;
      if (this.arrived === 0 && this.#total === null && first !== 0x00 && first !== 0x1f)
        this.#limit = Math.min(this.#limit, UNKNOWN_LIMIT);
      if (this.arrived + fresh.length > this.#limit)
        throw this.#client.error(
          `the server sent ${count(this.#limit)} bytes and no end; more are not taken`,
        );
      if (fresh.length > 0) await this.#growing.append(fresh);
      if (performance.now() - this.#reported > BETWEEN_REPORTS_MS) this.#report();
      if (this.#state === 'stopped') await this.#resumed();
    }
  }

  #resumed(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  #fail(error: unknown): void {
    // `discard` ends the growing source itself.
    if (this.#closing.signal.aborted) return;
    const known =
      error instanceof SourceError
        ? error
        : this.#client.error(
            `the download stopped at ${count(this.arrived)} bytes (${error instanceof Error ? error.message : String(error)})`,
            error,
          );
    this.#state = 'failed';
    this.#message = known.message;
    this.#growing.fail(known);
    this.#report();
  }

  #report(): void {
    if (this.#closing.signal.aborted) return;
    this.#reported = performance.now();
    this.#onProgress(this.progress);
  }
}
