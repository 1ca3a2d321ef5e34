import { describe, expect, it } from 'vitest';
import { BytesSource } from '../../src/bytes/bytes-source';
import { openDebugInfo, type SourceLine } from '../../src/dwarf/debug-info';
import { readModuleSymbols } from '../../src/symbols/debug-module';
import { staleSentence } from '../../src/symbols/stale';
import { fixture } from '../fixture';
import { type InlineAnswers, inlineAnswers } from './oracle/packed';
import { fixtureSections } from './oracle/sections';

const answers = inlineAnswers().flatMap((group) => group.modules.map((module) => [module, group] as const));

async function staleOf(module: string): Promise<string | null> {
  const info = await openDebugInfo(...fixtureSections(module));
  const symbols = await readModuleSymbols(new BytesSource(fixture(module.split(' ')[0] ?? module)));
  return info === null ? null : staleSentence(info, symbols);
}

/** One line for a frame, as LLVM and as we say it. The column of no line is nobody's business. */
const said = (
  name: string | null,
  mangled: string | null,
  file: string | null,
  line: number,
  column: number,
) => `${name} (${mangled}) ${file}:${line}:${line === 0 ? 0 : column}`;

const ours = ({ function: name, linkageName, file, line, column }: SourceLine): string =>
  said(name, linkageName ?? name, file, line ?? 0, column ?? 0);

function theirs({ texts, frames }: InlineAnswers, frame: number): string {
  const [name = -1, mangled = -1, file = -1, line = 0, column = 0] = frames[frame] ?? [];
  const text = (index: number) => texts[index] ?? null;
  return said(text(name), text(mangled), text(file), line, column);
}

describe('every sampled instruction has the inlined frames and lines that llvm-symbolizer gives it', () => {
  it('there are modules of every flavour', () => {
    expect(answers.length).toBeGreaterThan(55);
    expect(answers.filter(([, group]) => group.offsets.length === 2000).length).toBeGreaterThan(35);
  });

  it.each(answers)('%s', async (module, group) => {
    const info = await openDebugInfo(...fixtureSections(module));
    expect(info).not.toBeNull();
    const differences: string[] = [];
    let pc = 0;
    for (const [step, funcidx, start, end, chain] of group.offsets) {
      pc += step;
      const found = (await info?.lines(pc, { start, end }))?.map(ours) ?? [];
      const expected = (group.chains[chain] ?? []).map((frame) => theirs(group, frame));
      if (found.join('\n') !== expected.join('\n'))
        differences.push(
          `func ${funcidx}, pc 0x${pc.toString(16)}\n  ours ${found.join(' < ')}\n  LLVM ${expected.join(' < ')}`,
        );
    }
    expect(`${differences.length} differ\n${differences.slice(0, 5).join('\n')}`).toBe('0 differ\n');
  });
});

describe('debug information that cannot be used is said to be so', () => {
  it('after wasm-opt without -g: low_pc 0, no rows', async () => {
    expect(
      (await openDebugInfo(...fixtureSections('symbols/worthless/worthless.wasm')))?.worthless,
    ).not.toBeNull();
  });

  // The wasm-opt of npm and the rewriter leave it as it was: the addresses are those of other code, and only the bodies show it.
  it.each(['symbols/stale/stale.wasm', 'rewriter/crash-022/crash-022.rewritten.wasm'])(
    'at the addresses of other code: %s',
    async (module) => {
      expect(await staleOf(module)).toMatch(/^The DWARF is of other code: .*\d+ of \d+/);
    },
  );

  it.each(answers.filter(([module]) => !/worthless|stale|rewritten/.test(module)))(
    'and not that of %s',
    async (module) => {
      expect(await staleOf(module)).toBeNull();
    },
  );

  it.each(answers.filter(([module]) => !module.includes('worthless')))('not %s', async (module) => {
    expect((await openDebugInfo(...fixtureSections(module)))?.worthless).toBeNull();
  });

  it.each([
    'symbols/assemblyscript/assemblyscript.wasm',
    'wasmtime/stripped/stripped.wasm',
    'symbols/external/external.wasm',
  ])('%s has none', async (module) => {
    expect(await openDebugInfo(...fixtureSections(module))).toBeNull();
  });
});

describe('what a module says of itself', () => {
  it.each([
    ['symbols/mixed/mixed.wasm', 5, [2, 3, 4, 5]],
    ['symbols/wide/wide.wasm', 3, [5]],
    ['symbols/split4/split4.wasm', 3, [4]],
    ['symbols/split5/split5.wasm dwp', 3, [5]],
    ['wasmtime/c-divide-dwarf5/c-divide-dwarf5.wasm', 41, [4, 5]],
  ])('%s', async (module, units, versions) => {
    const info = await openDebugInfo(...fixtureSections(module));
    expect({ units: info?.units, versions: info?.versions, problems: info?.problems() }).toEqual({
      units,
      versions,
      problems: [],
    });
  });

  it.each([
    ['symbols/split4/split4.wasm', ['hash.dwo', 'main.dwo', 'tally.dwo']],
    ['symbols/split5/split5.wasm', ['hash.dwo', 'main.dwo', 'tally.dwo']],
    ['symbols/split5/split5.wasm dwo', []],
    ['symbols/split4/split4.wasm dwp', []],
  ])('%s asks for its .dwo files', async (module, missing) => {
    const info = await openDebugInfo(...fixtureSections(module));
    expect(info?.split.toSorted()).toEqual(missing);
  });
});
