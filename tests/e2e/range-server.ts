import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a file is served; what is not named is as a good server does it. */
export interface Serving {
  readonly bytes?: Uint8Array;
  /** In place of `bytes`: for files too large for the heap. */
  readonly path?: string;
  readonly etag?: string;
  readonly modified?: string;
  readonly type?: string;
  readonly encoding?: string;
  /** Milliseconds before each answer. */
  readonly delay?: number;
  /** Answers 200 with everything. */
  readonly ranges?: boolean;
  /** Without Content-Length, so that its end is not known before. */
  readonly chunked?: boolean;
  /** Which CORS headers are sent: all, without Expose-Headers, none. */
  readonly cors?: 'all' | 'hidden' | 'none';
  /** Closes the connection after so many bytes of each body, the first `drops` times. */
  readonly dropAfter?: number;
  readonly drops?: number;
  /** Ends the answer properly after so many bytes, whatever was announced. */
  readonly endAfter?: number;
  readonly status?: number;
  /** Of that many requests; then 206 or 200. */
  readonly statusFor?: number;
  readonly redirect?: string;
  /** Replaces Content-Range. */
  readonly contentRange?: (start: number, last: number, size: number) => string;
  /** Sends bytes without end. */
  readonly endless?: boolean;
  /** At most so many bytes of a range. */
  readonly atMost?: number;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface Seen {
  readonly path: string;
  readonly range: string | null;
  readonly headers: IncomingMessage['headers'];
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Body bytes handed to the connection. */
  sent: number;
  closed: boolean;
}

/** A web server for tests that does as it is told, and writes down what it was asked. */
export class RangeServer {
  readonly #files = new Map<string, Serving>();
  readonly #drops = new Map<string, number>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });
  readonly seen: Seen[] = [];

  static async start(host = '127.0.0.1'): Promise<RangeServer> {
    const server = new RangeServer();
    await new Promise<void>((resolve) => server.#server.listen(0, host, resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Serves a file from now on, in place of what was there. */
  serve(path: string, serving: Serving): string {
    this.#files.set(path, serving);
    this.#drops.delete(path);
    return `${this.origin}${path}`;
  }

  /** Requests for a file, in order. */
  of(path: string): Seen[] {
    return this.seen.filter((one) => one.path === path);
  }

  get sent(): number {
    return this.seen.reduce((sum, one) => sum + one.sent, 0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').replace(/\?.*/, '');
    const seen: Seen = {
      path,
      range: request.headers.range ?? null,
      headers: request.headers,
      at: Date.now(),
      method: request.method ?? '',
      sent: 0,
      closed: false,
    };
    this.seen.push(seen);
    response.on('close', () => {
      seen.closed = true;
    });
    const serving = this.#files.get(path);
    const before = this.of(path).length - 1;
    if (serving?.silent === true) return;
    if (serving?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, serving.delay));
    if (serving?.cors !== 'none') response.setHeader('Access-Control-Allow-Origin', '*');
    if (serving?.cors !== 'none' && serving?.cors !== 'hidden')
      response.setHeader('Access-Control-Expose-Headers', 'Content-Range, ETag, Content-Encoding');
    if (serving === undefined) return void response.writeHead(404).end('no such file');
    if (serving.redirect !== undefined)
      return void response.writeHead(302, { Location: serving.redirect }).end();
    if (serving.status !== undefined && before < (serving.statusFor ?? Number.POSITIVE_INFINITY))
      return void response.writeHead(serving.status, { 'Content-Type': 'text/html' }).end('<h1>no</h1>');
    response.setHeader('Content-Type', serving.type ?? 'application/octet-stream');
    if (serving.etag !== undefined) response.setHeader('ETag', serving.etag);
    if (serving.modified !== undefined) response.setHeader('Last-Modified', serving.modified);
    if (serving.encoding !== undefined) response.setHeader('Content-Encoding', serving.encoding);
    await this.#body(serving, seen, response);
  }

  async #body(serving: Serving, seen: Seen, response: ServerResponse): Promise<void> {
    const file = serving.path === undefined ? null : await open(serving.path);
    try {
      const size = file === null ? (serving.bytes?.length ?? 0) : (await file.stat()).size;
      const asked = serving.ranges === false ? null : /^bytes=(\d+)-(\d+)$/.exec(seen.range ?? '');
      const start = Number(asked?.[1] ?? 0);
      if (asked !== null && start >= size)
        return void response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
      const last = Math.min(Number(asked?.[2] ?? size - 1), size - 1, start + (serving.atMost ?? size) - 1);
      if (asked !== null) {
        const contentRange = serving.contentRange ?? ((from, to, of) => `bytes ${from}-${to}/${of}`);
        response.setHeader('Content-Range', contentRange(start, last, size));
      }
      const announced =
        serving.chunked !== true && serving.endless !== true && serving.endAfter === undefined;
      if (announced) response.setHeader('Content-Length', last - start + 1);
      response.writeHead(asked === null ? 200 : 206);
      await this.#send(
        serving,
        file,
        start,
        serving.endless === true ? Number.MAX_SAFE_INTEGER : last + 1,
        seen,
        response,
      );
    } finally {
      await file?.close();
    }
  }

  async #send(
    serving: Serving,
    file: FileHandle | null,
    start: number,
    end: number,
    seen: Seen,
    response: ServerResponse,
  ): Promise<void> {
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    const dropped = this.#drops.get(seen.path) ?? 0;
    const drop = serving.dropAfter !== undefined && dropped < (serving.drops ?? Number.POSITIVE_INFINITY);
    for (let at = start; at < end && !seen.closed; ) {
      const cut = drop ? (serving.dropAfter ?? 0) : (serving.endAfter ?? Number.POSITIVE_INFINITY);
      const length = Math.min(64 * 1024, end - at, cut - seen.sent);
      if (length <= 0) {
        this.#drops.set(seen.path, dropped + 1);
        // What was written leaves first: then the connection drops in the middle, not at the beginning.
        if (drop) setTimeout(() => response.destroy(), 20);
        else response.end();
        return;
      }
      const piece = await this.#piece(serving, file, at, length);
      seen.sent += piece.length;
      at += piece.length;
      if (!response.write(piece))
        await Promise.race([new Promise<void>((resolve) => response.once('drain', resolve)), closed]);
    }
    response.end();
  }

  async #piece(serving: Serving, file: FileHandle | null, at: number, length: number): Promise<Uint8Array> {
    if (file === null) {
      const piece = serving.bytes?.subarray(at, at + length) ?? new Uint8Array(0);
      return piece.length === 0 ? new Uint8Array(length) : piece;
    }
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, at);
    return buffer.subarray(0, Math.max(1, bytesRead));
  }
}
