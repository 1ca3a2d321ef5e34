import { afterEach, describe, expect, it, vi } from 'vitest';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { HttpSource, type HttpSourceOptions } from '../../src/bytes/http-source';
import { noise } from '../helpers/sources';

const KIB = 1024;
const FILE = noise(1024 * KIB);
FILE.set([0, 0x61, 0x73, 0x6d]);
const opened: HttpSource[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((source) => source.discard()));
});

interface Asked {
  readonly start: number;
  readonly end: number;
  /** null: the whole file is asked for. */
  readonly range: string | null;
  readonly url: string;
  readonly signal: AbortSignal;
  readonly at: number;
}

type Server = (asked: Asked, nth: number) => Response | Promise<Response>;

/** A source whose requests `server` answers; the last of them goes on for all that follow. */
function open(server: Server, options: Partial<HttpSourceOptions> = {}) {
  const asked: Asked[] = [];
  const source = new HttpSource('https://dumps.example/a.coredump', {
    fetch: async (url, init) => {
      const range = new Headers(init.headers).get('range');
      const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
      const { signal } = init;
      if (!(signal instanceof AbortSignal)) throw new TypeError('a request that cannot be ended');
      const one = {
        start: Number(start ?? 0),
        end: Math.min(FILE.length, Number(last ?? FILE.length - 1) + 1),
        range,
        url,
        signal,
        at: performance.now(),
      };
      asked.push(one);
      return server(one, asked.length - 1);
    },
    origin: null,
    redirects: 'refuse',
    backoff: [1, 2, 4],
    createSpool: async () => new BlobSpool(64 * KIB),
    ...options,
  });
  opened.push(source);
  return { source, asked };
}

const part = (
  { start, end }: Asked,
  headers: Record<string, string> = {},
  body: BodyInit = FILE.slice(start, end),
) =>
  new Response(body, {
    status: 206,
    headers: { 'content-range': `bytes ${start}-${end - 1}/${FILE.length}`, ...headers },
  });

/** Good to the first request, then as told. */
const then =
  (server: Server): Server =>
  (asked, nth) =>
    nth === 0 ? part(asked) : server(asked, nth);

/** A body that gives `pieces` and then drops, ends, or goes on for ever. */
function body(pieces: Iterable<Uint8Array>, end: 'drop' | 'end', pause = 0) {
  const stream = { pulled: 0, cancelled: false };
  const rest = pieces[Symbol.iterator]();
  const readable = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        const { done, value } = rest.next();
        if (done !== true) {
          stream.pulled += value.length;
          controller.enqueue(value);
        } else if (end === 'drop') controller.error(new TypeError('terminated'));
        else controller.close();
      },
      cancel() {
        stream.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { readable, stream };
}

function* endless(piece: Uint8Array) {
  for (;;) yield piece;
}

function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const headless = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

