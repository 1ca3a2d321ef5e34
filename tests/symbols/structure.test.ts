import { describe, expect, it } from 'vitest';
import { NO_SYMBOLS, readModuleSymbols } from '../../src/symbols/debug-module';
import { structureOf } from '../../src/symbols/structure';
import { fixture, fixtureFile } from '../fixture';
import { openBytes } from '../helpers/open';
import { plainSource } from '../helpers/sources';

async function structure(folder: string, module: string) {
  const { session, snapshot } = await openBytes(fixture(fixtureFile(folder)));
  await session.close();
  return structureOf(await readModuleSymbols(plainSource(fixture(module))), snapshot.dump, 0);
}

describe('memories and globals of a module and of its instance', () => {
  it('agree where they are of one build', async () => {
    const found = await structure('wasmtime/memory-edges', 'wasmtime/memory-edges/memory-edges.wasm');
    expect(found).toEqual({ kind: 'agrees', text: '5 memories and 1 global agree' });
  });

  it.each([
    // References are wider in the dump, shared memories are left out, pages of one byte have no unit.
    ['wasmtime/globals', 'wasmtime/globals/globals.wasm'],
    ['wasmtime/shared-memory', 'wasmtime/shared-memory/shared-memory.wasm'],
    ['wasmtime/page-size', 'wasmtime/page-size/page-size.wasm'],
  ])('agree in %s, though the dump has them otherwise', async (folder, module) => {
    expect((await structure(folder, module)).kind).toBe('agrees');
  });

  it.each([
    ['wasmtime/fuel/fuel.wasm', 'the module has 0 globals, its instance in the dump 1'],
    ['wasmtime/c-recursion-20/c-recursion-20.wasm', 'memory 0 has 2 pages, the module declares 16'],
    ['wasmtime/v50-component/core-1.wasm', 'global 0 is i64 in the module, i32 in the dump'],
  ])('differ from those of %s, with both numbers', async (module, text) => {
    expect(await structure('wasmtime/c-divide-O0', module)).toEqual({ kind: 'differs', text });
  });

  it('say nothing where the dump lists no instance', async () => {
    const { session, snapshot } = await openBytes(fixture(fixtureFile('wasmer/crash')));
    await session.close();
    expect(structureOf(NO_SYMBOLS, snapshot.dump, 0)).toEqual({ kind: 'silent' });
  });
});
