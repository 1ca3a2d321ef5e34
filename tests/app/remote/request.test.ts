import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHosts } from '../../../src/app/remote/allowed';
import { hostName, readRequest, shortHost } from '../../../src/app/remote/request';
import { visible } from '../../../src/coredump/visible';

const PAGE = { base: 'https://viewer.example/tools/index.html', origin: 'https://viewer.example' };

const read = (...urls: string[]) => {
  const found = readRequest(urls, PAGE);
  return found.kind === 'request' ? found.request : found.message;
};

describe('readRequest', () => {
  it('names the other hosts, each once, and not the own', () => {
    const request = read(
      'https://a.example/x.core',
      'b.wasm',
      'https://a.example:8443/y',
      'https://a.example/z',
    );
    expect(request).toEqual({
      hosts: ['https://a.example', 'https://a.example:8443'],
      files: [
        { name: 'x.core', url: 'https://a.example/x.core', redirects: 'refuse' },
        { name: 'b.wasm', url: 'https://viewer.example/tools/b.wasm', redirects: 'refuse' },
        { name: 'y', url: 'https://a.example:8443/y', redirects: 'refuse' },
        { name: 'z', url: 'https://a.example/z', redirects: 'refuse' },
      ],
    });
  });

  it.each([
    ['https://a.example/', 'a.example'],
    ['https://a.example/x%20y.core?key=1#f', 'x y.core'],
    ['https://a.example/%', '%'],
    ['https://a.example/dir/', 'dir'],
    ['https://a.example/%E2%80%AEfdp.core', '\u202efdp.core'],
  ])('names the file of %s', (url, name) => {
    expect(read(url)).toMatchObject({ files: [{ name }] });
  });

  it('leaves the fragment out, and nothing else', () => {
    expect(read('https://a.example/x?y=1#z')).toMatchObject({ files: [{ url: 'https://a.example/x?y=1' }] });
  });

  it('shows a host as the network knows it', () => {
    expect(read('https://ex\u0430mple.org/x')).toMatchObject({ hosts: ['https://xn--exmple-4nf.org'] });
    expect(hostName('https://xn--exmple-4nf.org')).toBe('xn--exmple-4nf.org');
    expect(hostName('http://a:8080')).toBe('http://a:8080');
    expect(read('//other.example/x', 'http://[::1]:8000/y', 'https://0x7f.1/z')).toMatchObject({
      hosts: ['https://other.example', 'http://[::1]:8000', 'https://127.0.0.1'],
    });
    // What looks like another host before the real one.
    expect(read('https://bank.example\\@a.example/x')).toMatchObject({ hosts: ['https://bank.example'] });
    expect(read('https://a.example/@bank.example/')).toMatchObject({ hosts: ['https://a.example'] });
  });

  it('shows what is unseen or looks alike in no host, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
        const found = readRequest([`https://${name}.example/x`], PAGE);
        if (found.kind === 'refused') {
          expect(visible(found.message, 1e6)).toBe(found.message);
          return;
        }
        for (const host of found.request.hosts) expect(host).toMatch(/^https:\/\/[\x21-\x7e]+$/);
        for (const { url } of found.request.files) expect(url).toMatch(/^https:\/\/[\x21-\x7e]+$/);
      }),
      { numRuns: 1000 },
    );
    expect(read('https://ex\u202eample.example/x')).toMatch(/is no URL\.$/);
  });

  it('shows of a long host its end, which says whose it is', () => {
    const host = `https://login.bank.example.${'a'.repeat(60)}.evil.example:8443`;
    expect(shortHost(host)).toMatch(/^…a+\.evil\.example:8443$/);
    expect(shortHost(host)).toHaveLength(60);
    expect(shortHost('https://a.example')).toBe('a.example');
  });

  it('refuses more files than a link may name', () => {
    const urls = Array.from({ length: 10_000 }, (_, at) => `https://h${at}.example/x`);
    expect(readRequest(urls, PAGE)).toEqual({
      kind: 'refused',
      message: '10,000 addresses are too many: at most 65 are opened at once.',
    });
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:application/wasm;base64,AGFzbQ==',
    'file:///etc/passwd',
    'blob:https://viewer.example/1',
    'https://user:secret@a.example/x',
    'https://',
    '',
  ])('refuses %j', (url) => {
    expect(read('https://a.example/x', url)).toEqual(expect.any(String));
  });

  it('refuses http: for a page from https:, but not the own machine', () => {
    expect(read('http://a.example/x')).toBe(
      'a.example/x is an http: address, and a browser does not let a page from https: read it.',
    );
    expect(read('http://127.0.0.1:8000/x')).toMatchObject({ hosts: ['http://127.0.0.1:8000'] });
  });

  it('has nothing beside a page from a file', () => {
    const page = { base: 'file:///tmp/wasmortem.html', origin: 'null' };
    expect(readRequest(['x.core'], page).kind).toBe('refused');
    expect(readRequest(['https://a.example/x'], page)).toMatchObject({
      request: { hosts: ['https://a.example'] },
    });
  });
});

describe('parseHosts', () => {
  it.each<[string | null, readonly string[]]>([
    [null, []],
    ['', []],
    ['{"a":1}', []],
    ['["https://a.example", 3, "https://a.example/path", "javascript:x", null]', ['https://a.example']],
  ])('reads %j', (text, hosts) => {
    expect(parseHosts(text)).toEqual(hosts);
  });
});
