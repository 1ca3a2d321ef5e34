import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arithmetic } from '../../../src/symbols/operands/arithmetic';
import { opcodeInfo } from '../../../src/wasm/opcodes';

/** The engine itself says what an instruction makes of its operands. */
function instance(
  opcode: number,
  operands: readonly number[],
  result: number,
): (...values: bigint[]) => bigint {
  const gets = operands.flatMap((_, index) => [0x20, index]);
  const body = [0x00, ...gets, opcode, 0x0b];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 5 + operands.length, 1, 0x60, operands.length, ...operands, 1, result],
    ...[3, 2, 1, 0],
    ...[7, 5, 1, 1, 0x66, 0, 0],
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  if (typeof f !== 'function') throw new Error('no function');
  return (...values) =>
    BigInt(f(...values.map((value, index) => (operands[index] === 0x7f ? Number(value) : value))));
}

const I32 = 0x7f;
const I64 = 0x7e;
const int = (width: 32 | 64) =>
  fc.oneof(
    fc.bigInt({ min: -(2n ** BigInt(width - 1)), max: 2n ** BigInt(width - 1) - 1n }),
    fc.constantFrom(0n, 1n, -1n, 2n ** BigInt(width - 1) - 1n, -(2n ** BigInt(width - 1))),
  );

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const names = (opcodes: readonly number[]) =>
  opcodes.map((opcode) => ({ opcode, name: opcodeInfo(opcode)?.name ?? '' }));

describe('integers are as the engine of this machine has them', () => {
  const binary = [
    ...names([...range(0x46, 0x4f), ...range(0x6a, 0x76)]).map((row) => ({
      ...row,
      type: I32,
      width: 32 as const,
    })),
    ...names([...range(0x51, 0x5a), ...range(0x7c, 0x88)]).map((row) => ({
      ...row,
      type: I64,
      width: 64 as const,
    })),
  ];
  test.each(binary)('$name', ({ name, opcode, type, width }) => {
    const compares = opcode < 0x6a;
    const run = instance(opcode, [type, type], compares ? I32 : type);
    fc.assert(
      fc.property(int(width), int(width), (left, right) => {
        const mine = arithmetic(name, [
          { type: width === 32 ? 'i32' : 'i64', value: left },
          { type: width === 32 ? 'i32' : 'i64', value: right },
        ]);
        const divides = /div|rem/.test(name);
        const overflows = /div_s/.test(name) && right === -1n && left === -(2n ** BigInt(width - 1));
        if (divides && (right === 0n || overflows)) return;
        expect(mine?.value).toBe(run(left, right));
      }),
    );
  });

  const unary = [
    { opcode: 0x45, from: I32, to: I32 },
    { opcode: 0x50, from: I64, to: I32 },
    { opcode: 0xa7, from: I64, to: I32 },
    { opcode: 0xac, from: I32, to: I64 },
    { opcode: 0xad, from: I32, to: I64 },
    { opcode: 0xc0, from: I32, to: I32 },
    { opcode: 0xc1, from: I32, to: I32 },
    { opcode: 0xc2, from: I64, to: I64 },
    { opcode: 0xc3, from: I64, to: I64 },
    { opcode: 0xc4, from: I64, to: I64 },
  ].map((row) => ({ ...row, name: opcodeInfo(row.opcode)?.name ?? '' }));
  test.each(unary)('$name', ({ from, name, opcode, to }) => {
    const run = instance(opcode, [from], to);
    fc.assert(
      fc.property(int(from === I32 ? 32 : 64), (value) => {
        const mine = arithmetic(name, [{ type: from === I32 ? 'i32' : 'i64', value }]);
        expect(mine?.value).toBe(run(value));
        expect(mine?.type).toBe(to === I32 ? 'i32' : 'i64');
      }),
    );
  });
});

test('division by zero, floats and what is not worked out have no value', () => {
  const zero = { type: 'i32', value: 0n } as const;
  expect(arithmetic('i32.div_s', [zero, zero])).toBeNull();
  expect(
    arithmetic('i64.rem_u', [
      { type: 'i64', value: 1n },
      { type: 'i64', value: 0n },
    ]),
  ).toBeNull();
  expect(
    arithmetic('f64.add', [
      { type: 'f64', value: 1 },
      { type: 'f64', value: 2 },
    ]),
  ).toBeNull();
  expect(arithmetic('i32.popcnt', [zero])).toBeNull();
  expect(arithmetic('i32.rotl', [zero, zero])).toBeNull();
});
