import { expect, test } from 'vitest';
import { stackEffect } from '../../src/wasm/stack-effect';

const effect = (name: string) => stackEffect({ offset: 0, length: 1, opcode: 0, name, immediates: [] });

// Whole modules hold the table: tests/symbols/operands/flow.test.ts follows every function to its end.
test('an effect that is not known is none', () => {
  expect(effect('i32.store8')).toEqual({ pops: 2, pushes: 0 });
  expect(effect('i64.atomic.rmw32.cmpxchg_u')).toEqual({ pops: 3, pushes: 1 });
  expect(effect('i32.atomic.store16')).toEqual({ pops: 2, pushes: 0 });
  expect(effect('f64.copysign')).toEqual({ pops: 2, pushes: 1 });
  expect(effect('i32.trunc_sat_f64_u')).toEqual({ pops: 1, pushes: 1 });
  expect(effect('v128.load')).toBeNull();
  expect(effect('struct.new')).toBeNull();
  expect(effect('call')).toBeNull();
});
