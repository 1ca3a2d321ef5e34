import { describe, expect, it } from 'vitest';
import { customSections, openModule } from '../dwarf/sections';
import { fixture } from '../fixture';
import { checkDwarf, dwarfMutations, someBodies } from './check-dwarf';

const IN_EACH = 2000;

describe('debug information', () => {
  it.each([
    'wasmtime/c-divide-O0/c-divide-O0.wasm',
    'wasmtime/c-divide-dwarf5-O2/c-divide-dwarf5-O2.wasm',
    'symbols/mixed/mixed.wasm',
    'symbols/inline4/inline4.wasm',
    'symbols/inline5/inline5.wasm',
    'symbols/lto5/lto5.wasm',
    'symbols/cpp5/cpp5.wasm',
    'symbols/wide/wide.wasm',
    'symbols/binaryen/binaryen.wasm',
    'symbols/split4/split4.wasm',
    'symbols/split5/split5.wasm',
  ])('%s answers however it is damaged', async (path) => {
    const module = fixture(path);
    const content = await customSections(module);
    const { bodies } = await openModule(module);
    const findings: string[] = [];
    for (const { name, section, bytes } of dwarfMutations(content, IN_EACH, 1)) {
      const wrong = await checkDwarf({ ...content, [section]: bytes }, someBodies(bodies, 8));
      if (wrong !== null) findings.push(`${name}: ${wrong}`);
      if (findings.length >= 10) break;
    }
    expect(findings).toEqual([]);
  });
});
