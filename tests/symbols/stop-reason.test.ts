import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/coredump/model';
import { type StopContext, stopName, stopReason, stopSentence } from '../../src/symbols/stop-reason';
import { decodeInstruction, indexBody } from '../../src/wasm/body';
import { bytes } from '../helpers/dump-text';

/** Why the last instruction before `end` stopped, with these locals. */
async function stop(code: string, locals: readonly (Value | null)[] = []) {
  const body = bytes(`00 ${code} 0b`);
  const index = indexBody(body);
  const row = index.offsets.length - 2;
  const context: StopContext = {
    signature: () => null,
    type: () => null,
    name: (space, at) => (space === 'local' && at === 1 ? 'by' : null),
    isImport: (at) => at === 0,
    local: (at) => locals[at] ?? null,
    global: () => null,
    read: async () => null,
    memorySize: () => 65536,
  };
  return stopReason(body, index, row, decodeInstruction(body, index.offsets[row] ?? 0), context);
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
