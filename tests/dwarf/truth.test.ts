import { describe, expect, it } from 'vitest';
import { BytesSource } from '../../src/bytes/bytes-source';
import type { SourceLine } from '../../src/dwarf/debug-info';
import { readModuleSymbols } from '../../src/symbols/debug-module';
import { fixture, fixtureFolders, fixtureJson, hasFixture } from '../fixture';
import { openModule } from './sections';

interface TruthLine {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

interface TruthFrame {
  readonly func?: number;
  readonly module?: string;
  readonly moduleOffset?: number;
  readonly codeoffset?: number;
  readonly source?: readonly TruthLine[];
}

interface Truth {
  readonly threads?: readonly { readonly frames?: readonly TruthFrame[] }[];
}

/** Frames whose place in a module, and whose source, the fixture's program tells. */
function framesOf(folder: string): readonly { readonly path: string; readonly frame: TruthFrame }[] {
  if (!hasFixture(`${folder}/truth.json`)) return [];
  const { threads } = fixtureJson<Truth>(`${folder}/truth.json`);
  if (!Array.isArray(threads)) return [];
  return (threads as NonNullable<Truth['threads']>)
    .flatMap(({ frames }) => frames ?? [])
    .map((frame) => ({ path: `${folder}/${frame.module ?? `${folder.split('/').at(-1)}.wasm`}`, frame }))
    .filter(({ path, frame }) => frame.codeoffset !== undefined && frame.source && hasFixture(path));
}

/** As far as the truth goes: some have the file's name without its folder, and no columns; column 0 is none. */
function asTold(lines: readonly SourceLine[], told: readonly TruthLine[]): unknown[] {
  return lines.map(({ function: name, file, line, column }, depth) => {
    const like = told[depth];
    const isBare = like?.column === undefined;
    const shown = isBare ? (file?.split('/').at(-1) ?? null) : file;
    return { function: name, file: shown, line, ...(isBare ? {} : { column: column ?? 0 }) };
  });
}

describe('the source of every frame is that of truth.json', () => {
  const folders = fixtureFolders().filter((folder) => framesOf(folder).length > 0);

  it.each(folders)('%s', async (folder) => {
    for (const path of new Set(framesOf(folder).map((one) => one.path))) {
      const module = fixture(path);
      const { info, bodies } = await openModule(module);
      const payload = (await readModuleSymbols(new BytesSource(module))).code?.payload ?? 0;
      for (const { frame } of framesOf(folder).filter((one) => one.path === path)) {
        const body = bodies[frame.func ?? -1];
        // Without an offset in the file (Wasmer) the offset in the function is told.
        const inBody = (body?.start ?? 0) + (frame.codeoffset ?? 0);
        const pc = frame.moduleOffset === undefined ? inBody : frame.moduleOffset - payload;
        const told = frame.source ?? [];
        const lines = info === null || !body ? [] : await info.lines(pc, body);
        expect({ func: frame.func, lines: asTold(lines, told) }).toEqual({ func: frame.func, lines: told });
      }
    }
  });
});
