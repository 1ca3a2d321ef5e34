import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filePath } from '../../../src/cli/open/address';
import { namedFile } from '../../../src/cli/open/served';
import { type PageServer, servePage } from '../../../src/cli/open/server';
import { BINARY, readSite } from '../../../src/cli/open/site';
import { noise } from '../../helpers/sources';

const FOLDER = 'open-abcdefghijklmnopqrstuv';
const HEADERS =
  "# a comment\n/*\n  Content-Security-Policy: default-src 'none'\n  X-A: b\n\n/assets/*\n  X-A: c\n";

let disk = '';
let server: PageServer | null = null;
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'wasmortem-test-'));
  const site = join(disk, 'site');
  mkdirSync(join(site, 'assets'), { recursive: true });
  writeFileSync(join(site, 'index.html'), '<head><link rel="manifest" href="./m"></head>page');
  writeFileSync(join(site, '_headers'), HEADERS);
  writeFileSync(join(site, 'assets', 'a-1.js'), 'code');
  writeFileSync(join(site, 'sw.js'), 'worker');
  writeFileSync(join(site, 'manifest.webmanifest'), '{}');
  writeFileSync(join(disk, 'secret'), 'secret');
  symlinkSync(join(disk, 'secret'), join(site, 'link.js'));
  symlinkSync(disk, join(site, 'up'));
});
afterEach(() => {
  server?.close();
  rmSync(disk, { recursive: true });
});

/** Serves the site and named files of the folder. */
async function serve(...names: string[]): Promise<PageServer> {
  const site = await readSite(join(disk, 'site'));
  const routes = new Map(site.routes);
  for (const [index, name] of names.entries())
    routes.set(filePath(index, name), await namedFile(join(disk, name), BINARY));
  server = await servePage({ folder: FOLDER, routes, headers: site.headers, port: 0 });
  return server;
}

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A request whose path is sent as it is. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const { port } = new URL(server?.origin ?? '');
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const body: Buffer[] = [];
  for await (const chunk of response) body.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(body) };
}

const at = (path: string) => `/${FOLDER}/${path}`;

describe('the page', () => {
  it('comes with the policy, and is no app', async () => {
    await serve();
    const { body, headers, status } = await get(at(''));
    expect([status, body.toString()]).toEqual([200, '<head></head>page']);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'x-a': 'b',
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await get(at('sw.js'))).status).toBe(404);
    expect((await get(at('manifest.webmanifest'))).status).toBe(404);
    const script = await get(at('assets/a-1.js?v=1'));
    expect([script.status, script.headers['content-type'], script.body.toString()]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'code',
    ]);
  });

  it('that is not built is said', async () => {
    rmSync(join(disk, 'site', '_headers'));
    await expect(readSite(join(disk, 'site'))).rejects.toThrow(
      'The page is not built: dist/site is not beside the command. npm run build:site makes it.',
    );
  });
});

