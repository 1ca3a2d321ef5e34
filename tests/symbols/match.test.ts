import { describe, expect, it } from 'vitest';
import type { Frame, Producer } from '../../src/coredump/model';
import { bodyOf, functionAt, readModuleSymbols } from '../../src/symbols/debug-module';
import { framesByModule, Matcher } from '../../src/symbols/match';

import { bytes } from '../helpers/dump-text';
import { chunkedSource, plainSource } from '../helpers/sources';

/** One imported function; bodies of 4 bytes at 23 and 100 bytes at 28; the code section's header at 19. */
const MODULE = bytes(`00 61 73 6d 01 00 00 00
  02 09 01 01 "a" 01 "f" 00 00 00*2
  0a 6b 02  04 00 01 01 0b  64 00*100`);

const frame = (func: number, codeOffset: number | null, instance: number | null = 0): Frame => ({
  instance,
  function: func,
  codeOffset,
  locals: [],
  stack: [],
  offset: 0,
});

const producer = (name: Producer['name'], versions: string): Producer => ({ name, versions, evidence: '' });
const WASMTIME = producer('wasmtime', '14 or later');

async function matched(frames: readonly Frame[], by = WASMTIME, module: number | null = null) {
  const symbols = await readModuleSymbols(plainSource(MODULE));
  const thread = { name: '', layout: null, frames, complete: true, offset: 0 };
  const groups = framesByModule([thread], [{ module: 0 }, { module: 1 }]);
  return new Matcher(symbols, groups, by).match(module);
}

describe('readModuleSymbols', () => {
  it('knows imports, bodies and where the code stands, over every kind of source', async () => {
    const symbols = await readModuleSymbols(plainSource(MODULE));
    expect(symbols).toMatchObject({ importedFunctions: 1, importedGlobals: 0, functions: 3 });
    expect(symbols.code).toMatchObject({ sectionStart: 19, payload: 21, end: 128 });
    expect([0, 1, 2, 3].map((index) => bodyOf(symbols, index))).toEqual([
      null,
      { start: 23, size: 4 },
      { start: 28, size: 100 },
      null,
    ]);
    for (const piece of [1, 7, 100])
      expect(await readModuleSymbols(chunkedSource(MODULE, piece))).toEqual(symbols);
  });

  it('knows the start of the code section behind a padded size too', async () => {
    const padded = bytes('00 61 73 6d 01 00 00 00 0a 84 80 80 80 00 01 02 00 0b');
    const { code } = await readModuleSymbols(plainSource(padded));
    expect(code).toMatchObject({ sectionStart: 8, payload: 14 });
  });

  it('takes what there is of a damaged module', async () => {
    for (let length = 8; length < MODULE.length; length += 1) {
      const { functions } = await readModuleSymbols(plainSource(MODULE.slice(0, length)));
      expect(functions).toBeLessThanOrEqual(3);
    }
    expect((await readModuleSymbols(plainSource(MODULE.slice(0, 8)))).code).toBeNull();
  });

  it('finds the function of a place in the file', async () => {
    const symbols = await readModuleSymbols(plainSource(MODULE));
    expect([22, 23, 26, 27, 28, 127, 128].map((offset) => functionAt(symbols, offset))).toEqual([
      null,
      1,
      1,
      null,
      2,
      2,
      null,
    ]);
  });
});

describe('a module fits a dump', () => {
  it('where every frame lies inside its function', async () => {
    expect(await matched([frame(1, 3), frame(2, 99), frame(2, 0)])).toEqual({
      fits: true,
      inside: 3,
      frames: 3,
      evidence: '3 of 3 frames lie inside their function',
    });
  });

  it.each([
    ['a function that is not there', frame(3, 0)],
    ['an import, which has no frame', frame(0, 0)],
    ['an offset behind the body', frame(1, 4)],
  ])('not with %s', async (_what, wrong) => {
    expect(await matched([frame(2, 5), wrong])).toEqual({
      fits: false,
      inside: 1,
      frames: 2,
      evidence: '1 of 2 frames lie inside their function',
    });
  });

  it('says that no frame runs in it', async () => {
    expect(await matched([])).toMatchObject({ fits: false, evidence: 'no frame of the dump runs in it' });
  });

  it('only the frames of its own module count, and those of which nobody knows', async () => {
    const frames = [frame(1, 3, 0), frame(1, 3000, 1), frame(2, 5, null), frame(2, 6, 77)];
    expect(await matched(frames, WASMTIME, 0)).toMatchObject({ fits: true, inside: 3, frames: 3 });
    expect(await matched(frames, WASMTIME, 1)).toMatchObject({ fits: false, inside: 2, frames: 3 });
    expect(await matched(frames, WASMTIME, null)).toMatchObject({ inside: 3, frames: 4 });
  });

  it('by offsets from the code section where the rewriter writes those', async () => {
    const old = producer('rewriter', '0.1.13 to 0.2.1');
    // Body 2 stands at 28 in the file, the code section at 19: the first instruction is 9 - 1 on.
    expect(await matched([frame(2, 100)], old)).toMatchObject({ fits: true });
    expect(await matched([frame(2, 120)], old)).toMatchObject({ fits: false });
    expect(await matched([frame(2, 0)], old)).toMatchObject({ fits: true });
  });

  it('by file offsets where WasmEdge writes those', async () => {
    const wasmedge = producer('wasmedge', '0.15 to 0.17');
    expect(await matched([frame(77, 30), frame(1, 127)], wasmedge)).toMatchObject({ fits: true });
    expect(await matched([frame(2, 128)], wasmedge)).toMatchObject({ fits: false });
  });

  it('does not ask all frames of every module of the dump', async () => {
    const symbols = await readModuleSymbols(plainSource(MODULE));
    const MODULES = 50_000;
    const frames = Array.from({ length: MODULES }, (_, index) => frame(1, 3, index));
    frames.push(...Array.from({ length: MODULES }, () => frame(2, 500, null)));
    const thread = { name: '', layout: null, frames, complete: true, offset: 0 };
    const instances = Array.from({ length: MODULES }, (_, module) => ({ module }));
    const began = performance.now();
    const matcher = new Matcher(symbols, framesByModule([thread], instances), WASMTIME);
    for (let module = 0; module < MODULES; module += 1) expect(matcher.match(module).inside).toBe(1);
    // 5 * 10^9 questions otherwise.
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
