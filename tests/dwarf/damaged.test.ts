import { describe, expect, it } from 'vitest';
import { openDebugInfo } from '../../src/dwarf/debug-info';
import { fixture } from '../fixture';
import { checkDwarf, dwarfMutations, someBodies } from '../fuzz/check-dwarf';
import { customSections, openModule, sectionsOf } from './sections';

const SEED = 20261123;

describe('damaged debug information', () => {
  it.each([
    'wasmtime/c-divide-O0/c-divide-O0.wasm',
    'symbols/mixed/mixed.wasm',
    'symbols/inline5/inline5.wasm',
    'symbols/lto4/lto4.wasm',
    'symbols/cpp5/cpp5.wasm',
    'symbols/wide/wide.wasm',
  ])('%s answers with a sample of its damages', async (path) => {
    const module = fixture(path);
    const content = await customSections(module);
    const { bodies } = await openModule(module);
    const findings: string[] = [];
    for (const { name, section, bytes } of dwarfMutations(content, 25, SEED)) {
      const wrong = await checkDwarf({ ...content, [section]: bytes }, someBodies(bodies, 8));
      if (wrong !== null) findings.push(`${name}: ${wrong}`);
    }
    expect(findings).toEqual([]);
  });

  it.each(['split4', 'split5'])('%s answers with a sample of damages of its .dwp', async (name) => {
    const module = fixture(`symbols/${name}/${name}.wasm`);
    const content = await customSections(module);
    const companion = await customSections(fixture(`symbols/${name}/${name}.dwp`));
    const { bodies } = await openModule(module);
    const findings: string[] = [];
    for (const mutation of dwarfMutations(companion, 25, SEED)) {
      const damaged = sectionsOf({ ...companion, [mutation.section]: mutation.bytes });
      const wrong = await checkDwarf(content, someBodies(bodies, 8), [damaged]);
      if (wrong !== null) findings.push(`${mutation.name}: ${wrong}`);
    }
    expect(findings).toEqual([]);
  });

  it('says where a unit is damaged, and the other units are read', async () => {
    const module = fixture('symbols/mixed/mixed.wasm');
    const content = await customSections(module);
    const { info: whole, bodies } = await openModule(module);
    const units: number[] = [];
    const bytes = Uint8Array.from(content['.debug_info'] ?? []);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += 4 + view.getUint32(at, true)) units.push(at);
    expect(units).toHaveLength(whole?.units ?? 0);
    // The version of the second unit: 77.
    bytes[(units[1] ?? 0) + 4] = 77;
    const info = await openDebugInfo(sectionsOf({ ...content, '.debug_info': bytes }), []);
    let same = 0;
    let lost = 0;
    for (const body of bodies) {
      if (body === null) continue;
      const before = await whole?.lines(body.end - 1, body);
      const after = await info?.lines(body.end - 1, body);
      if (JSON.stringify(before) === JSON.stringify(after)) same += 1;
      else {
        expect(after).toEqual([]);
        lost += 1;
      }
    }
    expect(lost).toBeGreaterThan(0);
    expect(same).toBeGreaterThan(lost);
    expect(info?.problems()).toEqual([
      { section: '.debug_info', offset: units[1], message: 'unit of DWARF version 77, expected 2 to 5' },
    ]);
  });

  it('ends where an abort asks for it', async () => {
    const content = await customSections(fixture('symbols/mixed/mixed.wasm'));
    const gone = new Error('gone');
    await expect(openDebugInfo(sectionsOf(content), [], AbortSignal.abort(gone))).rejects.toBe(gone);
  });
});
