import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BytesSource } from '../../../src/bytes/bytes-source';
import { bodyOf, readModuleSymbols } from '../../../src/symbols/debug-module';
import { decodeInstruction, indexBody } from '../../../src/wasm/body';
import { fixture } from '../../fixture';
import expected from './fixtures.json' with { type: 'json' };

/** Every instruction of a module as `expect.py` writes it: its place in the file and its name. */
async function listing(path: string) {
  const file = fixture(path);
  const symbols = await readModuleSymbols(new BytesSource(file));
  const hash = createHash('sha256');
  let functions = 0;
  let instructions = 0;
  for (let index = symbols.importedFunctions; index < symbols.functions; index += 1) {
    const place = bodyOf(symbols, index);
    if (place === null) throw new Error(`${path}: function ${index} has no body`);
    const body = file.subarray(place.start, place.start + place.size);
    const { offsets, problem } = indexBody(body);
    expect(problem, `function ${index}`).toBeNull();
    functions += 1;
    instructions += offsets.length;
    for (const [at, offset] of offsets.entries()) {
      const { name, length } = decodeInstruction(body, offset);
      expect(offset + length).toBe(offsets[at + 1] ?? body.length);
      hash.update(`${(place.start + offset).toString(16)} ${name}\n`);
    }
  }
  return { functions, instructions, sha256: hash.digest('hex') };
}

describe('every instruction of every fixture module, as wasm-objdump has it', () => {
  it.each(Object.entries(expected))('%s', async (path, told) => {
    expect(await listing(path)).toEqual(told);
  });
});
