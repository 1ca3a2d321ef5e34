import { describe, expect, it } from 'vitest';
import { type Evaluated, evaluate, type Moment } from '../../../src/symbols/operands/evaluate';
import type { Expression, Scalar } from '../../../src/symbols/operands/expression';
import { type Arities, followBody } from '../../../src/symbols/operands/flow';
import { indexBody } from '../../../src/wasm/body';
import { bytes } from '../../helpers/dump-text';

const ARITIES: Arities = {
  function: (index) => (index === 0 ? { parameters: 1, results: 1 } : null),
  type: () => null,
};

const i32 = (value: number): Scalar => ({ type: 'i32', value: BigInt(value) });
const MOMENT: Omit<Moment, 'at'> = {
  local: (index) => i32(10 + index),
  global: (index) => i32(100 + index),
  parameter: async () => null,
  isKept: () => false,
  read: async (_, address, length) => Uint8Array.from({ length }, (__, at) => address + at),
};
const NO_LOCALS = { ...MOMENT, local: () => null };

/** The last two operands of the last instruction before `end`, in a function of three parameters and no local. */
function operandsOf(code: string) {
  const body = bytes(`00 ${code} 0b`);
  const index = indexBody(body);
  expect(index.problem).toBeNull();
  const at = index.offsets.at(-2) ?? 0;
  const flow = followBody(body, index, at, 3, ARITIES);
  if (flow === null) throw new Error('not followed');
  return { at, flow, operands: flow.operands.slice(-2) };
}

async function evaluated(code: string, moment = MOMENT): Promise<readonly (Evaluated | null)[]> {
  const { at, flow, operands } = operandsOf(code);
  return Promise.all(operands.map((operand: Expression) => evaluate(operand, flow, { ...moment, at })));
}

const values = async (code: string, moment = MOMENT) =>
  (await evaluated(code, moment)).map((found) => found?.value ?? null);

describe('operands of an instruction, by what the dump holds', () => {
  it('are locals and constants', async () => {
    // local.get 1, i32.const 0, i32.div_s
    expect(operandsOf('20 01 41 00 6d').operands).toMatchObject([
      { kind: 'local', index: 1 },
      { kind: 'const', value: i32(0) },
    ]);
    expect(await values('20 01 41 00 6d')).toEqual([i32(11), i32(0)]);
  });

  it('are not the value of a local that was set after it was read', async () => {
    // local.get 1, local.get 0, local.set 1, local.get 2, i32.div_s
    expect(await values('20 01 20 00 21 01 20 02 6d')).toEqual([null, i32(12)]);
  });

  it('are what was put into a local, where the dump does not hold it', async () => {
    // i32.const 5, local.set 1, local.get 1, local.get 1, i32.div_s
    expect(await values('41 05 21 01 20 01 20 01 6d', NO_LOCALS)).toEqual([i32(5), i32(5)]);
  });

  it('are loaded through the shadow stack’s pointer', async () => {
    // global.get 0, i32.const 16, i32.sub, local.tee 2, i32.load8_u offset=8, local.get 0, i32.div_s
    expect(await values('23 00 41 10 6b 22 02 2d 00 08 20 00 6d', NO_LOCALS)).toEqual([
      i32(100 - 16 + 8),
      null,
    ]);
  });

  it('find the frame’s address in the global that it was set to', async () => {
    // global.get 0, i32.const 16, i32.sub, local.set 2, local.get 2, global.set 0, local.get 2, local.get 2, i32.div_s
    const prologue = '23 00 41 10 6b 21 02 20 02 24 00';
    expect(await values(`${prologue} 20 02 20 02 6d`, NO_LOCALS)).toEqual([i32(100), i32(100)]);
    // A call stands between: another global than the shadow stack's pointer may be another now.
    const [, second] = await evaluated(`${prologue} 20 02 10 00 20 02 6d`, NO_LOCALS);
    expect(second).toMatchObject({ value: i32(100), sure: false });
    const kept = { ...NO_LOCALS, isKept: () => true };
    expect((await evaluated(`${prologue} 20 02 10 00 20 02 6d`, kept))[1]).toMatchObject({ sure: true });
  });

  it('take neither a global nor memory for sure that may have been written since', async () => {
    // global.get 0, i32.const 1, global.set 0, i32.const 1, i32.div_s
    expect(await values('23 00 41 01 24 00 41 01 6d')).toEqual([null, i32(1)]);
    // local.get 0, i32.load, local.get 1, i32.const 1, i32.store, i32.const 1, i32.div_s: 10 to 13 and 11 to 14.
    const [written] = await evaluated('20 00 28 02 00 20 01 41 01 36 02 00 41 01 6d');
    expect(written).toMatchObject({ sure: false });
    // … offset=4: 15 to 18.
    const [beside] = await evaluated('20 00 28 02 00 20 01 41 01 36 02 04 41 01 6d');
    expect(beside).toMatchObject({ sure: true });
  });

  it('are known across blocks, and not behind a join that can bring another', async () => {
    // local.get 0, loop, end, i32.const 1, i32.div_s
    expect(await values('20 00 03 40 0b 41 01 6d')).toEqual([i32(10), i32(1)]);
    // block (result i32), i32.const 1, end, i32.const 1, i32.div_s
    expect((await values('02 7f 41 01 0b 41 01 6d'))[0]).toBeNull();
  });

  it('are results of calls by their types, and nothing below one whose type is not known', () => {
    // local.get 0, local.get 1, call 0, i32.div_s
    expect(operandsOf('20 00 20 01 10 00 6d').operands).toMatchObject([
      { kind: 'local' },
      { kind: 'result', function: 0 },
    ]);
    expect(operandsOf('20 00 20 01 10 09 6d').operands).toEqual([]);
  });

  it('are unknown behind vectors', () => {
    // local.get 0, v128.load, i32x4.extract_lane 0, i32.const 1
    expect(operandsOf('20 00 fd 00 04 00 fd 1b 00 41 01 6d').operands).toMatchObject([{ kind: 'const' }]);
  });

  it('do not grow with code that doubles an expression at every turn', async () => {
    const doubled = '20 00 20 00 6a 21 00 '.repeat(1000);
    const start = performance.now();
    await values(`${doubled} 20 00 20 00 6d`, NO_LOCALS);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('a load', () => {
  it.each([
    ['i32.load8_s', '2c 00 00', 'ff', i32(-1)],
    ['i32.load8_u', '2d 00 00', 'ff', i32(255)],
    ['i32.load16_s', '2e 01 00', '00 80', i32(-32768)],
    ['i32.load', '28 02 00', 'ff ff ff ff', i32(-1)],
    ['i64.load32_u', '35 02 00', 'ff ff ff ff', { type: 'i64', value: 0xffffffffn }],
    ['i64.load', '29 03 00', '00 00 00 00 00 00 00 80', { type: 'i64', value: -(2n ** 63n) }],
    ['f32.load', '2a 02 00', '00 00 c0 7f', { type: 'f32', value: Number.NaN }],
  ])('%s of %s', async (_, code, text, value) => {
    const read = async () => bytes(text);
    // The load, and a constant above it.
    expect((await values(`20 00 ${code} 41 00 1a`, { ...MOMENT, read }))[0] ?? null).toEqual(value);
  });
});
