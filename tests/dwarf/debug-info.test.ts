import { describe, expect, it } from 'vitest';
import { openDebugInfo } from '../../src/dwarf/debug-info';
import { isAbsolute, joinPath } from '../../src/dwarf/line-table';
import { fixture } from '../fixture';
import { bytes, counted, text, u8, u16, u32, u64, uleb } from './build';
import { customSections, openModule, sectionsOf } from './sections';

describe('what is said of a module as a whole', () => {
  it('a module without debug information has none', async () => {
    const { info } = await openModule(fixture('wasmtime/globals/globals.wasm'));
    expect(info).toBeNull();
  });

  it.each([
    ['wasmtime/c-divide-O0/c-divide-O0.wasm', 41, [4]],
    ['wasmtime/c-divide-dwarf5/c-divide-dwarf5.wasm', 41, [4, 5]],
    ['symbols/mixed/mixed.wasm', 5, [2, 3, 4, 5]],
  ])('%s has %d units of versions %o', async (path, units, versions) => {
    const { info } = await openModule(fixture(path));
    expect(info).toMatchObject({ units: expect.any(Number), versions });
    if (!path.startsWith('symbols')) expect(info?.units).toBe(units);
    expect(info?.worthless).toBeNull();
    expect(info?.split).toEqual([]);
  });

  it('DWARF that wasm-opt left without addresses is worthless, with what helps', async () => {
    const { info, bodies } = await openModule(fixture('symbols/worthless/worthless.wasm'));
    expect(info?.worthless).toMatch(
      /^The DWARF has \d+ units and no address of code: most likely wasm-opt ran without -g\. Link with --no-wasm-opt, or give wasm-opt -g\.$/,
    );
    for (const body of bodies) if (body !== null) expect(await info?.lines(body.start, body)).toEqual([]);
  });

  it('DWARF that wasm-opt -g kept is not', async () => {
    const { info } = await openModule(fixture('symbols/binaryen/binaryen.wasm'));
    expect(info?.worthless).toBeNull();
  });

  it('DWARF of other code gives no lines for code whose start it does not know', async () => {
    const { info, bodies } = await openModule(fixture('symbols/stale/stale.wasm'));
    let silent = 0;
    for (const body of bodies)
      if (body !== null && (await info?.lines(body.start, body))?.length === 0) silent += 1;
    expect(silent).toBeGreaterThan(bodies.length / 2);
  });

  it.each(['split4', 'split5'])('%s names the .dwo files that it lacks', async (name) => {
    const module = fixture(`symbols/${name}/${name}.wasm`);
    const alone = await openModule(module);
    expect([...(alone.info?.split ?? [])].sort()).toEqual(['hash.dwo', 'main.dwo', 'tally.dwo']);
    const hash = sectionsOf(await customSections(fixture(`symbols/${name}/hash.dwo`)));
    const withOne = await openModule(module, [hash]);
    expect([...(withOne.info?.split ?? [])].sort()).toEqual(['main.dwo', 'tally.dwo']);
  });

  it('a companion of another module changes nothing', async () => {
    const other = sectionsOf(await customSections(fixture('symbols/split4/hash.dwo')));
    const module = fixture('symbols/split5/split5.wasm');
    const { info, bodies } = await openModule(module, [other]);
    const { info: alone } = await openModule(module);
    for (const body of bodies)
      if (body !== null)
        expect(await info?.lines(body.start, body)).toEqual(await alone?.lines(body.start, body));
  });
});

