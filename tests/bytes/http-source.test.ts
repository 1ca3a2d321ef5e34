import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { BLOCK } from '../../src/bytes/block-cache';
import { GzipSource } from '../../src/bytes/gzip-source';
import type { DownloadProgress } from '../../src/bytes/http-download';
import { HttpSource, type HttpSourceOptions } from '../../src/bytes/http-source';
import { isChange } from '../../src/bytes/http-text';
import { sizeOf } from '../../src/bytes/source';
import { RangeServer, type Serving } from '../e2e/range-server';
import { noise } from '../helpers/sources';

const MIB = 1024 * 1024;
const FILE = noise(3 * MIB + 777);
let server: RangeServer;
const opened: HttpSource[] = [];

beforeAll(async () => {
  server = await RangeServer.start();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((source) => source.discard()));
  server.seen.length = 0;
});
afterAll(() => server.stop());

function open(serving: Serving | string, options: Partial<HttpSourceOptions> = {}) {
  const reports: DownloadProgress[] = [];
  const url =
    typeof serving === 'string' ? serving : server.serve('/a.coredump', { bytes: FILE, ...serving });
  const source = new HttpSource(url, {
    fetch: (address, init) => fetch(address, init),
    origin: null,
    redirects: 'refuse',
    backoff: [1, 2, 4],
    createSpool: async () => new BlobSpool(64 * 1024),
    onProgress: (progress) => reports.push(progress),
    ...options,
  });
  opened.push(source);
  return { source, reports };
}

/** `toEqual` takes seconds for a megabyte. */
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const ranges = (): (string | null)[] => server.seen.map(({ range }) => range);

