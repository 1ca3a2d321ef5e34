import { describe, expect, it } from 'vitest';
import { type Dropped, expand } from '../../../src/app/intake/expand';
import { type DroppedEntry, ENTRY_LIMIT, listFolder } from '../../../src/app/intake/folder';
import { plan } from '../../../src/app/intake/plan';
import { nothingUsable, unusedText } from '../../../src/app/intake/words';
import { fixture } from '../../fixture';
import { zipOf } from './zip-file';

const signal = new AbortController().signal;
const text = (value: string) => Uint8Array.from(new TextEncoder().encode(value));
const given = (path: string, bytes: Uint8Array<ArrayBuffer>, nested = false): Dropped => ({
  kind: 'file',
  path,
  blob: new Blob([bytes]),
  nested,
});
const file = (name: string, bytes: Uint8Array<ArrayBuffer>): DroppedEntry => ({
  isDirectory: false,
  name,
  file: (done) => done(new File([bytes], name)),
});
type Folder = Extract<DroppedEntry, { isDirectory: true }>;
/** A folder whose entries come in batches, as browsers hand them out. */
const folder = (name: string, entries: readonly DroppedEntry[], batch = 2): Folder => ({
  isDirectory: true,
  name,
  createReader: () => {
    let at = 0;
    return {
      readEntries: (done) => {
        done(entries.slice(at, at + batch));
        at += batch;
      },
    };
  },
});
const look = (dropped: readonly Dropped[]) =>
  expand(dropped, { signal, isNamed: () => false, onProgress: () => undefined });
const planned = async (dropped: readonly Dropped[]) => {
  const { dumps, others, sources, unused } = plan(await look(dropped));
  const paths = (files: typeof dumps) => files.map((sorted) => sorted.file.path);
  return { dumps: paths(dumps), others: paths(others), sources: paths(sources), unused: paths(unused) };
};

const dump = fixture('wasm-encoder/all-types/all-types.coredump');
const module = fixture('wasm-encoder/all-types/all-types.wasm');

describe('what was dropped', () => {
  it('stays as it was when it is files only: the session has the sentence for each', async () => {
    expect(
      await planned([given('a.core', dump), given('a.wasm', module), given('log.txt', text('panic'))]),
    ).toEqual({
      dumps: ['a.core'],
      others: ['a.wasm', 'log.txt'],
      sources: [],
      unused: [],
    });
  });

  it('of a folder is all that is in it, by path', async () => {
    const tree = folder('out', [
      folder('src', [
        file('main.c', text('int main;')),
        file('util.h', text('int u;')),
        file('b.png', text('x')),
      ]),
      folder('.git', [file('config.c', text('a'))]),
      file('a.coredump', dump),
      file('a.wasm', module),
      file('a.wasm.map', text('{}')),
    ]);
    expect(await planned([{ kind: 'folder', entry: tree }])).toEqual({
      dumps: ['out/a.coredump'],
      others: ['out/a.wasm', 'out/a.wasm.map'],
      sources: ['out/src/main.c', 'out/src/util.h'],
      unused: ['out/src/b.png'],
    });
  });

  it('of a zip too, and an archive inside stays closed', async () => {
    const inner = zipOf([{ name: 'x.core', bytes: dump }]);
    const archive = zipOf([
      { name: 'a.coredump', bytes: dump },
      { name: 'b.coredump.gz', bytes: fixture('notdumps/gzip/all-types.coredump.gz') },
      { name: 'bin/a.wasm', bytes: module },
      { name: 'src/main.c', bytes: text('int main;') },
      { name: 'more.zip', bytes: inner },
    ]);
    const expanded = await look([given('ci.zip', archive)]);
    const { unused } = plan(expanded);
    expect(await planned([given('ci.zip', archive)])).toEqual({
      dumps: ['a.coredump', 'b.coredump.gz'],
      others: ['bin/a.wasm'],
      sources: ['src/main.c'],
      unused: ['more.zip'],
    });
    expect(unusedText(unused, expanded.containers)).toBe('An archive inside is not opened: more.zip.');
  });

  it('of a zip with nothing for us says what it holds', async () => {
    const expanded = await look([given('ci.zip', zipOf([{ name: 'log.txt', bytes: text('a') }]))]);
    expect(nothingUsable(expanded)).toBe(
      'ci.zip holds 1 file, and none is a dump, a module or a source text: log.txt.',
    );
    expect(nothingUsable(await look([given('ci.zip', zipOf([]))]))).toBe('ci.zip holds 0 files.');
  });

  it('of a damaged zip is its sentence', async () => {
    const { files, problems, containers } = await look([given('ci.zip', text('PK\x03\x04 cut'))]);
    expect({ files, containers }).toEqual({ files: [], containers: ['ci.zip'] });
    expect(problems[0]).toMatch(/^ci\.zip is a zip archive that is cut off or damaged/);
  });

  it("takes what is called a dump where there is no dump: the rewriter's raw image has no header", async () => {
    const image = fixture('rewriter/entry-trap-022/entry-trap-022.coredump');
    const archive = zipOf([
      { name: 'entry-trap-022.coredump', bytes: image },
      { name: 'log.txt', bytes: text('a') },
    ]);
    expect((await planned([given('ci.zip', archive)])).dumps).toEqual(['entry-trap-022.coredump']);
  });

  it('of modules in folders is at most 64', async () => {
    const modules = Array.from({ length: 70 }, (_, at) => file(`${at}.wasm`, module));
    const { others, cut } = plan(await look([{ kind: 'folder', entry: folder('deps', modules, 100) }]));
    expect([others.length, cut]).toEqual([64, 6]);
  });
});

describe('listFolder', () => {
  it('stops at its bound and says so', async () => {
    const many = Array.from({ length: 30 }, (_, at) => file(`${at}.c`, text('a')));
    const { files, problems } = await listFolder(folder('src', many, 10), 25, signal);
    expect(files.length).toBe(25);
    expect(problems).toEqual(['src holds more than 25 files: the first 25 are looked at.']);
    expect(ENTRY_LIMIT).toBe(10_000);
  });

  it('ends where a folder leads into itself', async () => {
    const loop: { -readonly [K in keyof Folder]: Folder[K] } = { ...folder('loop', []) };
    loop.createReader = () => {
      let read = false;
      return {
        readEntries: (done) => {
          done(read ? [] : [loop]);
          read = true;
        },
      };
    };
    const { files, problems } = await listFolder(loop, 100, signal);
    expect(files).toEqual([]);
    expect(problems.join()).toMatch(/deeper than 64 folders/);
  });

  it('goes on after what cannot be read', async () => {
    const broken: DroppedEntry = {
      isDirectory: false,
      name: 'gone.c',
      file: (_done, failed) => failed(new Error('A requested file could not be found.')),
    };
    const { files, problems } = await listFolder(
      folder('src', [broken, file('b.c', text('b'))]),
      100,
      signal,
    );
    expect(files.map(({ path }) => path)).toEqual(['src/b.c']);
    expect(problems).toEqual(['src/gone.c cannot be read: A requested file could not be found.']);
  });
});
