import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/coredump/model';
import { evaluate, type FrameState, loaded } from '../../src/symbols/evaluate';
import { type CallTypes, operandsOf } from '../../src/symbols/operands';
import { indexBody } from '../../src/wasm/body';
import { bytes } from '../helpers/dump-text';

const TYPES: CallTypes = {
  signature: (index) => (index === 0 ? { kind: 'func', parameters: ['i32'], results: ['i32'] } : null),
  type: () => null,
};

/** The operands of the last instruction before `end`. */
function operands(code: string, count = 2) {
  const body = bytes(`00 ${code} 0b`);
  const index = indexBody(body);
  expect(index.problem).toBeNull();
  return operandsOf(body, index, index.offsets.length - 2, count, TYPES);
}

const i32 = (value: number): Value => ({ type: 'i32', value });
const STATE: FrameState = {
  local: (index) => i32(10 + index),
  global: (index) => i32(100 + index),
  read: async (_, address, length) => Uint8Array.from({ length }, (_, at) => address + at),
};
const values = async (code: string, state = STATE, count = 2) =>
  Promise.all(operands(code, count).map((operand) => evaluate(operand, state)));

describe('operandsOf', () => {
  it('finds locals and constants', async () => {
    // local.get 1, i32.const 0, i32.div_s
    expect(operands('20 01 41 00 6d')).toEqual([
      { kind: 'local', index: 1, kept: true, is: null, global: null },
      { kind: 'constant', value: i32(0) },
    ]);
    expect(await values('20 01 41 00 6d')).toEqual([i32(11), i32(0)]);
  });

  it('does not take a local that was set after it was read', async () => {
    // local.get 1, local.get 0, local.set 1, local.get 2, i32.div_s
    expect(operands('20 01 20 00 21 01 20 02 6d')[0]).toMatchObject({ kind: 'local', index: 1, kept: false });
    expect(await values('20 01 20 00 21 01 20 02 6d')).toEqual([null, i32(12)]);
  });

  it('follows what was put into a local, where the dump does not hold it', async () => {
    // i32.const 5, local.set 1, local.get 1, local.get 1, i32.div_s
    const none: FrameState = { ...STATE, local: () => null };
    expect(await values('41 05 21 01 20 01 20 01 6d', none)).toEqual([i32(5), i32(5)]);
  });

  it('works out a load through the shadow stack’s pointer', async () => {
    // global.get 0, i32.const 16, i32.sub, local.tee 2, i32.load8_u offset=8, local.get 0, i32.div_s
    const none: FrameState = { ...STATE, local: () => null };
    expect(await values('23 00 41 10 6b 22 02 2d 00 08 20 00 6d', none)).toEqual([i32(100 - 16 + 8), null]);
  });

  it('takes a global for the local that it was set from', async () => {
    // global.get 0, i32.const 16, i32.sub, local.set 2, local.get 2, global.set 0, local.get 2, local.get 2, i32.div_s
    const none: FrameState = { ...STATE, local: () => null };
    expect(await values('23 00 41 10 6b 21 02 20 02 24 00 20 02 20 02 6d', none)).toEqual([
      i32(100),
      i32(100),
    ]);
    // … and not after a call: call 0 stands between.
    expect(await values('23 00 41 10 6b 21 02 20 02 24 00 20 02 10 00 20 02 6d', none)).toEqual([null, null]);
  });

  it('takes neither a global nor memory that may have been written since', async () => {
    // global.get 0, i32.const 1, global.set 0, i32.const 1, i32.div_s
    expect(await values('23 00 41 01 24 00 41 01 6d')).toEqual([null, i32(1)]);
    // local.get 0, i32.load, local.get 0, local.get 1, i32.store, i32.const 1, i32.div_s
    expect(await values('20 00 28 02 00 20 00 20 01 36 02 00 41 01 6d')).toEqual([null, i32(1)]);
    // local.get 0, i32.load, memory.grow, …: i32.const 1, i32.const 0, memory.grow, drop
    expect((await values('20 00 28 02 00 41 00 40 00 1a 41 01 6d'))[0]).toBeNull();
  });

  it('stops where code comes together', () => {
    // local.get 0, loop, end, i32.const 1, i32.div_s: what stands before the loop's end is not looked at.
    expect(operands('20 00 03 40 0b 41 01 6d')).toEqual([
      { kind: 'unknown' },
      { kind: 'constant', value: i32(1) },
    ]);
  });

  it('takes calls by their types, and nothing below one whose type is not known', () => {
    // local.get 0, local.get 1, call 0, i32.div_s
    expect(operands('20 00 20 01 10 00 6d')).toMatchObject([
      { kind: 'local' },
      { kind: 'result', function: 0 },
    ]);
    expect(operands('20 00 20 01 10 09 6d')).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
  });

  it('is unknown where nothing is on the stack, and behind vectors', () => {
    expect(operands('6d')).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
    // local.get 0, v128.load, i32x4.extract_lane 0, i32.const 1
    expect(operands('20 00 fd 00 04 00 fd 1b 00 41 01 6d')).toMatchObject([
      { kind: 'unknown' },
      { kind: 'constant' },
    ]);
  });

  it('does not grow with code that doubles an expression at every turn', () => {
    const doubled = '20 00 20 00 6a 21 00 '.repeat(1000);
    const start = performance.now();
    operands(`${doubled} 20 00 20 00 6d`);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('loaded', () => {
  it.each([
    ['i32.load8_s', 'ff', i32(-1)],
    ['i32.load8_u', 'ff', i32(255)],
    ['i32.load16_s', '00 80', i32(-32768)],
    ['i32.load', 'ff ff ff ff', i32(-1)],
    ['i64.load32_u', 'ff ff ff ff', { type: 'i64', value: 0xffffffffn }],
    ['i64.load', '00 00 00 00 00 00 00 80', { type: 'i64', value: -(2n ** 63n) }],
    ['f32.load', '00 00 c0 7f', { type: 'f32', bits: 0x7fc00000 }],
    ['v128.load', '00', null],
  ])('%s of %s', (name, text, value) => {
    expect(loaded(name, bytes(text))).toEqual(value);
  });
});