describe('an answer that is no range', () => {
  it.each<[string, Server, RegExp]>([
    ['204', () => headless(204), /the server answers 204: it has nothing there\.$/],
    ['304', () => headless(304), /the server answers 304\.$/],
    [
      '416 with a size',
      () => headless(416, { 'content-range': 'bytes */7' }),
      /the server answers 416: it has no such bytes of 7\.$/,
    ],
    ['416 without one', () => headless(416), /the server answers 416\.$/],
  ])('%s', async (_, server, message) => {
    const { source, asked } = open(server);
    await expect(source.read(0, 1)).rejects.toThrow(message);
    expect(asked).toHaveLength(1);
  });

  it.each<[string, Server, RegExp]>([
    ['200', () => new Response(FILE), /the server stopped answering with ranges/],
    ['204', () => headless(204), /answers 204/],
    ['401', () => headless(401), /it asks for a sign-in/],
    [
      '416, for the file is shorter now',
      () => headless(416, { 'content-range': 'bytes */300000' }),
      /it had 1,048,576 bytes and has 300,000/,
    ],
    [
      '416 for a file that is still as long',
      () => headless(416, { 'content-range': `bytes */${FILE.length}` }),
      /416: it has no such bytes of 1,048,576/,
    ],
    [
      '416 for a file that is empty now',
      () => headless(416, { 'content-range': 'bytes */0' }),
      /the file is empty now/,
    ],
    [
      'several ranges in one',
      (asked) => part(asked, { 'content-type': 'multipart/byteranges; boundary=x' }),
      /several ranges in one body \(multipart\/byteranges\)/,
    ],
    ['a compressed range', (asked) => part(asked, { 'content-encoding': 'gzip' }), /Content-Encoding/],
    [
      'a range of an unknown total',
      (asked) => part(asked, { 'content-range': `bytes ${asked.start}-${asked.end - 1}/*` }),
      /a range cannot be used: its Content-Range is bytes \d+-\d+\/\*/,
    ],
    [
      'another total',
      (asked) => part(asked, { 'content-range': `bytes ${asked.start}-${asked.end - 1}/2000000` }),
      /it had 1,048,576 bytes and has 2,000,000/,
    ],
    [
      'a range that ends before it begins',
      (asked) => part(asked, { 'content-range': `bytes ${asked.start}-0/${FILE.length}` }),
      /answers with the range bytes 524288-0/,
    ],
  ])('in the middle of a file: %s', async (_, server, message) => {
    const { source, asked } = open(then(server));
    await source.read(0, 1);
    await expect(source.read(512 * KIB, 1)).rejects.toThrow(message);
    expect(asked).toHaveLength(2);
    // What came before stays.
    expect(same(await source.read(0, 100), FILE.slice(0, 100))).toBe(true);
  });

  it.each([
    ['several in one body', { 'content-type': 'multipart/byteranges; boundary=x' }, /several ranges in one/],
    ['of another unit', { 'content-range': 'items 0-5/10' }, /its Content-Range is items 0-5\/10/],
    ['of an unknown total', { 'content-range': 'bytes 0-5/*' }, /its Content-Range is bytes 0-5\/\*/],
  ])('but a part %s: the file is downloaded whole', async (_, headers, why) => {
    const { source, asked } = open((one) =>
      one.range === null ? new Response(FILE, { headers: { etag: '"a"' } }) : part(one, headers),
    );
    expect(same(await source.read(1000 * KIB, 5), FILE.slice(1000 * KIB, 1000 * KIB + 5))).toBe(true);
    expect(source.notes[0]).toMatch(why);
    expect(asked.map(({ range }) => range)).toEqual(['bytes=0-262143', null]);
  });
});

describe('a body that', () => {
  it('never ends is let go of as soon as more came than was announced', async () => {
    const { readable, stream } = body(endless(new Uint8Array(64 * KIB)), 'end');
    const { source } = open((asked) => part(asked, {}, readable));
    await expect(source.read(0, 1)).rejects.toThrow(/more bytes came than the 262,144 that were announced/);
    expect(stream.pulled).toBeLessThanOrEqual(262_144 + 64 * KIB);
    await vi.waitFor(() => expect(stream.cancelled).toBe(true));
  });

  it('trickles is waited for: the time limit is about a pause, not about the whole', async () => {
    const { readable } = body(pieces(FILE.slice(0, 262_144), 8 * KIB), 'end', 8);
    const { source } = open((asked) => part(asked, {}, readable), { stall: 120 });
    const begun = performance.now();
    expect(same(await source.read(0, 10), FILE.slice(0, 10))).toBe(true);
    expect(performance.now() - begun).toBeGreaterThan(200);
  });

  it('stands still in the middle is taken up at the byte where it stood', async () => {
    const stuck = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(FILE.slice(0, 100_000)),
    });
    const { source, asked } = open((one, nth) => part(one, {}, nth === 0 ? stuck : undefined), {
      stall: 60,
    });
    expect(same(await source.read(0, 200_000), FILE.slice(0, 200_000))).toBe(true);
    expect(asked.map(({ range }) => range)).toEqual(['bytes=0-262143', 'bytes=100000-262143']);
  });

  it('drops in each phase is taken up: before the head, at the first byte, in the middle, before the last', async () => {
    const drops = [0, 100_001, 130_000];
    const { source, asked } = open(
      then((one, nth) => {
        if (nth === 1) return Promise.reject(new TypeError('Failed to fetch'));
        const length = drops[nth - 2];
        if (length === undefined) return part(one);
        return part(one, {}, body([FILE.slice(one.start, one.start + length)], 'drop').readable);
      }),
    );
    await source.read(0, 1);
    expect(same(await source.read(0, FILE.length), FILE)).toBe(true);
    const from = 262_144;
    expect(asked.map(({ start }) => start)).toEqual([
      0,
      from,
      from,
      from,
      from + 100_001,
      from + 100_001 + 130_000,
    ]);
  });

  it('drops before each head is given up after four tries', async () => {
    const { source, asked } = open(then(() => Promise.reject(new TypeError('Failed to fetch'))));
    await source.read(0, 1);
    await expect(source.read(512 * KIB, 1)).rejects.toThrow('the connection dropped, 4 times in a row.');
    expect(asked).toHaveLength(5);
  });
});

