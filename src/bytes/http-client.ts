import { type Answer, count, difference, judge, type Version, versionOf } from './http-answer';
import { changeRefusal, noAnswer, redirectRefusal, refusalOf, shownAddress } from './http-text';
import { pause } from './pause';
import { SourceError } from './source';
import type { Bytes, FileOffset } from './units';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpOptions {
  readonly fetch: Fetch;
  /** Of the page that asks; null where there is none. */
  readonly origin: string | null;
  /**
   * A page is not told where a redirect leads before its browser went there: `refuse` asks no host that was not named,
   * `follow` is for who was told so.
   */
  readonly redirects: 'refuse' | 'follow';
  /** Between tries after a connection dropped; as many tries more as there are numbers. */
  readonly backoff?: readonly number[];
  /** Without a byte for so long, a connection counts as dropped. */
  readonly stall?: number;
}

/** An answer whose body is still to be read. */
export interface Asked {
  readonly answer: Answer;
  readonly response: Response;
}

/** A connection that dropped, or a server that is busy: worth another try. */
class Dropped extends Error {
  override readonly name = 'Dropped';
  /** What the server asks to be waited, in milliseconds; null: it does not say. */
  readonly wait: number | null;

  constructor(message: string, options: { readonly cause?: unknown; readonly wait?: number | null } = {}) {
    super(message, options);
    this.wait = options.wait ?? null;
  }
}

const BACKOFF: readonly number[] = [250, 1000, 3000];
const STALL = 30_000;
/** A server that asks for a longer pause is not waited for: who looks can try again. */
const LONGEST_WAIT = 30_000;
/** After so many bytes more a drop counts as the first one again. */
const HEADWAY: Bytes = 64 * 1024;
/** A server may send less than it was asked for; one that sends less than this would need too many requests. */
const SMALLEST_PART: Bytes = 64 * 1024;

