import { describe, expect, it } from 'vitest';
import type { FrameLine, FrameName, Snapshot } from '../../src/session/types';
import { fixture, fixtureFile, fixtureFolders, fixtureJson, hasFixture } from '../fixture';
import { openBytes } from '../helpers/open';

/** What `truth.json` says of a frame. */
interface TrueFrame {
  readonly index: number;
  readonly name?: string | null;
  readonly func: number;
  readonly codeoffset?: number;
  readonly moduleOffset?: number;
  readonly opcode?: string;
  readonly source?: readonly TrueLine[];
  readonly called_from?: readonly TrueLine[];
}

interface TrueLine {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

interface Truth {
  readonly threads?: readonly { readonly frames: readonly TrueFrame[] }[];
}

const moduleOf = (folder: string): string => `${folder}/${folder.split('/')[1]}.wasm`;

const folders = fixtureFolders().filter(
  (folder) =>
    hasFixture(moduleOf(folder)) &&
    !/^(notdumps|damaged|wizer|symbols)\//.test(folder) &&
    fixtureJson<Truth>(`${folder}/truth.json`).threads?.some(({ frames }) => frames.length > 0),
);

async function open(folder: string, modules: readonly string[] = [moduleOf(folder)]): Promise<Snapshot> {
  const files = modules.map((path) => [path.split('/').at(-1) ?? path, fixture(path)]);
  const { session, snapshot } = await openBytes(fixture(fixtureFile(folder)), Object.fromEntries(files));
  await session.close();
  return snapshot;
}

/** What codeoffset counts from in the dumps of each producer (format.md section 5). */
function baseOf(folder: string): string | null {
  if (folder.startsWith('wasmedge/')) return "codeoffset is the file offset of the caller's call";
  if (/^rewriter\/.*-(017|0110|0111|0114)$/.test(folder) || folder === 'coredump-builder/threads-0110')
    return null;
  if (/^rewriter\/.*-(0120|021)$/.test(folder))
    return "codeoffset counts from the code section's first byte, less the bytes of the function's size";
  if (folder.startsWith('rewriter/'))
    return 'codeoffset counts from the first instruction, local declarations excluded';
  return 'codeoffset counts from the function body, local declarations included';
}

/** The rewriter's --check-memory-operations puts the youngest frame 1 byte behind the access that it caught. */
const LATE: ReadonlyMap<string, number> = new Map([['rewriter/fault-022, thread 0, frame 0', 1]]);

/** Frames whose true name nothing tells: a call through a table (WasmEdge), a frame that `truth.json` has wrong. */
const UNTOLD: ReadonlySet<string> = new Set([
  'wasmedge/indirect, thread 0, frame 0',
  'wasmedge/recurse, thread 0, frame 304',
]);

/** Several modules ran, and one is given: the frames of the others have no name. */
const SEVERAL: ReadonlySet<string> = new Set([
  'wasm-encoder/all-types',
  'wasm-encoder/hostile-names',
  'wasmtime/multi-module',
]);

/** Whether something names the frame. */
function isTold(folder: string, where: string, { name }: TrueFrame, named: FrameName): boolean {
  if (name === null || name === undefined || name === '' || UNTOLD.has(where)) return false;
  return named.place !== null || !SEVERAL.has(folder);
}

/** A line as far as `truth.json` says it: some tools that it was made with know no columns and no folders. */
function comparable(line: FrameLine, truth: TrueLine | undefined): TrueLine | Omit<FrameLine, 'directory'> {
  const { column, file, function: name, line: number } = line;
  const short = truth?.file.includes('/') === false;
  return {
    function: name,
    file: short ? (file?.split('/').at(-1) ?? null) : file,
    line: number,
    column: truth?.column === undefined ? null : column,
  };
}

let compared = 0;

describe('the module that ran', () => {
  it('is there for dumps of every producer', () => {
    expect(folders.length).toBeGreaterThan(60);
    expect(new Set(folders.map((folder) => folder.split('/')[0]))).toEqual(
      new Set(['coredump-builder', 'rewriter', 'wasm-encoder', 'wasmedge', 'wasmer', 'wasmtime']),
    );
  });

  it.each(folders)('%s', async (folder) => {
    const snapshot = await open(folder);
    // A component is not read; its core modules are.
    if (folder === 'wasmtime/v50-component') {
      expect(snapshot.modules).toEqual([]);
      return;
    }
    expect(snapshot.modules).toMatchObject([{ verdict: 'matches', base: baseOf(folder), problems: [] }]);
    const truth = fixtureJson<Truth>(`${folder}/truth.json`);
    const base = baseOf(folder);
    for (const [thread, { frames }] of (truth.threads ?? []).entries()) {
      for (const frame of frames) {
        const named = snapshot.names.frames[thread]?.[frame.index];
        expect(named).toBeDefined();
        if (named === undefined) continue;
        const where = `${folder}, thread ${thread}, frame ${frame.index}`;
        const { place } = named;
        if (base === null) {
          expect(place, where).toBeNull();
          expect(named.lines, where).toEqual([]);
          continue;
        }
        if (place !== null && frame.moduleOffset !== undefined)
          expect(place.start + place.offset, where).toBe(frame.moduleOffset - (LATE.get(where) ?? 0));
        if (isTold(folder, where, frame, named)) {
          const exported = named.from === 'export' ? `func[${frame.func}]` : null;
          // Long names are cut in `truth.json`.
          const [name = ''] = (frame.name ?? '').split('…(');
          const names = [named.function, named.raw, exported].map((one) => one?.slice(0, name.length));
          expect(names, where).toContain(name);
        }
        if (frame.source === undefined) continue;
        expect(
          named.lines.map((line, at) => comparable(line, frame.source?.[at])),
          where,
        ).toEqual(
          frame.source.map((line) => ({ ...line, column: line.column === 0 ? null : (line.column ?? null) })),
        );
        compared += frame.source.length;
      }
    }
  });

  it('gave the lines of most frames', () => {
    expect(compared).toBeGreaterThan(250);
  });
});
