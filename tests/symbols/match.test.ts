import { describe, expect, it } from 'vitest';
import type { Frame, Producer } from '../../src/coredump/model';
import { bodyOf, functionAt, readModuleSymbols } from '../../src/symbols/debug-module';
import { framesByModule, Matcher } from '../../src/symbols/match';
import { basesFor } from '../../src/symbols/offset-base';
import { lookAt } from '../../src/symbols/sights';

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

const producer = (name: Producer['name'], generation: Producer['generation']): Producer => ({
  name,
  generation,
  versions: '',
  evidence: '',
});
const WASMTIME = producer('wasmtime', 'wasmtime-14');

/**
 * func[0] imported. func[1], 10 bytes at 23: +3 i32.const, +5 call func[2], +7 unreachable, +8 nop, +9 end. func[2],
 * 9 bytes at 34: +1 i32.const, +3 call func[1], +5 call func[0], +7 unreachable, +8 end.
 */
const CALLS = bytes(`00 61 73 6d 01 00 00 00
  02 09 01 01 "a" 01 "f" 00 00 00*2
  0a 16 02  0a 01 01 7f 41 00 10 02 00 01 0b  09 00 41 00 10 01 10 00 00 0b`);

const threadOf = (frames: readonly Frame[]) => ({
  name: '',
  layout: null,
  frames,
  complete: true,
  offset: 0,
});

