import { describe, expect, it } from 'vitest';
import { BytesSource } from '../../src/bytes/bytes-source';
import { createLocalSession } from '../../src/session/local';
import type { Snapshot, Update } from '../../src/session/types';
import { bodyOf, readModuleSymbols } from '../../src/symbols/debug-module';
import { callKind, canTrap, decodeInstruction, indexBody } from '../../src/wasm/body';
import { fixture } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';
import { plainSource } from '../helpers/sources';

const folder = (name: string): string => `symbols/${name}`;
const file = (path: string): Uint8Array<ArrayBuffer> => fixture(folder(path));

/** A dump of two frames that such a module could have left: a function that stops where it can, and a call of it. */
async function dumpOf(module: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const symbols = await readModuleSymbols(plainSource(module));
  const stops = new Map<number, number>();
  for (let index = 0; index < symbols.functions; index += 1) {
    const body = bodyOf(symbols, index);
    if (body === null) continue;
    const bytes = module.subarray(body.start, body.start + body.size);
    for (const offset of indexBody(bytes).offsets) {
      const instruction = decodeInstruction(bytes, offset);
      const [callee] = instruction.immediates;
      if (callKind(instruction.opcode) === null && canTrap(instruction)) stops.set(index, offset);
      const target = callKind(instruction.opcode) === 'call' && callee?.kind === 'index' ? callee.index : -1;
      const stop = stops.get(target);
      if (stop === undefined || target === index) continue;
      return dumpText(
        `core app\n thread main L1\n frame func[${target}]+${stop} inst 0\n frame func[${index}]+${offset} inst 0`,
      );
    }
  }
  throw new Error('no function calls one that can trap');
}

async function open(dump: Uint8Array, modules: Readonly<Record<string, Uint8Array>>): Promise<Snapshot> {
  const { session, snapshot } = await openBytes(dump, modules);
  await session.close();
  return snapshot;
}

const linesOf = ({ names }: Snapshot) => names.frames[0]?.map(({ lines }) => lines) ?? [];

describe('a separate debug file', () => {
  it('gives the stripped module its lines, and says whose it is', async () => {
    const [stripped, debug] = [file('external/external.wasm'), file('external/external.debug.wasm')];
    const dump = await dumpOf(stripped);
    const alone = await open(dump, { 'external.wasm': stripped });
    expect(alone.modules[0]).toMatchObject({
      verdict: 'matches',
      debug: 'its lines are in external.debug.wasm: drop that too',
    });
    expect(linesOf(alone)).toEqual([[], []]);
    const both = await open(dump, { 'external.wasm': stripped, 'external.debug.wasm': debug });
    expect(both.modules.map(({ debug: words }) => words)).toEqual([
      expect.stringMatching(/^DWARF \d, \d+ units?, in external\.debug\.wasm$/),
      expect.stringMatching(/^DWARF \d, \d+ units?$/),
    ]);
    expect(both.modules[1]?.evidence).toMatch(/^debug file of external\.wasm; /);
    for (const lines of linesOf(both)) expect(lines.at(-1)?.line).toBeGreaterThan(0);
    // The place stays that of the module that ran.
    expect(both.names.frames[0]?.[0]?.place?.module).toBe(both.modules[0]?.id);
  });

  it('of another build says both sizes, and gives no lines', async () => {
    const stripped = file('external/external.wasm');
    const other = fixture('wasmtime/c-heap/c-heap.wasm');
    const { modules, ...snapshot } = await open(await dumpOf(stripped), {
      'external.wasm': stripped,
      'external.debug.wasm': other,
    });
    expect(modules[0]?.problems[0]?.message).toMatch(
      /^external\.debug\.wasm is named as the debug file of external\.wasm: their code has [\d,]+ and [\d,]+ bytes$/,
    );
    expect(snapshot.names.frames[0]?.map(({ lines }) => lines)).toEqual([[], []]);
  });
});

