import { BLOCK, BlockCache } from './block-cache';
import type { Urgency } from './block-requests';
import { BytesSource } from './bytes-source';
import { count } from './http-answer';
import { type Asked, HttpClient, type HttpOptions, NoAnswer } from './http-client';
import { Download, type DownloadProgress } from './http-download';
import { beginsAsPage, headOfPage, isPage, pageRefusal } from './http-page';
import { unlessAborted } from './pause';
import { type ByteSource, SourceError } from './source';
import type { Spool } from './spool';
import type { Bytes, FileOffset } from './units';

export interface HttpSourceOptions extends HttpOptions {
  /** Where a file is put that can only be had whole. */
  readonly createSpool: () => Promise<Spool>;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** A body that does not end is given up after so much. */
  readonly downloadLimit?: Bytes;
}

/** The first request: what most dumps' heads need, and small dumps as a whole. */
const FIRST: Bytes = 2 * BLOCK;
const DOWNLOAD_LIMIT: Bytes = 4 * 2 ** 30;

/**
 * A file on a web server. Nothing is asked for until the first read. Where the server answers with ranges, blocks are
 * fetched as they are read; where it does not, the file is downloaded whole, and grows. Both are one file of one state:
 * a change on the server is an error, never a mixture.
 */
export class HttpSource implements ByteSource {
  readonly #options: HttpSourceOptions;
  readonly #url: string;
  readonly #client: HttpClient;
  readonly #closing = new AbortController();
  #opening: {
    readonly source: Promise<ByteSource>;
    readonly abort: AbortController;
    waiting: number;
  } | null = null;
  #source: ByteSource | null = null;
  #note: string | null = null;

  constructor(url: string, options: HttpSourceOptions) {
    this.#url = url;
    this.#options = options;
    this.#client = new HttpClient(url, options);
  }

  get size(): Bytes | null {
    return this.#source?.size ?? null;
  }

  get arrived(): Bytes {
    return this.#source?.arrived ?? 0;
  }

  /** Requests sent and bytes received so far. */
  get traffic(): { readonly requests: number; readonly bytes: Bytes } {
    return this.#client.traffic;
  }

  /** Where the bytes come from: after a redirect, where that led. */
  get url(): string {
    return this.#client.url;
  }

  /** What is to be known of where the bytes come from, as sentences: that another address was asked, or all is downloaded. */
  get notes(): readonly string[] {
    const [asked, answered] = [new URL(this.#url).host, new URL(this.#client.url).host];
    const redirected =
      asked === answered ? [] : [`${asked} redirected to ${answered}; the file comes from there.`];
    return this.#note === null ? redirected : [...redirected, this.#note];
  }

  /** The download of the whole file; null where ranges are read. */
  get download(): Download | null {
    return this.#source instanceof Download ? this.#source : null;
  }

  read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#read(offset, length, 'view', signal);
  }

  /** The same file for readers that let others go first. */
  as(urgency: Urgency): ByteSource {
    const size = () => this.size;
    const arrived = () => this.arrived;
    return {
      get size() {
        return size();
      },
      get arrived() {
        return arrived();
      },
      read: (offset, length, signal) => this.#read(offset, length, urgency, signal),
    };
  }

  async #read(
    offset: FileOffset,
    length: Bytes,
    urgency: Urgency,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    const source = this.#source ?? (await this.#opened(signal));
    if (source instanceof BlockCache) return source.read(offset, length, signal, urgency);
    return source.read(offset, length, signal);
  }

  /** Ends what is under way and gives the space back. */
  async discard(): Promise<void> {
    this.#closing.abort(new SourceError('This file was closed.'));
    this.#opening?.abort.abort(this.#closing.signal.reason);
    await this.download?.discard();
    this.#source = null;
  }

  /** The first request is shared by all who read, and aborted when none of them waits any more. */
  async #opened(signal: AbortSignal | undefined): Promise<ByteSource> {
    signal?.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    if (this.#opening === null) {
      const abort = new AbortController();
      const source = this.#open(abort.signal);
      source.catch(() => undefined);
      this.#opening = { source, abort, waiting: 0 };
    }
    const opening = this.#opening;
    opening.waiting++;
    try {
      return await unlessAborted(opening.source, signal);
    } finally {
      opening.waiting--;
      if (opening.waiting === 0 && this.#source === null && signal?.aborted === true) {
        opening.abort.abort(signal.reason);
        if (this.#opening === opening) this.#opening = null;
      }
    }
  }

  async #open(signal: AbortSignal): Promise<ByteSource> {
    const source = await this.#choose(await this.#first(signal), signal);
    if (signal.aborted && source instanceof Download) await source.discard();
    signal.throwIfAborted();
    this.#source = source;
    return source;
  }

  /**
   * The answer to the first request. One that fails is sent once more without a range: a server with compressed files
   * answers with a compressed range, which Chromium does not hand out (`Content-Encoding: gzip` and 206, held by
   * "opens what stands beside the page" in remote.spec.ts: the sample module is served that way).
   */
  async #first(signal: AbortSignal): Promise<Asked> {
    try {
      return await this.#client.ask({ start: 0, end: FIRST }, signal);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return this.#client.ask(null, signal);
    }
  }

  async #choose(asked: Asked, signal: AbortSignal): Promise<ByteSource> {
    const { answer } = asked;
    switch (answer.kind) {
      case 'part': {
        const end = Math.min(answer.size, FIRST);
        const cache = new BlockCache({
          size: answer.size,
          fetch: (from, to, within) => this.#client.stream(from, to, within),
        });
        const head = await this.#gather(end, signal, asked);
        // A host that answers with its start page for what it does not have does so in ranges too.
        if (isPage(asked.response.headers) && beginsAsPage(head)) throw this.#client.error(pageRefusal(head));
        cache.seed(head);
        return cache;
      }
      case 'empty':
        return new BytesSource(new Uint8Array(0));
      case 'whole':
        return this.#download(asked, 'it does not answer with ranges', signal);
      case 'unusable':
        return this.#download(await this.#client.ask(null, signal), answer.why, signal);
      default:
        throw this.#client.error(`the server answers ${asked.response.status}`);
    }
  }

  async #gather(end: FileOffset, signal: AbortSignal, asked: Asked): Promise<Uint8Array> {
    const bytes = new Uint8Array(end);
    let at = 0;
    for await (const piece of this.#client.stream(0, end, signal, asked)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  async #download(asked: Asked, why: string, signal: AbortSignal): Promise<ByteSource> {
    if (asked.answer.kind !== 'whole')
      throw this.#client.error(`the server answers ${asked.response.status} to a request for the whole file`);
    const { response } = asked;
    if (isPage(response.headers)) {
      const head = await headOfPage((late) => this.#client.body(response, late));
      signal.throwIfAborted();
      throw this.#client.error(pageRefusal(head));
    }
    const limit = this.#options.downloadLimit ?? DOWNLOAD_LIMIT;
    if (asked.answer.size !== null && asked.answer.size > limit) {
      response.body?.cancel().catch(() => undefined);
      throw this.#client.error(
        `${count(asked.answer.size)} bytes would have to be downloaded whole, because ${why}; at most ${count(limit)} are`,
      );
    }
    const spool = await this.#options.createSpool();
    if (signal.aborted) await spool.discard();
    signal.throwIfAborted();
    this.#note = `${new URL(this.#client.url).host} cannot be read in parts: ${why}. The whole file is downloaded.`;
    return new Download(this.#client, asked, spool, limit, (progress) =>
      this.#options.onProgress?.(progress),
    );
  }
}