/**
 * Requests for one address. Sends no credentials, no referrer and no header that needs a preflight: `If-Range` would, so
 * that the file is the same is seen from the answers.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  #url: string;
  #version: Version | null = null;
  #changed: SourceError | null = null;
  #requests = 0;
  #bytes: Bytes = 0;

  constructor(url: string, options: HttpOptions) {
    this.#url = url;
    this.#options = options;
  }

  /** Where the bytes come from: after a redirect, where that led. */
  get url(): string {
    return this.#url;
  }

  get version(): Version | null {
    return this.#version;
  }

  /** What this client asked for and received so far. */
  get traffic(): { readonly requests: number; readonly bytes: Bytes } {
    return { requests: this.#requests, bytes: this.#bytes };
  }

  /**
   * Asks once more until there is an answer to go by.
   * @param range null: the whole file.
   * @throws SourceError when the server refuses, has changed the file, or cannot be reached.
   */
  async ask(range: { start: FileOffset; end: FileOffset } | null, signal: AbortSignal): Promise<Asked> {
    return this.retry(signal, () => this.#ask(range, signal));
  }

  /** Does something until it no longer drops; each further try comes later than the last. */
  async retry<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const tries = new Tries(this.#options.backoff ?? BACKOFF);
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        await this.#afterDrop(error, tries, signal);
      }
    }
  }

  /**
   * The bytes [start, end) in order, exactly as many. A connection that drops is taken up where it stopped.
   * @param first an answer for that range that is here already; null: there is none.
   * @throws the signal's reason; a SourceError when the bytes cannot be had.
   */
  async *stream(
    start: FileOffset,
    end: FileOffset,
    signal: AbortSignal,
    first: Asked | null = null,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const tries = new Tries(this.#options.backoff ?? BACKOFF);
    let at = start;
    let asked = first;
    while (at < end) {
      const from = at;
      try {
        const { answer, response } = asked ?? (await this.#ask({ start: at, end }, signal));
        asked = null;
        const part = this.#partEnd(answer, at, end);
        for await (const chunk of this.body(response, signal)) {
          if (at + chunk.length > part)
            throw this.error(`more bytes came than the ${count(part - from)} that were announced`);
          at += chunk.length;
          yield chunk;
        }
        if (at < part) throw new Dropped(`${count(at - from)} of ${count(part - from)} bytes came`);
      } catch (error) {
        asked = null;
        if (at - from >= HEADWAY) tries.reset();
        await this.#afterDrop(error, tries, signal);
      }
    }
  }

  /**
   * The pieces of a body. The connection is let go when the reader stops.
   * @throws Dropped where it drops or stalls: inside of `retry` or `stream` it is tried again.
   */
  async *body(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (response.body === null) return;
    const reader = response.body.getReader();
    const stop = (): void => void reader.cancel(signal.reason).catch(() => undefined);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const { done, value } = await this.#inTime(reader.read(), signal);
        signal.throwIfAborted();
        if (done) return;
        this.#bytes += value.length;
        yield value;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      // It may have failed already; then there is nothing to let go.
      reader.cancel().catch(() => undefined);
    }
  }

  /** A sentence about this address. */
  error(why: string, cause?: unknown): SourceError {
    return new SourceError(`${shownAddress(this.#url)}: ${why}.`, { cause });
  }

  async #ask(range: { start: FileOffset; end: FileOffset } | null, signal: AbortSignal): Promise<Asked> {
    if (this.#changed !== null) throw this.#changed;
    const refusal = refusalOf(this.#url, this.#options.origin);
    if (refusal !== null) throw new SourceError(refusal);
    signal.throwIfAborted();
    this.#requests += 1;
    // Once the head is here, letting go of the body ends the request.
    const abort = new AbortController();
    const follow = (): void => abort.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    const answering = this.#options.fetch(this.#url, {
      headers: range === null ? {} : { Range: `bytes=${range.start}-${range.end - 1}` },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // A cache that mixes two states of the file would be worse than none; the blocks are kept here anyway.
      cache: 'no-store',
      redirect: this.#options.redirects === 'follow' && this.#version === null ? 'follow' : 'manual',
      signal: abort.signal,
    });
    let response: Response;
    try {
      response = await this.#inTime(answering, signal);
    } catch (error) {
      abort.abort(error);
      throw error;
    } finally {
      signal.removeEventListener('abort', follow);
    }
    const answer = judge(response);
    if (answer.kind !== 'part' && answer.kind !== 'whole') response.body?.cancel().catch(() => undefined);
    if (answer.kind === 'busy')
      throw new Dropped(`the server answers ${answer.status}`, { wait: answer.wait });
    if (answer.kind === 'refused') throw this.error(answer.why);
    if (answer.kind === 'redirect') throw new SourceError(redirectRefusal(this.#url));
    this.#follow(response);
    if ('size' in answer) this.#check(response, answer.size);
    if (answer.kind === 'outside')
      throw this.error(`the server answers 416: it has no such bytes of ${count(answer.size)}`);
    return { answer, response };
  }

  /** Goes on from where a redirect led, and from nowhere else. */
  #follow(response: Response): void {
    if (!response.redirected || response.url === '' || response.url === this.#url) return;
    const { protocol } = new URL(response.url);
    const downgraded = this.#url.startsWith('https:') && protocol !== 'https:';
    const refused = downgraded || !/^https?:$/.test(protocol);
    if (refused) response.body?.cancel().catch(() => undefined);
    if (refused) throw this.error(`it redirects to a ${protocol} address, which is not followed`);
    this.#url = response.url;
  }

  #check(response: Response, size: Bytes | null): void {
    const version = versionOf(response.headers, size);
    const changed = this.#version === null ? null : difference(this.#version, version);
    this.#version ??= version;
    if (changed === null) return;
    response.body?.cancel().catch(() => undefined);
    this.#changed = new SourceError(changeRefusal(this.#url, changed));
    throw this.#changed;
  }

  #partEnd(answer: Answer, start: FileOffset, end: FileOffset): FileOffset {
    if (answer.kind === 'whole') throw this.error('the server stopped answering with ranges');
    if (answer.kind === 'unusable') throw this.error(`a range cannot be used: ${answer.why}`);
    if (answer.kind !== 'part') throw this.error('the file is empty now');
    const enough = answer.end === end || answer.end - start >= SMALLEST_PART;
    if (answer.start === start && answer.end <= end && enough) return answer.end;
    throw this.error(
      `bytes ${count(start)} to ${count(end - 1)} were asked for, ${count(answer.start)} to ${count(answer.end - 1)} were answered`,
    );
  }

  /** @throws Dropped for a failed connection, and when nothing happens for too long. */
  async #inTime<T>(happening: Promise<T>, signal: AbortSignal): Promise<T> {
    const stall = this.#options.stall ?? STALL;
    const done = new AbortController();
    const late = pause(stall, done.signal).then(
      () => {
        throw new Dropped(`nothing came for ${Math.round(stall / 1000)} seconds`);
      },
      () => new Promise<never>(() => undefined),
    );
    try {
      return await Promise.race([happening, late]);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Dropped) throw error;
      throw new Dropped('the connection dropped', { cause: error });
    } finally {
      done.abort();
    }
  }

  async #afterDrop(error: unknown, tries: Tries, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!(error instanceof Dropped)) throw error;
    const wait = tries.next();
    if (error.wait !== null && error.wait > LONGEST_WAIT)
      throw this.error(
        `${error.message} and asks to wait ${count(Math.ceil(error.wait / 1000))} seconds`,
        error,
      );
    // Most often the host does not allow it, and will not in a second.
    if (this.#version === null && error.cause !== undefined && tries.made > 1)
      throw new NoAnswer(noAnswer(this.#url, this.#options.origin), { cause: error });
    if (wait !== null) return pause(Math.max(wait, error.wait ?? 0), signal);
    throw this.error(`${error.message}, ${tries.made} times in a row`, error);
  }
}

/** Nothing is known of the server yet, and requests fail without an answer. */
export class NoAnswer extends SourceError {}

class Tries {
  readonly #waits: readonly number[];
  made = 0;

  constructor(waits: readonly number[]) {
    this.#waits = waits;
  }

  reset(): void {
    this.made = 0;
  }

  /** How long to wait before the next one; null: that was the last. */
  next(): number | null {
    const wait = this.#waits[this.made] ?? null;
    this.made += 1;
    return wait;
  }
}