describe('a source map', () => {
  it.each(['assemblyscript', 'release'])('of AssemblyScript gives lines: %s', async (name) => {
    const module = file(`assemblyscript/${name}.wasm`);
    const map = file(`assemblyscript/${name}.wasm.map`);
    const snapshot = await open(await dumpOf(module), {
      [`${name}.wasm`]: module,
      [`${name}.wasm.map`]: map,
    });
    expect(snapshot.modules).toMatchObject([
      { verdict: 'matches', debug: expect.stringMatching(/^source map, \d+ sources?/) },
      { verdict: 'matches', evidence: `source map of ${name}.wasm`, debug: 'source map' },
    ]);
    const lines = linesOf(snapshot).flat();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line).toMatchObject({ file: expect.stringMatching(/\.ts$/), line: expect.any(Number) });
  });

  it('hands out the sources that it carries', async () => {
    const module = file('assemblyscript/release.wasm');
    const path = 'assembly/a.ts';
    const map = { version: 3, sources: [path], sourcesContent: ['let a = 1;'], mappings: 'AAAA' };
    const { session, snapshot } = await openBytes(await dumpOf(module), {
      'release.wasm': module,
      'release.wasm.map': new TextEncoder().encode(JSON.stringify(map)),
    });
    const id = snapshot.modules[0]?.id ?? -1;
    expect(await session.sourceText(id, path)).toBe('let a = 1;');
    expect(await session.sourceText(id, 'assembly/b.ts')).toBeNull();
    await session.close();
  });

  it('that does not decode is a problem of its module', async () => {
    const module = file('assemblyscript/release.wasm');
    const map = new TextEncoder().encode('{"version":3,"sources":[],"mappings":');
    const { modules } = await open(await dumpOf(module), { 'release.wasm': module, 'release.wasm.map': map });
    expect(modules[0]?.problems[0]?.message).toMatch(/^release\.wasm\.map does not decode: /);
  });
});

describe('DWARF that says nothing', () => {
  it('is said, with what helps', async () => {
    const module = file('worthless/worthless.wasm');
    const { modules } = await open(await dumpOf(module), { 'worthless.wasm': module });
    expect(modules[0]).toMatchObject({ verdict: 'matches', debug: expect.stringContaining('--no-wasm-opt') });
  });
});

describe('the shelf', () => {
  const MODULE = fixture('wasmtime/c-divide-O0/c-divide-O0.wasm');
  const DUMP = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
  const OTHER = fixture('wasmtime/fuel/fuel.coredump');
  const stored = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({ name, source: new BytesSource(bytes) });

  async function opened(
    session: ReturnType<typeof createLocalSession>,
    files: readonly ReturnType<typeof stored>[],
  ) {
    return new Promise<Snapshot>((resolve, reject) => {
      const onUpdate = (update: Update): void => {
        if (update.kind === 'failed') reject(new Error(update.message));
        if (update.kind !== 'snapshot' || update.snapshot.symbolicating) return;
        if (update.snapshot.indexing.state === 'done') resolve(update.snapshot);
      };
      session.openSources(files, 'replace', onUpdate).catch(reject);
    });
  }

  it('keeps a module for the next dump of the same build, and offers it again', async () => {
    const session = createLocalSession();
    expect(
      (await opened(session, [stored('a.core', DUMP), stored('app.wasm', MODULE)])).modules,
    ).toHaveLength(1);
    const other = await opened(session, [stored('b.core', OTHER)]);
    expect(other.modules).toMatchObject([{ name: 'app.wasm', verdict: 'no-match' }]);
    expect(other.names.frames.flat().every((frame) => frame.function === null)).toBe(true);
    const again = await opened(session, [stored('c.core', DUMP)]);
    expect(again.modules).toMatchObject([{ name: 'app.wasm', verdict: 'matches' }]);
    expect(again.names.frames[0]?.[0]).toMatchObject({ function: 'divide', from: 'names' });
  });

  it('takes a module that was opened before its dump', async () => {
    const session = createLocalSession();
    expect((await opened(session, [stored('app.wasm', MODULE)])).dump.file.kind).toBe('module');
    const { modules, names } = await opened(session, [stored('a.core', DUMP)]);
    expect(modules).toMatchObject([{ name: 'app.wasm', verdict: 'matches' }]);
    expect(names.frames[0]?.[0]?.lines).toMatchObject([
      { function: 'divide', file: 'crash.c', line: 13, column: 13 },
    ]);
  });

  it('has one of two files of the same name and size, and none after the end', async () => {
    const session = createLocalSession();
    const files = [stored('a.core', DUMP), stored('app.wasm', MODULE)];
    await opened(session, files);
    expect((await opened(session, files)).modules).toHaveLength(1);
    await session.close();
    expect((await opened(session, [stored('a.core', DUMP)])).modules).toEqual([]);
  });

  it('names come before lines, and lines in one picture', async () => {
    const session = createLocalSession();
    const pictures: Snapshot[] = [];
    await new Promise<void>((resolve, reject) => {
      const onUpdate = (update: Update): void => {
        if (update.kind !== 'snapshot') return;
        pictures.push(update.snapshot);
        if (!update.snapshot.symbolicating && update.snapshot.indexing.state === 'done') resolve();
      };
      session
        .openSources([stored('a.core', DUMP), stored('app.wasm', MODULE)], 'replace', onUpdate)
        .catch(reject);
    });
    const states = pictures.map(({ names }) => names.frames[0]?.map(({ lines }) => lines.length > 0));
    const withLines = states.filter((state) => state?.includes(true));
    for (const state of withLines) expect(state).toEqual(withLines[0]);
    expect(pictures[0]?.names.frames[0]?.[0]?.lines).toEqual([]);
    expect(withLines.length).toBeGreaterThan(0);
  });
});
