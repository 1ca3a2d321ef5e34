import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/symbols/instruction-text';
import { fixture, fixtureFile } from '../fixture';
import { openBytes } from '../helpers/open';

async function opened(folder: string, module = `${folder.split('/')[1]}.wasm`) {
  const { session } = await openBytes(fixture(fixtureFile(folder)), {
    [module]: fixture(`${folder}/${module}`),
  });
  return session.code;
}

describe('why the youngest frame stopped', () => {
  it.each([
    // By the values that the dump holds of memory and globals.
    [
      'wasmtime/c-divide-O0',
      0x28,
      'integer divide by zero: the divisor, the i32 loaded from local 2 + 8, is 0',
    ],
    [
      'wasmtime/c-pointers',
      0x2a,
      "out of bounds memory access: 4 bytes at 0xfffffff0 reach past the memory's end at 327,680",
    ],
    [
      'wasmtime/memory-edges',
      9,
      "out of bounds memory access: 4 bytes at 0x0001fffd reach past the memory's end at 131,072",
    ],
    [
      'wasmtime/c-shadow-overflow',
      27,
      "out of bounds memory access: 4 bytes at 0xfffffffc reach past the memory's end at 65,536",
    ],
    // Wasmer writes no memory and no locals: both ways stay open.
    [
      'wasmer/crash',
      0x28,
      'integer divide by zero if the divisor, the i32 loaded from local 2 + 8, is 0; integer overflow if the dividend, the i32 loaded from local 2 + 12, is -2,147,483,648 and the divisor, the i32 loaded from local 2 + 8, is -1',
    ],
    // Only one way is left.
    [
      'wasmtime/v25-memory64',
      5,
      "out of bounds memory access, so 8 bytes at local 0 ($at) reach past the memory's end at 4,295,032,832",
    ],
    ['rewriter/crash-022', 37, 'unreachable'],
    // What does not trap by itself.
    ['wasmtime/host-trap', 14, 'in a call of the import trap: the host stopped there'],
    ['wasmtime/fuel', 3, 'at a loop: fuel ran out or the epoch ended, if nothing else stopped it'],
    [
      'rewriter/fault-022',
      34,
      "by what the dump holds this did not trap: it is not so that 4 bytes at 0x0000ffec reach past the memory's end at 131,072",
    ],
  ])('%s at %d', async (folder, offset, sentence) => {
    const code = await opened(folder);
    expect(await code.stopOf(0, 0)).toMatchObject({ offset, sentence });
  });

  it('is not said where the offset is not known: Wasmtime writes 0 on stack overflow', async () => {
    const code = await opened('wasmtime/c-stack-overflow');
    expect(await code.stopOf(0, 0)).toBeNull();
  });

  it('says what the callers called', async () => {
    const code = await opened('wasmtime/c-divide-O0');
    expect(await code.stopOf(0, 1)).toMatchObject({ kind: 'call', sentence: 'called divide from here' });
  });
});

describe('a function', () => {
  it('is told with its type, its locals and its place', async () => {
    const code = await opened('wasmtime/c-divide-O0');
    const found = await code.frameCode(0, 0);
    expect(found).toMatchObject({ kind: 'place', place: { function: 8 }, offset: 0x28 });
    if (found.kind !== 'place') return;
    expect(await code.disassembly(found.place)).toMatchObject({
      name: 'divide',
      signature: '(param i32 i32) (result i32)',
      locals: 'i32',
      // As wasm-objdump -d has it.
      start: 0x1f3,
      size: 51,
      rows: 21,
      problem: null,
    });
    const rows = await code.instructions(found.place, 14, 3);
    expect(rows.map(({ offset, parts }) => [offset, plainText(parts)])).toEqual([
      [0x25, 'i32.load offset=8'],
      [0x28, 'i32.div_s'],
      [0x29, 'i32.store offset=4'],
    ]);
    expect(await code.instructionAt(found.place, 0x26)).toEqual({ row: 14, offset: 0x25, exact: false });
    expect(await code.instructionAt(found.place, 0)).toBeNull();
  });

  it('leads to callees, but not to imports', async () => {
    const code = await opened('wasmtime/host-trap');
    const found = await code.frameCode(0, 0);
    if (found.kind !== 'place') throw new Error(found.reason);
    const [call] = await code.instructions(found.place, 5, 1);
    expect(call?.parts).toEqual([
      { kind: 'mnemonic', text: 'call' },
      { kind: 'name', text: '$trap' },
    ]);
    const caller = await code.frameCode(0, 1);
    if (caller.kind !== 'place') throw new Error(caller.reason);
    const rows = await code.instructions(caller.place, 0, 100);
    expect(rows.flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'function'))).toContainEqual({
      kind: 'function',
      text: '$ask',
      index: 2,
    });
  });

  it('is searched forwards and backwards, around its ends', async () => {
    const code = await opened('wasmtime/c-divide-O0');
    const found = await code.frameCode(0, 0);
    if (found.kind !== 'place') throw new Error(found.reason);
    expect(await code.findInstruction(found.place, 'DIV_S', 0, 1)).toBe(15);
    expect(await code.findInstruction(found.place, 'global.get', 15, 1)).toBe(0);
    expect(await code.findInstruction(found.place, 'end', 0, -1)).toBe(20);
    expect(await code.findInstruction(found.place, 'f64.sqrt', 0, 1)).toBeNull();
  });
});

describe('where there is no code', () => {
  it('says what to drop', async () => {
    const { session } = await openBytes(fixture(fixtureFile('wasmtime/c-divide-O0')));
    expect(await session.code.frameCode(0, 0)).toEqual({
      kind: 'none',
      reason: 'Drop c-divide-O0.wasm to see its code. The dump names it as module 0.',
    });
    expect(await session.code.stopOf(0, 0)).toBeNull();
  });

  it('says that a module does not match', async () => {
    const code = await opened('wasmtime/mismatch', 'other-build.wasm');
    expect(await code.frameCode(0, 0)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('other-build.wasm does not match this dump'),
    });
  });

  it('answers nothing for a module that was taken away', async () => {
    const { session } = await openBytes(fixture(fixtureFile('wasmtime/fuel')), {
      'fuel.wasm': fixture('wasmtime/fuel/fuel.wasm'),
    });
    const found = await session.code.frameCode(0, 0);
    if (found.kind !== 'place') throw new Error(found.reason);
    expect(await session.code.disassembly(found.place)).not.toBeNull();
    await session.removeModule(found.place.module);
    expect(await session.code.disassembly(found.place)).toBeNull();
    expect(await session.code.instructions(found.place, 0, 10)).toEqual([]);
  });
});
