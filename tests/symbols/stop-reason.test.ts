import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/coredump/model';
import { StackOfFrames } from '../../src/symbols/cause/question';
import type { CodeFacts, DumpFacts } from '../../src/symbols/cause/types';
import { scalarOf } from '../../src/symbols/cause-facts';
import { stopName, stopReason, stopSentence } from '../../src/symbols/stop-reason';
import { decodeInstruction, indexBody } from '../../src/wasm/body';
import { bytes } from '../helpers/dump-text';

const CODE: CodeFacts = {
  arities: { function: (index) => ({ parameters: index === 4 ? 3 : 0, results: 0 }), type: () => null },
  importedFunctions: 1,
  parameters: () => null,
  functionName: () => null,
  typeOfFunction: () => '() -> ()',
  typeText: () => '(i32) -> ()',
  table: (_, index) =>
    index === 0
      ? { kind: 'null' }
      : index < 9
        ? { kind: 'function', index: 4 }
        : { kind: 'outside', size: 9 },
};

const DUMP: DumpFacts = {
  global: () => null,
  stackPointer: null,
  stackRegion: { low: null, high: null },
  memorySize: () => 65536,
  read: async (_, __, length) => new Uint8Array(length),
  peek: async (_, __, length) => new Uint8Array(length),
  onlyUnreachable: null,
};

/** Why the last instruction before `end` stopped, with these locals. */
async function stop(code: string, locals: readonly (Value | null)[] = []) {
  const body = bytes(`00 ${code} 0b`);
  const index = indexBody(body);
  const offset = index.offsets.at(-2) ?? 0;
  const site = { body, index, offset, code: CODE };
  const local = (at: number) => scalarOf(locals[at] ?? undefined);
  const frames = [{ function: 4, codeOffset: offset, names: [], files: [], site, local }];
  const question = new StackOfFrames(frames, DUMP).question(0);
  return stopReason(decodeInstruction(body, offset), {
    name: (space, at) => (space === 'local' && at === 1 ? 'by' : null),
    isImport: (at) => at === 0,
    asked: question === null ? null : { question, site, dump: DUMP },
  });
}

const i32 = (value: number): Value => ({ type: 'i32', value });
const f64 = (value: number): Value => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return { type: 'f64', bits: view.getBigUint64(0) };
};
const DIV_S = '20 00 20 01 6d';

describe('stopSentence', () => {
  it.each([
    [
      'a divisor that is captured',
      DIV_S,
      [i32(7), i32(0)],
      'integer divide by zero: the divisor, local 1 ($by), is 0',
    ],
    [
      'INT_MIN by -1',
      DIV_S,
      [i32(-(2 ** 31)), i32(-1)],
      'integer overflow: the dividend, local 0, is -2,147,483,648 and the divisor, local 1 ($by), is -1',
    ],
    [
      'a dividend alone rules the overflow out',
      DIV_S,
      [i32(7), null],
      'integer divide by zero, so the divisor, local 1 ($by), is 0',
    ],
    ['one way only', '20 00 20 01 6e', [], 'integer divide by zero, so the divisor, local 1 ($by), is 0'],
    [
      'values that rule out every way',
      DIV_S,
      [i32(7), i32(2)],
      'by what the dump holds this did not trap: it is not so that the divisor, local 1 ($by), is 0, nor that the dividend, local 0, is -2,147,483,648 and the divisor, local 1 ($by), is -1',
    ],
    ['nothing is asked of unreachable', '00', [], 'unreachable'],
    [
      'the last byte inside',
      '20 00 2d 00 00',
      [i32(65535)],
      "by what the dump holds this did not trap: it is not so that 1 byte at 0x0000ffff reach past the memory's end at 65,536",
    ],
    [
      'the first byte outside',
      '20 00 28 02 00',
      [i32(65533)],
      "out of bounds memory access: 4 bytes at 0x0000fffd reach past the memory's end at 65,536",
    ],
    [
      'a negative i32 is a high address, and the offset adds to it',
      '20 00 28 02 10',
      [i32(-1)],
      "out of bounds memory access: 4 bytes at 0x10000000f reach past the memory's end at 65,536",
    ],
    ['NaN', '20 00 aa', [f64(Number.NaN)], 'invalid conversion to integer: the float, local 0, is NaN'],
    ['2^31', '20 00 aa', [f64(2 ** 31)], 'integer overflow: the float, local 0, is outside signed i32'],
    [
      '-0.5 is 0',
      '20 00 ab',
      [f64(-0.5)],
      'by what the dump holds this did not trap: it is not so that the float, local 0, is NaN, nor that the float, local 0, is outside unsigned i32',
    ],
    [
      'an entry of the table that is null',
      '20 00 11 00 00',
      [i32(0)],
      "uninitialized element: the table's entry at the index, local 0, is null",
    ],
    [
      'a function of another type',
      '20 00 11 00 00',
      [i32(3)],
      'indirect call type mismatch: the function has another type',
    ],
    [
      'an index past the table',
      '20 00 11 00 00',
      [i32(9)],
      'undefined element: the index, local 0, is past the end of the table',
    ],
    [
      'a range that leaves the memory',
      '20 00 41 00 20 01 fc 0b 00',
      [i32(65000), i32(537)],
      'out of bounds memory access: the range reaches past the end of the memory',
    ],
    [
      'a local, which no call changes',
      '20 00 28 02 00 10 01 20 01 6e',
      [i32(8), i32(0)],
      'integer divide by zero: the divisor, local 1 ($by), is 0',
    ],
    [
      'memory that a call may have written since',
      '41 08 28 02 00 21 02 10 01 41 07 20 02 6e',
      [],
      'probably integer divide by zero: the divisor, local 2, is 0',
    ],
    ['an import', '10 00', [], 'in a call of the import func[0]: the host stopped there'],
    ['what cannot trap', '20 00', [], 'local.get cannot trap: the host stopped it, or the offset is another'],
  ])('%s', async (_, code, locals, sentence) => {
    expect(stopSentence(await stop(code, locals))).toBe(sentence);
  });

  it('names what is left', async () => {
    expect(stopName(await stop(DIV_S))).toBe('integer divide by zero or integer overflow');
    expect(stopName(await stop(DIV_S, [i32(1)]))).toBe('integer divide by zero');
    expect(stopName(await stop(DIV_S, [i32(1), i32(1)]))).toBe('');
    expect(stopName(await stop('20 00'))).toBe('');
  });
});
