import { describe, expect, it } from 'vitest';
import { parseLink } from '../../../src/app/link/parse';
import { readRequest } from '../../../src/app/remote/request';
import { filePath, newFolder, openAddress } from '../../../src/cli/open/address';
import { isTransient } from '../../../src/session/transient';

describe('the address', () => {
  it('is readable where names are plain', () => {
    expect(openAddress('http://127.0.0.1:4000', 'open-x', ['app.coredump', 'app.wasm', 'lib-2.wasm'])).toBe(
      'http://127.0.0.1:4000/open-x/#url=files/0/app.coredump&module=files/1/app.wasm&module=files/2/lib-2.wasm',
    );
  });

  it.each([
    ['app.core'],
    ['my (odd) dump&name=#1?.core'],
    ['100%.core'],
    ['%2e%2e'],
    ['..%2f..%2fetc'],
    ['ünï😀.core'],
    ["it's!*.core"],
    ['a\\b.core'],
    ['line\nfeed\ttab.core'],
    ['https:x'],
    ['lone\ud800.core'],
    ['{`|}^[]".core'],
  ])('%j: the page asks for the path that is served, and shows the name', (name) => {
    const folder = newFolder();
    const origin = 'http://127.0.0.1:4000';
    const address = new URL(openAddress(origin, folder, ['a.core', name]));
    const { problems, source } = parseLink(address.hash);
    expect(problems).toEqual([]);
    if (source.kind !== 'url') throw new Error(`a link of kind ${source.kind}`);
    const read = readRequest([source.dump, ...source.modules], { base: address.href, origin });
    if (read.kind === 'refused') throw new Error(read.message);
    // The page's own origin: no consent is asked for.
    expect(read.request.hosts).toEqual([]);
    const file = read.request.files[1];
    expect(file?.url).toBe(`${origin}/${folder}/${filePath(1, name)}`);
    expect(file?.name).toBe(name.replace('\ud800', '\ufffd'));
  });

  it('has a folder that nobody can guess and the page knows for what it is', () => {
    const folders = Array.from({ length: 100 }, newFolder);
    expect(new Set(folders).size).toBe(100);
    for (const folder of folders) {
      expect(Buffer.from(folder.slice('open-'.length), 'base64url')).toHaveLength(16);
      expect(isTransient(`/${folder}/`)).toBe(true);
      expect(isTransient(`/${folder}/assets/worker.js`)).toBe(true);
    }
    for (const path of [
      '/',
      '/wasmortem/',
      '/open-x/',
      '/open-source/wasmortem/',
      '/a/open-abcdefghijklmnopqrstuv/',
    ])
      expect([path, isTransient(path)]).toEqual([path, false]);
  });
});