describe('Retry-After', () => {
  it('is waited for, in seconds or as a date', async () => {
    // A date says whole seconds: two of them are more than one.
    for (const later of [() => '1', () => new Date(Date.now() + 2000).toUTCString()]) {
      const { source, asked } = open((one, nth) =>
        nth === 0 ? headless(503, { 'retry-after': later() }) : part(one),
      );
      await source.read(0, 1);
      const [first, second] = asked.map(({ at }) => at);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(800);
    }
  });

  it.each([429, 500, 503])('of an hour is not waited for, and said: %i', async (status) => {
    const { source, asked } = open(() => headless(status, { 'retry-after': '3600' }));
    await expect(source.read(0, 1)).rejects.toThrow(
      `the server answers ${status} and asks to wait 3,600 seconds.`,
    );
    expect(asked).toHaveLength(1);
  });

  it.each(['-5', 'soon', '', '99999999999', '0'])('of %j changes nothing', async (after) => {
    const { source, asked } = open((one, nth) =>
      nth === 0 ? headless(429, { 'retry-after': after }) : part(one),
    );
    await source.read(0, 1);
    expect(asked).toHaveLength(2);
  });

  it('is given up with the read', async () => {
    const { source, asked } = open(() => headless(503, { 'retry-after': '20' }));
    const left = new AbortController();
    const reading = source.read(0, 1, left.signal);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    left.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
  });
});

describe('a web page in place of a file', () => {
  const page = (title: string) =>
    `<!doctype html><html><head><meta charset=utf-8><title lang="en">${title}</title>`;
  const html = { 'content-type': 'text/html; charset=utf-8' };

  it.each([
    ['\n  Sign in ·\n  Example  ', 'titled "Sign in · Example", probably'],
    ['\u202egnp.exe\u0007', 'titled "\\u{202e}gnp.exe\\u{7}", probably'],
    ['&lt;script>alert(1)', 'titled "&lt;script>alert(1)", probably'],
    ['', 'web page (text/html), probably'],
    ['x'.repeat(900), `titled "${'x'.repeat(80)}… (900 characters)", probably`],
  ])('is said by its title, escaped: %j', async (title, words) => {
    const { source } = open(() => new Response(page(title), { headers: html }));
    await expect(source.read(0, 1)).rejects.toThrow(words);
    const ranged = open(
      () =>
        new Response(page(title), {
          status: 206,
          headers: {
            ...html,
            'content-range': `bytes 0-${new TextEncoder().encode(page(title)).length - 1}/${new TextEncoder().encode(page(title)).length}`,
          },
        }),
    );
    await expect(ranged.source.read(0, 1)).rejects.toThrow(words);
  });

  it('that never ends, or never goes on, is read no further than a title could stand', async () => {
    const { readable, stream } = body(endless(new TextEncoder().encode('<title '.repeat(1000))), 'end');
    const { source } = open(() => new Response(readable, { headers: html }));
    await expect(source.read(0, 1)).rejects.toThrow('a web page (text/html), probably');
    expect(stream.pulled).toBeLessThan(80 * KIB);
    await vi.waitFor(() => expect(stream.cancelled).toBe(true));
    const stuck = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    const other = open(() => new Response(stuck, { headers: html }));
    await expect(other.source.read(0, 1)).rejects.toThrow('a web page (text/html), probably');
  });

  it('is not what a server only calls one', async () => {
    const { source } = open((asked) => part(asked, html));
    expect(same(await source.read(0, 100), FILE.slice(0, 100))).toBe(true);
  });
});

