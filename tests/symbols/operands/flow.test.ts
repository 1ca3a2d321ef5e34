import { describe, expect, test } from 'vitest';
import { codeFacts } from '../../../src/symbols/cause-facts';
import { readCodeTypes, signatureOf } from '../../../src/symbols/code-types';
import { readModuleSymbols } from '../../../src/symbols/debug-module';
import { followBody } from '../../../src/symbols/operands/flow';
import { decodeInstruction, indexBody } from '../../../src/wasm/body';
import { fixture } from '../../fixture';
import { plainSource } from '../../helpers/sources';

const NO_TABLES = { imported: 0, sizes: [], segments: [] };

describe.each([
  'wasmtime/c-heap/c-heap.wasm',
  'wasmtime/cpp-shapes-O1/cpp-shapes-O1.wasm',
  'wasmtime/rust-orders-release/rust-orders-release.wasm',
])('%s', (path) => {
  test('where a body ends, as many values lie on the stack as the function gives', async () => {
    const bytes = fixture(path);
    const source = plainSource(bytes);
    const symbols = await readModuleSymbols(source);
    const types = await readCodeTypes(source, symbols.sections);
    const { arities } = codeFacts(types, NO_TABLES, symbols.importedFunctions, () => null);
    const { code } = symbols;
    if (code === null) throw new Error('no code');
    let whole = 0;
    for (let at = 0; at < code.bodies.count; at += 1) {
      const start = code.payload + (code.bodies.offsets[at] ?? 0);
      const body = bytes.subarray(start, start + (code.bodies.sizes[at] ?? 0));
      const index = indexBody(body);
      const signature = signatureOf(types, symbols.importedFunctions + at);
      const last = index.offsets.at(-1) ?? 0;
      const flow = followBody(body, index, last, signature?.parameters.length ?? 0, arities);
      const results = signature?.results.length ?? -1;
      const before = index.offsets.at(-2);
      const name = before === undefined ? '' : decodeInstruction(body, before).name;
      // Behind an instruction that does not go on, the stack is whatever is wanted.
      if (['return', 'unreachable', 'br', 'br_table'].includes(name)) continue;
      expect(flow?.operands.length, `body ${at}`).toBe(results);
      whole += 1;
    }
    expect(whole).toBeGreaterThan(20);
  });
});