describe('ranges', () => {
  it('asks for nothing before the first read, then for the head', async () => {
    const { source } = open({});
    expect(source.size).toBeNull();
    expect(server.seen).toEqual([]);
    expect(same(await source.read(5, 10), FILE.slice(5, 15))).toBe(true);
    expect(source.size).toBe(FILE.length);
    expect(ranges()).toEqual([`bytes=0-${2 * BLOCK - 1}`]);
  });

  it('sends no credentials, no referrer and nothing that needs a preflight', async () => {
    const init = vi.fn<(url: string, init: RequestInit) => Promise<Response>>((url, given) =>
      fetch(url, given),
    );
    const { source } = open({}, { fetch: init });
    await source.read(MIB, 1);
    for (const [, given] of init.mock.calls) {
      expect(given).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
      expect(Object.keys(given.headers ?? {})).toEqual(['Range']);
    }
  });

  it.each([
    [0, 1],
    [BLOCK - 1, 2],
    [3 * BLOCK + 5, 4 * BLOCK],
    [FILE.length - 10, 100],
    [FILE.length, 5],
    [0, FILE.length],
  ])('reads %i for %i bytes', async (offset, length) => {
    const { source } = open({});
    expect(same(await source.read(offset, length), FILE.slice(offset, offset + length))).toBe(true);
  });

  it('reads neighbours of one moment with one request, and nothing twice', async () => {
    const { source } = open({});
    await source.read(0, 1);
    const parts = await Promise.all([4, 2, 3].map((block) => source.read(block * BLOCK + 7, 5)));
    expect(parts[0]).toEqual(FILE.slice(4 * BLOCK + 7, 4 * BLOCK + 12));
    expect(ranges().slice(1)).toEqual([`bytes=${2 * BLOCK}-${5 * BLOCK - 1}`]);
    await source.read(2 * BLOCK, 3 * BLOCK);
    expect(server.seen).toHaveLength(2);
  });

  it('shares a block that is under way', async () => {
    const { source } = open({ delay: 20 });
    await source.read(0, 1);
    const first = source.read(5 * BLOCK, 10);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = source.read(5 * BLOCK + 5, 10);
    await Promise.all([first, second]);
    expect(server.seen).toHaveLength(2);
  });

  it('hands out a block as soon as it is here, not with the whole request', async () => {
    const { source } = open({ dropAfter: 3 * BLOCK, drops: 1 }, { backoff: [400] });
    await source.read(0, 1);
    const long = source.read(2 * BLOCK, 8 * BLOCK);
    const begun = performance.now();
    await source.read(2 * BLOCK, 1);
    expect(performance.now() - begun).toBeLessThan(300);
    expect(same(await long, FILE.slice(2 * BLOCK, 10 * BLOCK))).toBe(true);
  });

  it('aborts a request for which nobody waits any more, and not one for which somebody does', async () => {
    const { source } = open({});
    await source.read(0, 1);
    server.serve('/a.coredump', { bytes: FILE, delay: 60 });
    const one = new AbortController();
    const two = new AbortController();
    const first = source.read(8 * BLOCK, 10, one.signal);
    const second = source.read(8 * BLOCK, 20, two.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    one.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect(server.seen.at(-1)?.closed).toBe(false);
    two.abort(new Error('left too'));
    await expect(second).rejects.toThrow('left too');
    await vi.waitFor(() => expect(server.seen.at(-1)?.closed).toBe(true));
    expect(same(await source.read(8 * BLOCK, 10), FILE.slice(8 * BLOCK, 8 * BLOCK + 10))).toBe(true);
  });

  it('aborts the first request when its only reader leaves; the next one asks again', async () => {
    const { source } = open({ delay: 60 });
    const one = new AbortController();
    const first = source.read(0, 1, one.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    one.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    await vi.waitFor(() => expect(server.seen.at(-1)?.closed).toBe(true));
    expect(same(await source.read(0, 4), FILE.slice(0, 4))).toBe(true);
  });

  it.each([0, 1, BLOCK, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1, 3 * BLOCK - 1])(
    'reads a file of %i bytes',
    async (size) => {
      const bytes = FILE.slice(0, size);
      const { source } = open({ bytes });
      expect(same(await source.read(0, size + 5), bytes)).toBe(true);
      expect(source.size).toBe(size);
    },
  );

  it('reads gzip through ranges', async () => {
    const { source } = open({ bytes: gzipSync(FILE), type: 'application/gzip' });
    const gzip = new GzipSource(source, new BlobSpool());
    gzip.resume();
    expect(await gzip.read(2 * MIB, 10)).toEqual(FILE.slice(2 * MIB, 2 * MIB + 10));
    await gzip.discard();
  });
});

describe('trouble', () => {
  it('takes a dropped connection up where it stopped', async () => {
    const { source } = open({ dropAfter: 100_000, drops: 3 });
    expect(same(await source.read(0, 200_000), FILE.slice(0, 200_000))).toBe(true);
    expect(ranges()).toEqual(['bytes=0-262143', 'bytes=100000-262143', 'bytes=200000-262143']);
  });

  it('gives up when a connection drops again and again', async () => {
    const { source } = open({ dropAfter: 1000 });
    await expect(source.read(0, 10)).rejects.toThrow(
      '/a.coredump: the connection dropped, 4 times in a row.',
    );
    expect(server.seen).toHaveLength(4);
  });

  it('tries again when the server is busy', async () => {
    const { source } = open({ status: 503, statusFor: 2 });
    expect(same(await source.read(0, 4), FILE.slice(0, 4))).toBe(true);
    expect(server.seen).toHaveLength(3);
  });

  it('says what the server answered when it stays busy', async () => {
    const { source } = open({ status: 503 });
    await expect(source.read(0, 4)).rejects.toThrow('the server answers 503, 4 times in a row.');
  });

  it.each([
    [404, 'the server answers 404: it has no such file.'],
    [403, 'the server answers 403: it does not hand out this file.'],
    [401, 'the server answers 401: it asks for a sign-in, and the page sends none.'],
    [418, 'the server answers 418.'],
  ])('says %i in a sentence, at the first answer', async (status, message) => {
    const { source } = open({ status });
    await expect(source.read(0, 4)).rejects.toThrow(message);
    expect(server.seen).toHaveLength(1);
  });

  it('gives up on a server that does not answer', async () => {
    const { source } = open({ silent: true }, { stall: 30, backoff: [1] });
    await expect(source.read(0, 4)).rejects.toThrow(/nothing came for 0 seconds, 2 times in a row/);
    await vi.waitFor(() => expect(server.seen.every(({ closed }) => closed)).toBe(true));
  });

  it('takes parts that are shorter than what was asked for', async () => {
    const { source } = open({ atMost: 70_000 });
    expect(same(await source.read(0, MIB), FILE.slice(0, MIB))).toBe(true);
  });

  it.each<[string, Serving, RegExp]>([
    ['tiny parts', { atMost: 100 }, /bytes 0 to 262,143 were asked for, 0 to 99 were answered/],
    [
      'another place',
      { contentRange: (start, last, size) => `bytes ${start + 1}-${last}/${size}` },
      /bytes 0 to 262,143 were asked for, 1 to 262,143 were answered/,
    ],
    [
      'a range past the end',
      { contentRange: () => 'bytes 0-262143/1000' },
      /answers with the range bytes 0-262143\/1000/,
    ],
    [
      'a size that cannot be',
      { contentRange: () => 'bytes 0-262143/9999999999999999' },
      /answers with the range bytes 0-262143\/9999999999999999/,
    ],
    [
      'more than announced',
      {
        chunked: true,
        contentRange: (start, last, size) => `bytes ${start}-${Math.max(70_000, last - 100_000)}/${size}`,
      },
      /more bytes came than the 162,144 that were announced/,
    ],
    ['less than announced', { endAfter: 0 }, /0 of 262,144 bytes came, 4 times in a row/],
    ['endless ranges', { endless: true }, /more bytes came than the 262,144 that were announced/],
  ])('refuses %s', async (_, serving, message) => {
    const { source } = open(serving);
    await expect(source.read(0, 10)).rejects.toThrow(message);
  });

  it.each<[string, Serving, Serving, RegExp]>([
    ['ETag', { etag: '"a"' }, { etag: '"b"' }, /its ETag was "a" and is "b"/],
    [
      'Last-Modified',
      { modified: 'Mon, 01 Jan' },
      { modified: 'Tue, 02 Jan' },
      /was Mon, 01 Jan and is Tue, 02 Jan/,
    ],
    ['size', {}, { bytes: FILE.slice(0, 2 * MIB) }, /it had 3,146,505 bytes and has 2,097,152/],
  ])('notices that the file changed: %s', async (_, before, after, message) => {
    const { source } = open(before);
    await source.read(0, 1);
    server.serve('/a.coredump', { bytes: FILE, ...after });
    await expect(source.read(MIB, 1)).rejects.toThrow(message);
    // For good, also when the old file is back.
    server.serve('/a.coredump', { bytes: FILE, ...before });
    await expect(source.read(MIB, 1)).rejects.toThrow(/has changed on the server since it was opened/);
    // The page offers to open it again, and not to read it again.
    await expect(source.read(MIB, 1)).rejects.toSatisfy((error) => isChange((error as Error).message));
  });

  it('takes no other failure for a change', async () => {
    const { source } = open({ status: 404 });
    await expect(source.read(0, 1)).rejects.toSatisfy((error) => !isChange((error as Error).message));
  });

  it('notices that the file changed while a dropped connection is taken up', async () => {
    const { source } = open({ etag: '"a"', dropAfter: 10_000, drops: 1 }, { backoff: [200] });
    const reading = source.read(0, 10);
    await vi.waitFor(() => expect(server.seen[0]?.closed).toBe(true));
    server.serve('/a.coredump', { bytes: FILE, etag: '"b"' });
    await expect(reading).rejects.toThrow('its ETag was "a" and is "b"');
  });

  it('follows no redirect unasked', async () => {
    const target = server.serve('/b.coredump', { bytes: FILE });
    const { source } = open({ redirect: target });
    await expect(source.read(0, 4)).rejects.toThrow('redirects to another address');
    expect(server.of('/b.coredump')).toEqual([]);
  });

  it('follows a redirect where that was allowed, and stays there', async () => {
    const target = server.serve('/b.coredump', { bytes: FILE });
    const { source } = open({ redirect: target }, { redirects: 'follow' });
    await source.read(0, 4);
    expect(source.url).toBe(target);
    server.serve('/b.coredump', { redirect: `${server.origin}/c` });
    await expect(source.read(MIB, 4)).rejects.toThrow('redirects to another address');
    expect(server.of('/a.coredump')).toHaveLength(1);
  });

  it.each(['file:///etc/passwd', 'data:,x', 'blob:http://a/b', 'ftp://a/b', 'javascript:alert(1)'])(
    'asks nobody for %s',
    async (url) => {
      const init = vi.fn<(url: string) => Promise<Response>>();
      const { source } = open(url, { fetch: init });
      await expect(source.read(0, 1)).rejects.toThrow(/addresses are not opened: only http: and https: are/);
      expect(init).not.toHaveBeenCalled();
    },
  );

  it('says what a browser does not tell apart, and the header that the host would need', async () => {
    const { source } = open('https://dumps.example/x?key=secret', {
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
      origin: 'https://viewer.example',
    });
    const failure = source.read(0, 1);
    await expect(failure).rejects.toThrow(/cannot be reached, or does not allow this page to read its files/);
    await expect(failure).rejects.toThrow('"Access-Control-Allow-Origin: https://viewer.example"');
    await expect(failure).rejects.toThrow('"Access-Control-Expose-Headers: Content-Range, ETag"');
    await expect(failure).rejects.not.toThrow('secret');
  });

  it('asks without a range where a request for one brings no answer', async () => {
    const { source } = open(
      {},
      {
        fetch: (url, init) =>
          'Range' in (init.headers ?? {})
            ? Promise.reject(new TypeError('Failed to fetch'))
            : fetch(url, init),
      },
    );
    expect(same(await source.read(MIB, 4), FILE.slice(MIB, MIB + 4))).toBe(true);
    expect(source.notes[0]).toMatch(/it does not answer with ranges/);
  });

  it('says of the own host only that it cannot be reached', async () => {
    const { source } = open('https://viewer.example/x', {
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
      origin: 'https://viewer.example',
    });
    await expect(source.read(0, 1)).rejects.toThrow(
      'viewer.example cannot be reached: the connection failed.',
    );
  });
});

describe('without ranges', () => {
  it('downloads once, and reads what has come while the rest comes', async () => {
    const { source, reports } = open({ ranges: false });
    expect(same(await source.read(10, 4), FILE.slice(10, 14))).toBe(true);
    expect(same(await source.read(3 * MIB, 1000), FILE.slice(3 * MIB))).toBe(true);
    expect(await sizeOf(source)).toBe(FILE.length);
    expect(server.seen).toHaveLength(1);
    expect(source.notes[0]).toMatch(
      /cannot be read in parts: it does not answer with ranges. The whole file is downloaded./,
    );
    expect(reports.at(-1)).toEqual({ state: 'done', done: FILE.length, total: FILE.length, message: null });
  });

  it('downloads where CORS hides what a range is of', async () => {
    const { source } = open({ contentRange: () => '' });
    expect(same(await source.read(MIB, 4), FILE.slice(MIB, MIB + 4))).toBe(true);
    expect(ranges()).toEqual(['bytes=0-262143', null]);
  });

  it('downloads where ranges are compressed, and reads what the browser inflated', async () => {
    const { source, reports } = open({ bytes: gzipSync(FILE), encoding: 'gzip' });
    expect(same(await source.read(0, FILE.length), FILE)).toBe(true);
    expect(await sizeOf(source)).toBe(FILE.length);
    expect(source.notes[0]).toMatch(/it sends ranges with Content-Encoding/);
    expect(reports.at(-1)?.total).toBeNull();
  });

  it('stops and goes on', async () => {
    const { source } = open({ ranges: false, bytes: noise(24 * MIB) });
    await source.read(0, 1);
    source.download?.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = source.arrived;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(source.arrived).toBe(stopped);
    expect(stopped).toBeLessThan(24 * MIB);
    source.download?.resume();
    expect(await sizeOf(source)).toBe(24 * MIB);
  });

  it('begins again after a drop and keeps what it has, where the file is known to be the same', async () => {
    const { source } = open({ ranges: false, etag: '"a"', dropAfter: MIB, drops: 2 });
    expect(same(await source.read(0, FILE.length), FILE)).toBe(true);
    expect(server.seen).toHaveLength(3);
  });

  it('does not join two bodies of which nothing says that they are one file', async () => {
    const { source } = open({ ranges: false, dropAfter: MIB });
    await expect(source.read(2 * MIB, 1)).rejects.toThrow(/the server gives nothing to go on from/);
    expect(same(await source.read(0, 10), FILE.slice(0, 10))).toBe(true);
  });

  it('notices a change between two tries', async () => {
    const { source } = open({ ranges: false, etag: '"a"', dropAfter: MIB }, { backoff: [600] });
    const reading = source.read(2 * MIB, 1);
    await vi.waitFor(() => expect(source.arrived).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 30));
    server.serve('/a.coredump', { bytes: FILE, ranges: false, etag: '"b"' });
    await expect(reading).rejects.toThrow('its ETag was "a" and is "b"');
  });

  it('gives an endless body up', async () => {
    const { source } = open(
      { ranges: false, endless: true, bytes: Uint8Array.of(0) },
      { downloadLimit: 5 * MIB },
    );
    await expect(sizeOf(source)).rejects.toThrow(
      'the server sent 5,242,880 bytes and no end; more are not taken.',
    );
    expect(source.arrived).toBeLessThanOrEqual(5 * MIB);
    await vi.waitFor(() => expect(server.seen[0]?.closed).toBe(true));
  });

  it('refuses more than it takes before it begins', async () => {
    const { source } = open({ ranges: false }, { downloadLimit: MIB });
    await expect(source.read(0, 1)).rejects.toThrow(
      '3,146,505 bytes would have to be downloaded whole, because it does not answer with ranges; at most 1,048,576 are.',
    );
  });

  it('says that a web page came', async () => {
    const { source } = open({ ranges: false, type: 'text/html; charset=utf-8' });
    await expect(source.read(0, 1)).rejects.toThrow('the server answers with a web page (text/html)');
  });

  it('lets go of everything when it is closed', async () => {
    const { source } = open({ ranges: false, endless: true, bytes: Uint8Array.of(0) });
    await source.read(0, 1);
    const waiting = source.read(3 * 2 ** 30, 1);
    waiting.catch(() => undefined);
    await source.discard();
    await expect(waiting).rejects.toThrow('This file was closed.');
    await vi.waitFor(() => expect(server.seen[0]?.closed).toBe(true));
  });
});
