import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { SourceError } from '../../bytes/source';
import { type Served, servedBytes, servedFile } from './served';

/** The built page. */
export interface Site {
  /** Path below the page's folder, as it stands in a request; the page itself is the empty one. */
  readonly routes: ReadonlyMap<string, Served>;
  /** What public/_headers says of every file. */
  readonly headers: ReadonlyMap<string, string>;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
]);

export const BINARY = 'application/octet-stream';

/** What makes the page an app that stays: an app at this address would be dead when the command ends. */
const OF_THE_APP: ReadonlySet<string> = new Set(['sw.js', 'manifest.webmanifest']);
const MANIFEST_LINK = /\s*<link rel="manifest"[^>]*>/;

/**
 * Reads which files the built page has. Only those are served, whatever a request's path is.
 * @throws a SourceError that says how to build it.
 */
export async function readSite(folder: string): Promise<Site> {
  try {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    const headers = rulesForAll(await readFile(join(folder, '_headers'), 'utf8'));
    const page = Buffer.from(html.replace(MANIFEST_LINK, ''));
    const routes = new Map<string, Served>([['', servedBytes(page, typeOf('index.html'))]]);
    for await (const path of filesBelow(folder, '')) {
      if (path === 'index.html' || path === '_headers' || OF_THE_APP.has(path)) continue;
      routes.set(encodeURI(path), servedFile(join(folder, path), typeOf(path)));
    }
    return { routes, headers };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new SourceError(
      'The page is not built: dist/site is not beside the command. npm run build:site makes it.',
      {
        cause: error,
      },
    );
  }
}

/**
 * Paths of a folder's files. Links are left out: `readdir` with `recursive` goes into linked folders (held by
 * "up/secret" in server.test.ts).
 */
async function* filesBelow(folder: string, below: string): AsyncGenerator<string> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = `${below}${entry.name}`;
    if (entry.isFile()) yield path;
    if (entry.isDirectory()) yield* filesBelow(folder, `${path}/`);
  }
}

/** The rules under `/*` of a headers file, as Netlify and Cloudflare Pages read it. */
export function rulesForAll(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let applies = false;
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s+([\w-]+):\s*(.+)$/.exec(line) ?? [];
    if (line.startsWith('/')) applies = line.trim() === '/*';
    else if (applies && name !== undefined && value !== undefined) headers.set(name, value.trim());
  }
  return headers;
}

const typeOf = (path: string): string => TYPES.get(extname(path)) ?? BINARY;
