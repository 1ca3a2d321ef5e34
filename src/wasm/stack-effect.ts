import type { Instruction } from './instruction';

/** How many operands an instruction takes from the stack and leaves on it. */
export interface StackEffect {
  readonly pops: number;
  readonly pushes: number;
}

const UNARY =
  /\.(?:eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt|wrap_\w+|trunc_\w+|extend\w+|convert_\w+|demote_\w+|promote_\w+|reinterpret_\w+)$/;
const NUMERIC = /^[if](?:32|64)\./;

const BY_NAME: ReadonlyMap<string, StackEffect> = new Map([
  ['nop', { pops: 0, pushes: 0 }],
  ['drop', { pops: 1, pushes: 0 }],
  ['select', { pops: 3, pushes: 1 }],
  ['local.get', { pops: 0, pushes: 1 }],
  ['local.set', { pops: 1, pushes: 0 }],
  ['local.tee', { pops: 1, pushes: 1 }],
  ['global.get', { pops: 0, pushes: 1 }],
  ['global.set', { pops: 1, pushes: 0 }],
  ['table.get', { pops: 1, pushes: 1 }],
  ['table.set', { pops: 2, pushes: 0 }],
  ['table.size', { pops: 0, pushes: 1 }],
  ['table.grow', { pops: 2, pushes: 1 }],
  ['table.fill', { pops: 3, pushes: 0 }],
  ['table.copy', { pops: 3, pushes: 0 }],
  ['table.init', { pops: 3, pushes: 0 }],
  ['memory.size', { pops: 0, pushes: 1 }],
  ['memory.grow', { pops: 1, pushes: 1 }],
  ['memory.fill', { pops: 3, pushes: 0 }],
  ['memory.copy', { pops: 3, pushes: 0 }],
  ['memory.init', { pops: 3, pushes: 0 }],
  ['data.drop', { pops: 0, pushes: 0 }],
  ['elem.drop', { pops: 0, pushes: 0 }],
  ['ref.null', { pops: 0, pushes: 1 }],
  ['ref.func', { pops: 0, pushes: 1 }],
  ['ref.is_null', { pops: 1, pushes: 1 }],
  ['ref.as_non_null', { pops: 1, pushes: 1 }],
  ['ref.eq', { pops: 2, pushes: 1 }],
  ['memory.atomic.notify', { pops: 2, pushes: 1 }],
  ['memory.atomic.wait32', { pops: 3, pushes: 1 }],
  ['memory.atomic.wait64', { pops: 3, pushes: 1 }],
  ['atomic.fence', { pops: 0, pushes: 0 }],
  ['i64.add128', { pops: 4, pushes: 2 }],
  ['i64.sub128', { pops: 4, pushes: 2 }],
  ['i64.mul_wide_s', { pops: 2, pushes: 2 }],
  ['i64.mul_wide_u', { pops: 2, pushes: 2 }],
  ['if', { pops: 1, pushes: 0 }],
  ['br_if', { pops: 1, pushes: 0 }],
]);

/**
 * What an instruction does to the operand stack (core specification, 3.4), for those where its name alone tells. null for
 * others: calls, whose type does, and vector and garbage collected ones. Of `if` and `br_if` the condition only.
 */
export function stackEffect({ name }: Instruction): StackEffect | null {
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  if (!NUMERIC.test(name)) return null;
  if (name.endsWith('.const')) return { pops: 0, pushes: 1 };
  if (name.includes('.rmw')) return { pops: name.includes('cmpxchg') ? 3 : 2, pushes: 1 };
  if (name.includes('.load')) return { pops: 1, pushes: 1 };
  if (name.includes('.store')) return { pops: 2, pushes: 0 };
  return { pops: UNARY.test(name) ? 1 : 2, pushes: 1 };
}