describe('what is not served', () => {
  it.each([
    '/',
    '/index.html',
    `/${FOLDER}`,
    `/${FOLDER.slice(0, -1)}w/`,
    `/${FOLDER}x/`,
    `/${FOLDER.toUpperCase()}/`,
    `//${FOLDER}/`,
    `/./${FOLDER}/`,
    `/%6fpen-abcdefghijklmnopqrstuv/`,
    at('/'),
    at('_headers'),
    at('link.js'),
    at('up/secret'),
    at('../secret'),
    at('assets/../../secret'),
    at('..%2fsecret'),
    at('%2e%2e/secret'),
    at('assets%2fa-1.js'),
    at('assets\\a-1.js'),
    at('assets//a-1.js'),
    at('assets'),
    at('assets/'),
    at('assets/a-1.js%00'),
    at('files/0/dump.core%00'),
    at('files/0/'),
    at('files/0/secret'),
    at('files/1/dump.core'),
    at('files/00/dump.core'),
    at('files/0/../0/dump.core'),
    at('files/0/%64ump.core'),
    at('__proto__'),
    at('constructor'),
  ])('%s', async (path) => {
    writeFileSync(join(disk, 'dump.core'), 'dump');
    await serve('dump.core');
    expect((await get(at('files/0/dump.core'))).body.toString()).toBe('dump');
    const { body, headers, status } = await get(path);
    expect([status, body.toString()]).toEqual([404, 'not here\n']);
    expect(headers['content-security-policy']).toBe("default-src 'none'");
  });

  it('an absolute target, a raw NUL, half a request', async () => {
    await serve();
    const { port, host } = new URL(server?.origin ?? '');
    for (const [line, status] of [
      [`GET http://${host}${at('')} HTTP/1.1`, /^HTTP\/1.1 404 /],
      [`GET ${at('\0')} HTTP/1.1`, /^HTTP\/1.1 400 /],
      [`GET ${at('')} HTTP/1.0\r\nHost: x`, /^HTTP\/1.1 421 /],
      ['GET', /^HTTP\/1.1 400 /],
    ] as const) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      let answer = '';
      for await (const chunk of socket) answer += String(chunk);
      expect(answer).toMatch(status);
    }
  });

  it('other hosts, origins and methods, whether they know the token or not', async () => {
    await serve();
    for (const path of [at(''), '/']) {
      expect((await get(path, { Host: 'evil.example' })).status).toBe(421);
      expect((await get(path, { Origin: 'http://evil.example' })).status).toBe(403);
      expect((await get(path, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
      const { headers, status } = await get(path, {}, 'OPTIONS');
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('a name other than the one that the user gave, though it is the same file', async () => {
    symlinkSync(join(disk, 'secret'), join(disk, 'latest.core'));
    await serve('latest.core');
    expect((await get(at('files/0/latest.core'))).body.toString()).toBe('secret');
    // The file's own place gets a link to another: it is not followed.
    writeFileSync(join(disk, 'other'), 'other');
    rmSync(join(disk, 'secret'));
    symlinkSync(join(disk, 'other'), join(disk, 'secret'));
    expect((await get(at('files/0/latest.core'))).status).toBe(404);
  });
});

describe('a file', () => {
  it('is served whole, in ranges, and as a head', async () => {
    const bytes = noise(700_000);
    writeFileSync(join(disk, 'a b#.core.gz'), bytes);
    await serve('a b#.core.gz');
    const path = at('files/0/a%20b%23.core.gz');
    const whole = await get(path);
    expect(whole.status).toBe(200);
    expect(Buffer.compare(whole.body, bytes)).toBe(0);
    expect(whole.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '700000',
      'content-type': BINARY,
    });
    expect(whole.headers['content-encoding']).toBeUndefined();
    const { etag } = whole.headers;
    expect(etag).toMatch(/^"[\w-]+"$/);

    const part = await get(path, { Range: 'bytes=262100-600000' });
    expect([part.status, part.headers['content-range'], part.headers.etag]).toEqual([
      206,
      'bytes 262100-600000/700000',
      etag,
    ]);
    expect(Buffer.compare(part.body, bytes.subarray(262_100, 600_001))).toBe(0);
    expect((await get(path, { Range: 'bytes=0-9', 'If-Range': etag ?? '' })).status).toBe(206);
    expect((await get(path, { Range: 'bytes=0-9', 'If-Range': '"other"' })).status).toBe(200);

    const past = await get(path, { Range: 'bytes=700000-' });
    expect([past.status, past.headers['content-range'], past.body.length]).toEqual([
      416,
      'bytes */700000',
      0,
    ]);

    const head = await get(path, { Range: 'bytes=0-9' }, 'HEAD');
    expect([head.status, head.headers['content-length'], head.headers.etag, head.body.length]).toEqual([
      200,
      '700000',
      etag,
      0,
    ]);
  });

  it('that is empty has no range', async () => {
    writeFileSync(join(disk, 'empty'), '');
    await serve('empty');
    expect((await get(at('files/0/empty'))).status).toBe(200);
    const { headers, status } = await get(at('files/0/empty'), { Range: 'bytes=0-262143' });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */0']);
  });

  it('of 5 GiB has its size and its tail', async () => {
    const size = 5 * 2 ** 30;
    const file = openSync(join(disk, 'big'), 'w');
    writeSync(file, 'the tail', size - 8);
    closeSync(file);
    await serve('big');
    const path = at('files/0/big');
    expect((await get(path, {}, 'HEAD')).headers['content-length']).toBe('5368709120');
    for (const range of ['bytes=5368709112-5368709119', 'bytes=-8', 'bytes=5368709112-']) {
      const { body, headers, status } = await get(path, { Range: range });
      expect([status, headers['content-range'], body.toString()]).toEqual([
        206,
        'bytes 5368709112-5368709119/5368709120',
        'the tail',
      ]);
    }
  });

  it('has another ETag when it was written, replaced or grew, and none when it is gone', async () => {
    const file = join(disk, 'a.core');
    writeFileSync(file, 'one');
    await serve('a.core');
    const path = at('files/0/a.core');
    const seen = new Set<string | undefined>();
    const look = async () => {
      const { body, headers } = await get(path);
      seen.add(headers.etag);
      return body.toString();
    };
    expect(await look()).toBe('one');
    expect(await look()).toBe('one');
    expect(seen.size).toBe(1);
    appendFileSync(file, '!');
    expect(await look()).toBe('one!');
    writeFileSync(join(disk, 'new'), 'two!');
    renameSync(join(disk, 'new'), file);
    expect(await look()).toBe('two!');
    expect(seen.size).toBe(3);
    rmSync(file);
    expect((await get(path)).status).toBe(404);
    mkdirSync(file);
    expect((await get(path)).status).toBe(404);
  });

  it('that changes while it is sent breaks off instead of mixing two states', async () => {
    const file = join(disk, 'a.core');
    writeFileSync(file, new Uint8Array(64 * 2 ** 20));
    await serve('a.core');
    const { port } = new URL(server?.origin ?? '');
    const asked = request({ host: '127.0.0.1', port, path: at('files/0/a.core'), agent: false });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let came = 0;
    const reading = (async () => {
      for await (const chunk of response) {
        if (came === 0) appendFileSync(file, 'more');
        came += (chunk as Buffer).length;
      }
    })();
    await expect(reading).rejects.toThrow('aborted');
    expect(came).toBeLessThan(64 * 2 ** 20);
  });
});

describe('the port', () => {
  it('that is taken is said', async () => {
    const first = await serve();
    const port = Number(new URL(first.origin).port);
    const second = servePage({ folder: FOLDER, routes: new Map(), headers: new Map(), port });
    await expect(second).rejects.toThrow(`Port ${port} is in use. Without --port, a free one is taken.`);
  });

  it('is let go of at once, with a connection that still reads', async () => {
    writeFileSync(join(disk, 'a.core'), new Uint8Array(64 * 2 ** 20));
    const { close, origin } = await serve('a.core');
    const { port } = new URL(origin);
    const asked = request({ host: '127.0.0.1', port, path: at('files/0/a.core'), agent: false });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const ended = new Promise((resolve) => response.once('error', resolve));
    close();
    response.resume();
    expect(await ended).toMatchObject({ message: 'aborted' });
  });
});