async function matched(frames: readonly Frame[], by = WASMTIME, module: number | null = null) {
  const symbols = await readModuleSymbols(plainSource(CALLS));
  const threads = [threadOf(frames)];
  const groups = framesByModule(threads, [{ module: 0 }, { module: 1 }]);
  const bases = basesFor(by);
  const evidence = await lookAt(plainSource(CALLS), symbols, threads, bases);
  return new Matcher(symbols, evidence, groups, bases).match(module);
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

describe('a module is held against a dump', () => {
  it('and matches where callers stand on calls of the frame above, and the youngest on a trap', async () => {
    expect(await matched([frame(1, 7), frame(2, 3), frame(1, 5), frame(2, 3)])).toEqual({
      verdict: 'matches',
      base: 'body',
      frames: 4,
      fit: 4,
      evidence: '3 of 3 callers land on a call, the youngest frame on unreachable',
    });
  });

  it('by offsets from the first instruction where those fit better', async () => {
    // func[1] declares locals in 3 bytes: +4 is unreachable only without them.
    expect(await matched([frame(1, 4), frame(2, 2)])).toMatchObject({
      verdict: 'matches',
      base: 'instructions',
    });
    const rewriter = producer('rewriter', 'crate-0.2.2');
    expect(await matched([frame(1, 4), frame(2, 2)], rewriter)).toMatchObject({ base: 'instructions' });
    // Even against what the producer is known for.
    expect(await matched([frame(1, 7), frame(2, 3)], rewriter)).toMatchObject({
      verdict: 'matches',
      base: 'body',
    });
  });

  it('by offsets from the code section where the rewriter writes those', async () => {
    const old = producer('rewriter', 'crate-0.1.13');
    // The section's id stands at 19: func[1] + 7 is 30 in the file, less 19, less 1 byte of the body's size.
    expect(await matched([frame(1, 10), frame(2, 17)], old)).toMatchObject({
      verdict: 'matches',
      base: 'section',
    });
  });

  it('by file offsets of the call, where WasmEdge writes those, whatever function it names', async () => {
    const wasmedge = producer('wasmedge', 'wasmedge-0.15');
    const stack = [frame(77, 37), frame(2, 28), frame(1, 42)];
    expect(await matched(stack, wasmedge)).toMatchObject({
      verdict: 'matches',
      base: 'file',
      evidence: '3 of 3 frames land on a call',
    });
  });

  it('a place just after a call is that of the call', async () => {
    expect(await matched([frame(1, 7), frame(2, 5)])).toMatchObject({ verdict: 'matches', fit: 2 });
  });

  it('a call of an import can enter any frame: the host calls back', async () => {
    expect(await matched([frame(1, 7), frame(2, 5), frame(2, 5)])).toMatchObject({
      verdict: 'matches',
      fit: 3,
    });
  });

  it('an offset of 0 is not known', async () => {
    expect(await matched([frame(1, 0), frame(2, 3), frame(1, 5)])).toMatchObject({
      verdict: 'matches',
      fit: 2,
      evidence: '2 of 2 frames land on a call',
    });
  });

  it.each([
    ['a function that is not there', frame(3, 3), 'frame 2 runs in func[3], and there are 3 functions'],
    ['an import, which has no frame', frame(0, 3), 'frame 2 runs in func[0], which is an import'],
    ['an offset behind the body', frame(1, 30), 'frame 2, offset 0x1e is outside the function'],
    ['an offset in an instruction', frame(1, 6), 'frame 2, offset 0x6 is inside an instruction'],
    ['a caller that does not call', frame(2, 1), 'frame 2, offset 0x1 is i32.const, expected a call'],
  ])('and is doubtful with %s', async (_what, wrong, text) => {
    expect(await matched([frame(1, 7), frame(2, 3), wrong])).toMatchObject({
      verdict: 'doubtful',
      evidence: `${text}; 2 of 3 offsets fit`,
    });
  });

  it('and does not match where most offsets lead nowhere', async () => {
    expect(await matched([frame(1, 6), frame(2, 4), frame(1, 5)])).toMatchObject({
      verdict: 'no-match',
      evidence: 'frame 0, offset 0x6 is inside an instruction; 1 of 3 offsets fit',
    });
  });

  it('and is doubtful where the only frame stands on what does not trap', async () => {
    expect(await matched([frame(1, 8)])).toMatchObject({
      verdict: 'doubtful',
      evidence: 'frame 0, offset 0x8 is nop, which does not trap; 0 of 1 offsets fit',
    });
  });

  it('without offsets matches where each caller has a call of the frame above', async () => {
    expect(await matched([frame(1, null), frame(2, null), frame(1, null)])).toEqual({
      verdict: 'matches',
      base: null,
      frames: 3,
      fit: 2,
      evidence: '2 of 2 callers have a call of the frame above; the dump has no offsets',
    });
    expect(await matched([frame(1, 0), frame(1, 0)])).toMatchObject({
      verdict: 'no-match',
      evidence: 'frame 1, func[1] has no call of func[1]; 0 of 1 frames fit, and there are no offsets',
    });
    expect(await matched([frame(1, null)])).toMatchObject({ verdict: 'doubtful' });
  });

  it('says that no frame runs in it', async () => {
    expect(await matched([])).toMatchObject({
      verdict: 'unused',
      evidence: 'no frame of the dump runs in it',
    });
  });

  it('only the frames of its own module count, and those of which nobody knows', async () => {
    const frames = [frame(1, 7, 0), frame(2, 3000, 1), frame(2, 3, null), frame(2, 3, 77)];
    expect(await matched(frames, WASMTIME, 0)).toMatchObject({ verdict: 'matches', fit: 3, frames: 3 });
    expect(await matched(frames, WASMTIME, 1)).toMatchObject({ verdict: 'doubtful', fit: 2, frames: 3 });
    expect(await matched(frames, WASMTIME, null)).toMatchObject({ fit: 3, frames: 4 });
  });

  it('does not ask all frames of every module of the dump', async () => {
    const symbols = await readModuleSymbols(plainSource(CALLS));
    const MODULES = 50_000;
    const frames = Array.from({ length: MODULES }, (_, index) => frame(1, 7, index));
    frames.push(...Array.from({ length: MODULES }, () => frame(2, 500, null)));
    const threads = [threadOf(frames)];
    const instances = Array.from({ length: MODULES }, (_, module) => ({ module }));
    const began = performance.now();
    const bases = basesFor(WASMTIME);
    const evidence = await lookAt(plainSource(CALLS), symbols, threads, bases);
    const matcher = new Matcher(symbols, evidence, framesByModule(threads, instances), bases);
    for (let module = 0; module < MODULES; module += 1)
      expect(matcher.match(module).frames).toBe(MODULES + 1);
    // 5 * 10^9 questions otherwise.
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