describe('lines', () => {
  it('an offset outside the body has none', async () => {
    const { info, bodies } = await openModule(fixture('wasmtime/c-divide-O0/c-divide-O0.wasm'));
    const body = bodies[8];
    if (!body) throw new Error('no body');
    expect(await info?.lines(body.start, body)).toHaveLength(1);
    expect(await info?.lines(body.end, body)).toEqual([]);
    expect(await info?.lines(body.start - 1, body)).toEqual([]);
  });

  it('several questions at once have the answers of one after the other', async () => {
    const module = fixture('wasmtime/cpp-shapes-O0/cpp-shapes-O0.wasm');
    const { info, bodies } = await openModule(module);
    const some = bodies.filter((body) => body !== null).slice(0, 40);
    const together = await Promise.all(some.map((body) => info?.lines(body.start + 1, body)));
    const { info: again } = await openModule(module);
    for (const [index, body] of some.entries())
      expect(together[index]).toEqual(await again?.lines(body.start + 1, body));
  });
});

/** A module's debug sections in the 64-bit format, which no compiler writes for Wasm: one unit, `twice` at [10, 30). */
function sections64(version: 4 | 5): Record<string, Uint8Array> {
  const attributes = [...[0x10, 0x17, 0x1b, 0x0e, 0x11, 0x01, 0x12, 0x07], ...[0, 0]];
  const abbreviations = bytes(
    [1, 0x11, 1, ...attributes],
    [2, 0x2e, 0, 0x03, 0x0e, 0x11, 0x01, 0x12, 0x06, 0, 0],
    [0],
  );
  const strings = bytes(text('/build'), text('twice'));
  const dies = [
    ...[1, ...u64(0), ...u64(0), ...u32(10), ...u64(20)],
    ...[2, ...u64(7), ...u32(10), ...u32(20)],
    0,
  ];
  const head = version === 5 ? [...u16(5), 1, 4, ...u64(0)] : [...u16(4), ...u64(0), 4];
  const lists4 = [...text('src'), 0, ...text('twice.c'), 1, 0, 0, 0];
  const lists5 = [
    ...[1, 1, 0x08, 2, ...text('/build'), ...text('src')],
    ...[2, 1, 0x08, 2, 0x0b, 2, ...text('first.c'), 0, ...text('twice.c'), 1],
  ];
  const header = [
    ...u8(1, 1, 1, -5, 14, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1),
    ...(version === 5 ? lists5 : lists4),
  ];
  const program = [0, 5, 2, ...u32(10), 5, ...uleb(3), 1, 2, ...uleb(20), 0, 1, 1];
  const line = [
    ...u16(version),
    ...(version === 5 ? [4, 0] : []),
    ...u64(header.length),
    ...header,
    ...program,
  ];
  return {
    '.debug_abbrev': abbreviations,
    '.debug_info': bytes(counted([...head, ...dies], 8)),
    '.debug_str': strings,
    '.debug_line': bytes(counted(line, 8)),
  };
}

describe('the 64-bit format', () => {
  it.each([4, 5] as const)('version %d reads as the 32-bit one', async (version) => {
    const info = await openDebugInfo(sectionsOf(sections64(version)), []);
    const body = { start: 10, end: 30 };
    const place = { file: 'src/twice.c', line: 1, column: 3 };
    expect(await info?.lines(15, body)).toEqual([
      { function: 'twice', linkageName: null, directory: '/build', ...place },
    ]);
    expect(await info?.rows(body)).toEqual([{ address: 10, directory: '/build', ...place }]);
    expect(info?.problems()).toEqual([]);
  });
});

describe('paths', () => {
  it.each([
    [null, 'a.c', 'a.c'],
    ['src', 'a.c', 'src/a.c'],
    ['src/', 'a.c', 'src/a.c'],
    ['./libc', 'a/../b.c', './libc/a/../b.c'],
    ['src', '/usr/a.c', '/usr/a.c'],
    ['C:\\src', 'a.c', 'C:\\src\\a.c'],
    ['src', 'C:\\a.c', 'C:\\a.c'],
  ])('%s and %s are %s', (directory, name, path) => {
    expect(joinPath(directory, name)).toBe(path);
  });

  it('a drive without a separator is not a root', () => {
    expect(isAbsolute('C:a.c')).toBe(false);
    expect(isAbsolute('\\\\server\\a.c')).toBe(true);
  });
});
