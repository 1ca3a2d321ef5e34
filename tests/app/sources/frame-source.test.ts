import { beforeEach, describe, expect, it } from 'vitest';
import { frameSource, marksIn, nearestWithFile } from '../../../src/app/sources/frame-source';
import { namesFile } from '../../../src/app/sources/named';
import {
  addSources,
  chooseSource,
  forgetSources,
  pathOf,
  useSources,
} from '../../../src/app/sources/registry';
import type { FrameLine, Snapshot } from '../../../src/session/types';
import { NAMELESS } from '../../../src/symbols/frame-name';
import { fixtureJson } from '../../fixture';
import { type Expected, snapshotOfExpected } from '../fake-session';

const at = (file: string | null, line: number | null, name = 'f'): FrameLine => ({
  function: name,
  file,
  directory: null,
  line,
  column: 3,
});
const base = snapshotOfExpected(fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json'), 'a.core');
const withLines = (...frames: readonly (readonly FrameLine[])[]): Snapshot => ({
  ...base,
  names: { ...base.names, frames: [frames.map((lines) => ({ ...NAMELESS, lines }))] },
});
const give = (...paths: readonly string[]) =>
  addSources(paths.map((path) => ({ path, size: 1, blob: async () => new Blob(['x']) })));
const sources = () => useSources.getState();
const frame = (index: number) => ({ thread: 0, frame: index });

beforeEach(forgetSources);

describe('frameSource', () => {
  const snapshot = withLines([at('src/inl.h', 4), at('src/a.c', 9)], [], [at(null, 3)], [at('b/x.c', 2)]);
  it('is the file of the innermost inlined function, or of the one that is asked for', () => {
    give('p/src/a.c', 'p/src/inl.h');
    expect(frameSource(snapshot, sources(), frame(0), 0)).toMatchObject({
      kind: 'file',
      file: { path: 'p/src/inl.h' },
    });
    expect(frameSource(snapshot, sources(), frame(0), 1)).toMatchObject({
      kind: 'file',
      file: { path: 'p/src/a.c' },
    });
  });

  it('says what is missing: the frame, its line, its file', () => {
    expect(frameSource(snapshot, sources(), null, 0).kind).toBe('no-frame');
    expect(frameSource(snapshot, sources(), frame(1), 0).kind).toBe('no-line');
    expect(frameSource(snapshot, sources(), frame(2), 0).kind).toBe('no-line');
    expect(frameSource(snapshot, sources(), frame(99), 0).kind).toBe('no-line');
    expect(frameSource(snapshot, sources(), frame(3), 0)).toMatchObject({ kind: 'missing', path: 'b/x.c' });
  });

  it('tells files of one name apart by the directory that the path is relative to', () => {
    give('p/lib/main.c', 'p/app/main.c');
    const relative = { ...at('main.c', 1), directory: '/build/app' };
    expect(frameSource(withLines([relative]), sources(), frame(0), 0)).toMatchObject({
      kind: 'file',
      file: { path: 'p/app/main.c' },
    });
    expect(pathOf({ ...relative, file: '/abs/main.c' })).toBe('/abs/main.c');
    expect(pathOf({ ...relative, file: 'C:\\x\\main.c' })).toBe('C:\\x\\main.c');
    expect(pathOf({ ...relative, file: '' })).toBeNull();
  });

  it('lists several that are as good, until one is chosen', () => {
    const [, second] = give('one/b/x.c', 'two/b/x.c');
    expect(frameSource(snapshot, sources(), frame(3), 0).kind).toBe('several');
    chooseSource('b/x.c', second?.id ?? 0);
    expect(frameSource(snapshot, sources(), frame(3), 0)).toMatchObject({ kind: 'file', file: second });
  });
});

describe('marksIn', () => {
  it('has every frame that stands in the file, inlined ones too', () => {
    const [file] = give('src/a.c');
    if (file === undefined) throw new Error('no file');
    const snapshot = withLines(
      [at('src/inl.h', 4), at('src/a.c', 9)],
      [at('src/a.c', 20)],
      [at('./src/a.c', 9)],
      [],
    );
    expect([...marksIn(snapshot, sources(), 0, file)]).toEqual([
      [
        9,
        [
          { frame: 0, inline: 1 },
          { frame: 2, inline: 0 },
        ],
      ],
      [20, [{ frame: 1, inline: 0 }]],
    ]);
    expect(marksIn(snapshot, sources(), 5, file).size).toBe(0);
  });
});

describe('nearestWithFile', () => {
  it('looks at the callers first, then at what was called', () => {
    const snapshot = withLines([at('a.c', 1)], [at('lib/abort.c', 5)], [at('lib/x.c', 5), at('b.c', 7)]);
    give('a.c');
    expect(nearestWithFile(snapshot, sources(), frame(1))).toMatchObject({ frame: 0, inline: 0 });
    give('b.c');
    expect(nearestWithFile(snapshot, sources(), frame(1))).toMatchObject({ frame: 2, inline: 1 });
    forgetSources();
    expect(nearestWithFile(snapshot, sources(), frame(1))).toBeNull();
  });
});

describe('the registry', () => {
  it('replaces what was given before under the same path', () => {
    const [first] = give('a.c', 'b.c');
    const [again] = give('a.c');
    expect(sources().files.map(({ path }) => path)).toEqual(['b.c', 'a.c']);
    expect(again?.id).not.toBe(first?.id);
  });

  it('knows which names the frames speak of', () => {
    const isNamed = namesFile(withLines([at('/usr/include/c++/v1/vector', 4)]));
    expect([isNamed('vector'), isNamed('Vector'), isNamed('list')]).toEqual([true, true, false]);
    expect(namesFile(null)('a')).toBe(false);
  });
});
