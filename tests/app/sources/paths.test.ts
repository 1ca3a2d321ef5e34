import { describe, expect, it } from 'vitest';
import { indexPaths, matchPath, pathParts, urlOf } from '../../../src/app/sources/paths';

const match = (files: readonly string[], path: string) => {
  const found = matchPath(indexPaths(files.map((file) => ({ path: file }))), path);
  if (found.kind === 'one') return `${found.file.path}${found.certain ? '' : ' by name'}`;
  return found.kind === 'none' ? 'none' : found.files.map((file) => file.path).join(' or ');
};

describe('pathParts', () => {
  it.each([
    ['./src/a.c', 'src/a.c'],
    ['/build/x/../src/./a.c', 'build/src/a.c'],
    ['../../src/a.c', 'src/a.c'],
    ['C:\\work\\app\\src\\main.rs', 'work/app/src/main.rs'],
    ['webpack://app/./src/a.ts', 'app/src/a.ts'],
    ['file:///home/x/a.c', 'home/x/a.c'],
    ['src//a.c', 'src/a.c'],
    ['', ''],
  ])('%s', (path, parts) => {
    expect(pathParts(path).join('/')).toBe(parts);
  });
});

describe('matchPath', () => {
  it('takes the longest common end', () => {
    const files = ['proj/lib/util/list.c', 'proj/app/list.c', 'proj/app/main.c'];
    expect(match(files, '/build/lib/util/list.c')).toBe('proj/lib/util/list.c');
    expect(match(files, '/elsewhere/app/list.c')).toBe('proj/app/list.c');
  });

  it('knows a single file by its name, from any folder', () => {
    expect(match(['shapes.cpp'], '/home/a/src/shapes.cpp')).toBe('shapes.cpp');
    expect(match(['src/shapes.cpp'], 'shapes.cpp')).toBe('src/shapes.cpp');
  });

  it('says when only the name is the same', () => {
    expect(match(['other/mod.rs'], '/build/core/mod.rs')).toBe('other/mod.rs by name');
  });

  it('lists what is as good as each other', () => {
    expect(match(['a/src/lib.rs', 'b/src/lib.rs'], '/x/src/lib.rs')).toBe('a/src/lib.rs or b/src/lib.rs');
  });

  it('prefers the same letters, and takes another case where there is no other', () => {
    expect(match(['x/Main.C', 'x/main.c'], 'y/main.c')).toBe('x/main.c by name');
    expect(match(['Src/Main.cpp'], '/b/src/main.cpp')).toBe('Src/Main.cpp');
  });

  it('reads Windows paths of either side', () => {
    expect(match(['proj/src/main.rs'], 'D:\\a\\proj\\src\\main.rs')).toBe('proj/src/main.rs');
  });

  it('finds nothing for another name', () => {
    expect(match(['a/b.c'], 'a/c.c')).toBe('none');
    expect(match([], '')).toBe('none');
  });
});

describe('urlOf', () => {
  it("is the address of Rust's library, of a web source, and of nothing else", () => {
    const commit = '4b91a6ea7258a947e59c6522cd5898e7c0a6a88f';
    expect(urlOf(`/rustc/${commit}/library/core/src/panicking.rs`)).toBe(
      `https://github.com/rust-lang/rust/blob/${commit}/library/core/src/panicking.rs`,
    );
    expect(urlOf('https://example.org/a.ts')).toBe('https://example.org/a.ts');
    for (const path of ['javascript:alert(1)', 'src/a.c', '/rustc/zz/library/a.rs', 'https://a b'])
      expect(urlOf(path)).toBeNull();
  });
});
