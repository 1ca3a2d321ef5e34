import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SITE = fileURLToPath(new URL('../../dist/site', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** A static host of the site's own kind: under a path, with the headers of its `_headers`. */
export interface Host {
  /** Where the page is, with the slash at its end. */
  readonly url: string;
  /** What is served from now on. */
  site: string;
  /** Paths that were asked for, below the host's path. */
  readonly asked: string[];
  /** Added to every page before it is sent. */
  inject: string;
  /** Scripts that are served beside the site's files, by their path. */
  readonly scripts: Map<string, string>;
  readonly close: () => Promise<void>;
}

export async function host(path = '/', site = SITE): Promise<Host> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const within = pathname.startsWith(path) ? pathname.slice(path.length) : null;
    const script = state.scripts.get(within ?? '');
    if (script !== undefined) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
      return;
    }
    const file = within === null ? null : join(state.site, within === '' ? 'index.html' : within);
    if (within === null || file === null || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end('not here');
      return;
    }
    state.asked.push(within);
    response.writeHead(200, {
      ...headersFor(state.site, `/${within}`),
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    });
    if (state.inject !== '' && file.endsWith('.html'))
      response.end(readFileSync(file, 'utf8').replace('<body>', `<body>${state.inject}`));
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const state: Host = {
    url: `http://localhost:${port}${path}`,
    site,
    asked: [],
    inject: '',
    scripts: new Map(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return state;
}

/** What `_headers` says of a path, the later rule over the earlier one. */
function headersFor(site: string, path: string): Record<string, string> {
  const headers: Record<string, string> = {};
  let applies = false;
  for (const line of readFileSync(join(site, '_headers'), 'utf8').split('\n')) {
    if (line.startsWith('/')) {
      const rule = line.trim();
      applies = rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
    } else if (applies && line.startsWith('  ')) {
      const colon = line.indexOf(':');
      headers[line.slice(2, colon)] = line.slice(colon + 1).trim();
    }
  }
  return headers;
}
