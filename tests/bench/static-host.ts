import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

export type Encoding = 'gzip' | 'identity';

/** A folder as a static host serves it: from memory, text packed beforehand, pictures and fonts as they are. */
export interface StaticHost {
  readonly url: string;
  /** Of all answers so far: what was asked for, when in Unix time, and the bytes of its body. */
  readonly sent: readonly { readonly path: string; readonly at: number; readonly bytes: number }[];
  readonly close: () => Promise<void>;
}

interface StoredFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export async function staticHost(folder: string, encoding: Encoding): Promise<StaticHost> {
  const files = new Map<string, StoredFile>(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const type = TYPES[extname(path)];
        const packs = encoding === 'gzip' && type !== undefined && !/^image\/(?:png|x-icon)/.test(type);
        const bytes = readFileSync(path);
        // Level 6 is what hosts pack with when they are asked.
        const body = packs ? gzipSync(bytes, { level: 6 }) : bytes;
        const headers = {
          'Content-Type': type ?? 'application/octet-stream',
          'Content-Length': String(body.length),
          'Cache-Control': 'no-cache',
          ...(packs ? { 'Content-Encoding': 'gzip' } : {}),
        };
        return [`/${path.slice(folder.length + 1)}`, { body, headers }];
      }),
  );
  const sent: { path: string; at: number; bytes: number }[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    const file = files.get(path);
    sent.push({ path, at: Date.now(), bytes: file?.body.length ?? 0 });
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, file.headers).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
