import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { SourceError } from '../../bytes/source';
import type { Bytes, FileOffset } from '../../bytes/units';
import { readRange, type Wanted } from './range';
import { NOT_HERE, type Refusal, refusalOf } from './refusal';
import type { Opened, Served } from './served';

/** What is served, and where. */
export interface Serving {
  /** The first part of every path: nobody can guess it. */
  readonly folder: string;
  /** Path below the folder, as it stands in a request. */
  readonly routes: ReadonlyMap<string, Served>;
  readonly headers: ReadonlyMap<string, string>;
  /** 0: a free one. */
  readonly port: number;
}

export interface PageServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Ends all connections. */
  readonly close: () => void;
}

const LOOPBACK = '127.0.0.1';
/** A browser has six for a host. */
const CONNECTIONS = 256;
const PIECE: Bytes = 256 * 1024;

/**
 * Serves files to the browsers of this machine.
 * @throws a SourceError when the port cannot be had.
 */
export async function servePage(serving: Serving): Promise<PageServer> {
  let host = '';
  const server = createServer((request, response) => {
    answer(request, response, host, serving).catch(() => response.destroy());
  });
  server.maxConnections = CONNECTIONS;
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error) =>
      reject(new SourceError(portFailure(serving.port, error), { cause: error })),
    );
    server.listen(serving.port, LOOPBACK, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  host = `${LOOPBACK}:${address.port}`;
  return {
    origin: `http://${host}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function portFailure(port: number, error: Error): string {
  const code = 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Without --port, a free one is taken.`;
  if (code === 'EACCES')
    return `Port ${port}: taking it is not allowed. Without --port, a free one is taken.`;
  return `Port ${port} cannot be taken (${error.message}).`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  { folder, headers, routes }: Serving,
): Promise<void> {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  // Nothing of a dump is to stay in the browser's cache.
  response.setHeader('Cache-Control', 'no-store');
  const refusal = refusalOf(request.method, request.headers, host);
  if (refusal !== null) {
    refuse(response, refusal);
    return;
  }
  const opened = routes.get(below(folder, request.url ?? '') ?? NOWHERE);
  const file = await opened?.open();
  if (opened === undefined || file === undefined || file === null) {
    refuse(response, NOT_HERE);
    return;
  }
  try {
    response.setHeader('Content-Type', opened.type);
    await send(request, response, file);
  } finally {
    await file.close();
  }
}

function refuse(response: ServerResponse, { status, why }: Refusal): void {
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${why}\n`);
}

/** No route has this path: those below the folder begin without a slash. */
const NOWHERE = '/';

/**
 * What a request's target names below the folder, as it stands there: nothing in it is decoded or resolved, so `..`,
 * `%2f` and NUL only ever name no file. The comparison takes as long for a near guess as for any.
 */
function below(folder: string, target: string): string | null {
  const wanted = Buffer.from(`/${folder}/`);
  const given = Buffer.from(target);
  const start = given.subarray(0, wanted.length);
  if (start.length !== wanted.length || !timingSafeEqual(start, wanted)) return null;
  return target.slice(wanted.length).replace(/\?.*$/s, '');
}

async function send(request: IncomingMessage, response: ServerResponse, file: Opened): Promise<void> {
  const { etag, size } = file;
  const wanted = wantedOf(request, file);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', etag);
  if (wanted.kind === 'none') {
    response.setHeader('Content-Range', `bytes */${size}`);
    response.writeHead(416).end();
    return;
  }
  const [start, end] = wanted.kind === 'all' ? [0, size] : [wanted.start, wanted.end];
  if (wanted.kind === 'part') response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${size}`);
  response.setHeader('Content-Length', end - start);
  response.writeHead(wanted.kind === 'part' ? 206 : 200);
  if (request.method === 'HEAD') response.end();
  else await pipeline(pieces(file, start, end), response);
}

/** A range of another state of the file (If-Range) is of no use: all of this one is. */
function wantedOf({ headers, method }: IncomingMessage, { etag, size }: Opened): Wanted {
  const condition = headers['if-range'];
  const other = condition !== undefined && condition !== etag;
  return method === 'HEAD' || other ? { kind: 'all' } : readRange(headers.range, size);
}

/** @throws when the file changes meanwhile: the answer then breaks off, instead of mixing two states. */
async function* pieces(file: Opened, start: FileOffset, end: FileOffset): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const piece = await file.read(at, Math.min(PIECE, end - at));
    if (piece.length === 0 || !(await file.unchanged())) throw new Error('the file has changed');
    yield piece;
    at += piece.length;
  }
}
