import { describe, expect, it } from 'vitest';
import { fixture } from '../fixture';
import { type InlineAnswers, inlineAnswers } from './oracle/packed';
import { customSections, openModule, sectionsOf } from './sections';

/** The .dwo or .dwp files that an answer of the oracle was made with. */
async function companionsOf(module: string, kind: string | undefined) {
  if (kind === undefined) return [];
  const folder = module.slice(0, module.lastIndexOf('/'));
  const names =
    kind === 'dwp'
      ? [module.replace(/\.wasm$/, '.dwp')]
      : ['hash', 'main', 'tally'].map((name) => `${folder}/${name}.dwo`);
  return Promise.all(names.map(async (name) => sectionsOf(await customSections(fixture(name)))));
}

function expected({ texts, frames, chains }: InlineAnswers, chain: number) {
  const text = (at: number): string | null => texts[at] ?? null;
  return (chains[chain] ?? []).map((frame) => {
    const [name = -1, mangled = -1, file = -1, line = 0, column = 0] = frames[frame] ?? [];
    return {
      function: text(name),
      linkageName: text(mangled),
      file: text(file),
      line: line || null,
      column: column || null,
    };
  });
}

describe('lines and inlined functions are those of llvm-symbolizer', () => {
  const answers = inlineAnswers();

  it.each(
    answers.flatMap((answer) =>
      // Of modules with the same answers (the same code in several dumps) one, and each way to split.
      answer.modules
        .filter((module, index) => index === 0 || module.includes(' '))
        .map((module) => ({ module, answer })),
    ),
  )('$module', async ({ module, answer }) => {
    const [path = '', kind] = module.split(' ');
    const { info } = await openModule(fixture(path), await companionsOf(path, kind));
    const wrong: unknown[] = [];
    let offset = 0;
    for (const [delta, , start, end, chain] of answer.offsets) {
      offset += delta;
      const lines = (await info?.lines(offset, { start, end })) ?? [];
      const got = lines.map(({ directory, linkageName, function: name, ...place }) => ({
        function: name,
        linkageName: linkageName ?? name,
        ...place,
      }));
      const want = expected(answer, chain);
      if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push({ offset, got, want });
    }
    expect(wrong.length === 0 ? [] : [wrong.length, ...wrong.slice(0, 3)]).toEqual([]);
    expect(info?.problems() ?? []).toEqual([]);
  });
});
