import { describe, expect, it } from 'vitest';
import { parseHosts } from '../../../src/app/remote/allowed';
import { hostName, readRequest } from '../../../src/app/remote/request';

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
