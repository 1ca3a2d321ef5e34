import { readdirSync } from 'node:fs';
import { test } from 'vitest';
import { stackBounds } from '../../../src/memory/region';
import { causeOf } from '../../../src/symbols/cause/cause';
import { causeFrames, codeFacts, dumpFacts, zeroMeansUnknown } from '../../../src/symbols/cause-facts';
import { readCodeTypes } from '../../../src/symbols/code-types';
import { bodyOf, readModuleSymbols } from '../../../src/symbols/debug-module';
import { readTablesOf } from '../../../src/symbols/tables';
import { fixture, fixtureFile, fixtureFolders, hasFixture } from '../../fixture';
import { openBytes } from '../../helpers/open';
import { plainSource } from '../../helpers/sources';

test('explore', async () => {
  for (const folder of fixtureFolders().filter((f) => /^(wasmtime|wasmer|rewriter)/.test(f))) {
    const files = readdirSync(`tests/fixtures/${folder}`);
    const wasm = files.find((f) => /\.wasm(\.gz|\.br)?$/.test(f) && !f.includes('rewritten') && !f.includes('snapshot'))?.replace(/\.(gz|br)$/, '') ?? `${folder.split('/')[1]}.wasm`;
    if (!hasFixture(`${folder}/${wasm}`)) { console.log(folder, 'NO MODULE'); continue; }
    const bytes = fixture(`${folder}/${wasm}`);
    const { session, snapshot } = await openBytes(fixture(fixtureFile(folder)), { [wasm]: bytes });
    const thread = snapshot.dump.threads[0];
    const youngest = thread?.frames[0];
    if (!thread || !youngest) { console.log(folder, 'no frames'); continue; }
    const src = plainSource(bytes);
    const symbols = await readModuleSymbols(src);
    const facts = codeFacts(await readCodeTypes(src), await readTablesOf(src), symbols.importedFunctions, (i) => symbols.names.functions.get(i) ?? null);
    const names = snapshot.names.frames[0]!.map((n, i) => {
      const f = thread.frames[i]!;
      const b = bodyOf(symbols, f.function);
      const zero = f.codeOffset === 0 && folder.startsWith('wasm');
      let extra = 0;
      if (b && folder.startsWith('rewriter')) extra = (globalThis as any).first?.(b) ?? 0;
      return { ...n, place: b && f.codeOffset !== null && !zero ? { module: 1, function: f.function, start: b.start, size: b.size, offset: f.codeOffset + extra } : null } as any;
    });
    const sp = snapshot.names.stackPointer ?? (snapshot.dump.globals[0]?.type === 'i32' ? 0 : null);
    const layouts = await session.layouts(0);
    const source = {
      dump: snapshot.dump, producer: snapshot.producer, stackPointer: snapshot.names.stackPointer,
      memorySize: (m: number) => snapshot.memories[m]?.size ?? null,
      read: async (m: number, a: number, l: number) => { const w = await session.read(m, a, l); return w.states.every((s) => s.state === 'captured' || s.state === 'zero-elided') ? w.bytes : null; },
      peek: async (m: number, a: number, l: number) => (await session.read(m, a, l)).bytes,
      stackBounds: () => stackBounds({ layouts, names: [] }),
      body: async (p: any) => bytes.slice(p.start, p.start + p.size),
      code: async () => facts,
    };
    const t = performance.now();
    const cause = await causeOf(await causeFrames(source, thread, names), dumpFacts(source, youngest), zeroMeansUnknown(snapshot.producer));
    console.log(folder, (performance.now() - t).toFixed(0), 'ms sp', sp, snapshot.names.stackPointer, JSON.stringify(cause, null, 1));
  }
}, 120000);