describe('the state of a file', () => {
  const tagged = (first: Record<string, string>, second: Record<string, string>) =>
    open((asked, nth) => part(asked, nth === 0 ? first : second));

  it.each<[Record<string, string>, Record<string, string>, RegExp]>([
    [{ etag: 'W/"a"' }, { etag: 'W/"b"' }, /its ETag was W\/"a" and is W\/"b"/],
    [{ etag: '"a"' }, { etag: '"b"' }, /its ETag was "a" and is "b"/],
    [
      { 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' },
      { 'last-modified': 'Mon, 01 Jan 2024 00:00:01 GMT' },
      /its Last-Modified was Mon, 01 Jan 2024 00:00:00 GMT and is Mon, 01 Jan 2024 00:00:01 GMT/,
    ],
    [{ etag: 'W/"a"' }, { etag: 'W/"a"', 'last-modified': 'x' }, /its Last-Modified was none and is x/],
  ])('differs: %j and %j', async (first, second, message) => {
    const { source } = tagged(first, second);
    await source.read(0, 1);
    await expect(source.read(512 * KIB, 1)).rejects.toThrow(message);
  });

  it('is the same under a weak ETag and a strong one', async () => {
    const { source } = tagged({ etag: '"a"' }, { etag: 'W/"a"' });
    await source.read(0, 1);
    expect(same(await source.read(512 * KIB, 4), FILE.slice(512 * KIB, 512 * KIB + 4))).toBe(true);
  });

  it('is not told by a weak ETag when a download begins again', async () => {
    const drop = (etag: string) =>
      open(() => new Response(body([FILE.slice(0, 1000)], 'drop').readable, { headers: { etag } }));
    const weak = drop('W/"a"');
    await expect(weak.source.read(2000, 1)).rejects.toThrow(/the server gives nothing to go on from/);
    expect(weak.asked).toHaveLength(1);
    const strong = drop('"a"');
    await expect(strong.source.read(2000, 1)).rejects.toThrow();
    expect(strong.asked.length).toBeGreaterThan(1);
  });
});

describe('a redirect that was allowed', () => {
  const led = (to: string, from = 'https://dumps.example/a.coredump') => {
    const cancelled = vi.fn();
    const { source, asked } = open(
      (one) => {
        const response = part(one, {}, new ReadableStream({ cancel: cancelled }, { highWaterMark: 0 }));
        Object.defineProperties(response, { redirected: { value: to !== from }, url: { value: to } });
        return response;
      },
      { redirects: 'follow', stall: 50, backoff: [] },
    );
    return { source, asked, cancelled };
  };

  it.each(['http://dumps.example/a', 'data:,x', 'file:///etc/passwd', 'blob:https://a/b', 'javascript:1'])(
    'is not taken to %s',
    async (to) => {
      const { source, cancelled } = led(to);
      await expect(source.read(0, 1)).rejects.toThrow(
        /it redirects to a \w+: address, which is not followed/,
      );
      expect(cancelled).toHaveBeenCalled();
      expect(source.url).toBe('https://dumps.example/a.coredump');
    },
  );

  it('is followed once: what comes after it goes to where it led, and no further', async () => {
    const { source, asked } = open(
      (one, nth) => {
        if (nth > 0) return headless(302, { location: 'https://third.example/' });
        const response = part(one);
        Object.defineProperties(response, {
          redirected: { value: true },
          url: { value: 'https://other.example/b' },
        });
        return response;
      },
      { redirects: 'follow' },
    );
    await source.read(0, 1);
    await expect(source.read(512 * KIB, 1)).rejects.toThrow('redirects to another address');
    expect(asked.map(({ url }) => url)).toEqual([
      'https://dumps.example/a.coredump',
      'https://other.example/b',
    ]);
    expect(source.notes).toEqual(['dumps.example redirected to other.example; the file comes from there.']);
  });
});
