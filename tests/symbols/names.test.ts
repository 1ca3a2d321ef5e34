import { describe, expect, it } from 'vitest';
import { NAMELESS } from '../../src/symbols/frame-name';
import { truthOf } from '../e2e/truth';
import { fixture, fixtureFile, fixtureFolders, hasFixture } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

/** The module as it was compiled, beside its dump. */
const moduleOf = (folder: string): string => `${folder}/${folder.split('/')[1]}.wasm`;

const withModules = fixtureFolders().filter(
  (folder) => hasFixture(moduleOf(folder)) && truthOf(folder).threads.some(({ frames }) => frames.length > 0),
);

async function open(folder: string, module = moduleOf(folder)) {
  const name = module.split('/').at(-1) ?? module;
  return (await openBytes(fixture(fixtureFile(folder)), { [name]: fixture(module) })).snapshot;
}

/** Names that no name section holds: `truth.json` says what it is instead, or takes it from an export. */
const UNNAMED: Readonly<Record<string, readonly string[]>> = {
  // Where the call is indirect nothing in the dump says which function was called.
  'wasmedge/indirect': ['scale'],
};

describe('names from the module that was compiled', () => {
  it('there are some of every producer', () => {
    expect(withModules.length).toBeGreaterThan(55);
  });

  it.each(withModules)('%s', async (folder) => {
    const snapshot = await open(folder);
    const [module] = snapshot.modules;
    // A component is not read; its core modules are.
    if (folder === 'wasmtime/v50-component') {
      expect(module).toBeUndefined();
      return;
    }
    const of = (thread: number, frame: number) => {
      const instance = snapshot.dump.threads[thread]?.frames[frame]?.instance ?? null;
      return instance === null ? null : (snapshot.dump.instances[instance]?.module ?? null);
    };
    expect(module?.verdict).toBe('matches');
    const named = snapshot.names.frames.flatMap((frames, thread) =>
      frames.flatMap((frame, index) => (frame.function === null ? [] : [of(thread, index)])),
    );
    for (const [thread, { frames }] of truthOf(folder).threads.entries()) {
      for (const { index, name } of frames) {
        const frame = snapshot.names.frames[thread]?.[index];
        const found = frame?.function ?? null;
        if (name === null || name === '' || found === name || frame?.raw === name) continue;
        // `truth.json` says "func[3]" where the name section is silent; an export is a name too.
        if (frame?.from === 'export' && /^func\[\d+\]$/.test(name)) continue;
        const elsewhere = found === null && !named.includes(of(thread, index));
        const cut = name.includes('…(') && (found ?? '').startsWith(name.slice(0, 20));
        const wrongInTruth = folder === 'wasmedge/recurse' && index === 304;
        const unnamed =
          found === null && (/^func\[\d+\]$/.test(name) || (UNNAMED[folder]?.includes(name) ?? false));
        expect({ index, name, found, explained: elsewhere || cut || wrongInTruth || unnamed }).toMatchObject({
          explained: true,
        });
      }
    }
  });

  it('names the outermost frame of WasmEdge by where it is, not by the index it always writes', async () => {
    const { dump, names } = await open('wasmedge/crash');
    expect(dump.threads[0]?.frames.at(-1)?.function).toBe(1);
    expect(names.frames[0]?.at(-1)?.function).toBe('_start.command_export');
  });

  it('gives a frame that says it is an import no name', async () => {
    const { dump, names } = await open('wasmedge/indirect');
    expect(dump.threads[0]?.frames[0]?.function).toBe(0);
    expect(names.frames[0]?.[0]?.function).toBeNull();
  });

  it('a module of another build does not match, and gives no name', async () => {
    const snapshot = await open('wasmtime/mismatch', 'wasmtime/mismatch/other-build.wasm');
    expect(snapshot.modules[0]).toMatchObject({ verdict: 'no-match' });
    expect(snapshot.modules[0]?.evidence).toBe(
      'frame 1, offset 0x15b is outside the function; 0 of 4 offsets fit',
    );
    expect(snapshot.names.frames.flat().every((frame) => frame.function === null)).toBe(true);
  });

  it('several modules name their own frames', async () => {
    const folder = 'wasmtime/multi-module';
    const { snapshot } = await openBytes(fixture(fixtureFile(folder)), {
      'multi-module.wasm': fixture(`${folder}/multi-module.wasm`),
      'library.wasm': fixture(`${folder}/library.wasm`),
    });
    expect(snapshot.modules.map(({ verdict }) => verdict)).toEqual(['matches', 'matches']);
    expect(snapshot.names.frames[0]?.map((frame) => frame.function)).toEqual(
      truthOf(folder).threads[0]?.frames.map(({ name }) => name),
    );
  });

  it('a stripped module takes its names from the one with symbols', async () => {
    const folder = 'wasmtime/stripped';
    const snapshot = await open(folder, `${folder}/symbols.wasm`);
    expect(snapshot.names.frames[0]?.map((frame) => frame.function)).toEqual([
      'digit',
      'parse',
      '__original_main',
      '_start',
      '_start.command_export',
    ]);
  });

  it('the shadow stack has its pointer by name', async () => {
    const snapshot = await open('wasmtime/c-heap');
    expect(snapshot.names.globals).toEqual(['__stack_pointer']);
    expect(snapshot.names.stackPointer).toBe(0);
  });
});

describe('names in the dump itself', () => {
  it('come from its name section: functions, locals, memories, globals, segments', async () => {
    const { session, snapshot } = await openBytes(
      dumpText(`
        memory 1
        global i32 var 5
        segment 0 aa
        thread main L1
          frame func[3]+4 inst 0 (i32 1, i32 2)
        custom name 01 05 01 03 02 "go" 02 07 01 03 01 01 02 "k2" 06 06 01 00 03 "ram" 07 06 01 00 03 "top" 09 05 01 00 02 "d0"
      `),
    );
    expect(snapshot.names).toEqual({
      frames: [[{ ...NAMELESS, function: 'go', from: 'names', locals: [null, 'k2'] }]],
      globals: ['top'],
      memories: ['ram'],
      stackPointer: null,
    });
    expect((await session.segments(0, 1))[0]?.name).toBe('d0');
  });

  it('reach the dump through its instances', async () => {
    const { snapshot } = await openBytes(
      dumpText(`
        module m
        memory 1
        memory 1
        global i32 var 5
        global i32 var 6
        instance 0 memories 1 globals 1
        thread main L1
        custom name 06 05 01 00 02 "m0" 07 05 01 00 02 "g0"
      `),
    );
    // The instance's first memory is the dump's second.
    expect(snapshot.names.memories).toEqual([null, 'm0']);
    expect(snapshot.names.globals).toEqual([null, 'g0']);
  });

  it('hostile ones are names and nothing else', async () => {
    const { snapshot } = await openBytes(
      dumpText(`
        thread main L1
          frame func[0]+1 inst 0
        custom name 01 0e 01 00 0b "constructor"
      `),
    );
    expect(snapshot.names.frames[0]?.[0]?.function).toBe('constructor');
  });
});
