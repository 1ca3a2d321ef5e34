/** How many operands an instruction takes, and how many it leaves. */
export interface StackEffect {
  readonly pops: number;
  readonly pushes: number;
}

const FIXED: ReadonlyMap<string, StackEffect> = new Map([
  ['nop', { pops: 0, pushes: 0 }],
  ['drop', { pops: 1, pushes: 0 }],
  ['select', { pops: 3, pushes: 1 }],
  ['memory.size', { pops: 0, pushes: 1 }],
  ['memory.grow', { pops: 1, pushes: 1 }],
  ['memory.init', { pops: 3, pushes: 0 }],
  ['memory.copy', { pops: 3, pushes: 0 }],
  ['memory.fill', { pops: 3, pushes: 0 }],
  ['data.drop', { pops: 0, pushes: 0 }],
  ['elem.drop', { pops: 0, pushes: 0 }],
  ['table.init', { pops: 3, pushes: 0 }],
  ['table.copy', { pops: 3, pushes: 0 }],
  ['table.fill', { pops: 3, pushes: 0 }],
  ['table.get', { pops: 1, pushes: 1 }],
  ['table.set', { pops: 2, pushes: 0 }],
  ['table.grow', { pops: 2, pushes: 1 }],
  ['table.size', { pops: 0, pushes: 1 }],
  ['ref.null', { pops: 0, pushes: 1 }],
  ['ref.func', { pops: 0, pushes: 1 }],
  ['ref.is_null', { pops: 1, pushes: 1 }],
  ['ref.as_non_null', { pops: 1, pushes: 1 }],
  ['ref.eq', { pops: 2, pushes: 1 }],
  ['br_if', { pops: 1, pushes: 0 }],
  ['memory.atomic.notify', { pops: 2, pushes: 1 }],
  ['memory.atomic.wait32', { pops: 3, pushes: 1 }],
  ['memory.atomic.wait64', { pops: 3, pushes: 1 }],
  ['atomic.fence', { pops: 0, pushes: 0 }],
  ['i64.add128', { pops: 4, pushes: 2 }],
  ['i64.sub128', { pops: 4, pushes: 2 }],
  ['i64.mul_wide_s', { pops: 2, pushes: 2 }],
  ['i64.mul_wide_u', { pops: 2, pushes: 2 }],
]);

const UNARY =
  /\.(?:eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt|wrap_i64|trunc_\w+|extend\w+|convert_\w+|demote_f64|promote_f32|reinterpret_\w+)$/;
const BINARY =
  /\.(?:eq|ne|[lg][te](?:_[su])?|add|sub|mul|div(?:_[su])?|rem_[su]|and|or|xor|shl|shr_[su]|rot[lr]|min|max|copysign)$/;

/**
 * The stack effect of the instructions on numbers, memories and tables (core specification, 3.4), by name. Null for
 * control, calls and variables, whose effect depends on their immediates, and for vectors and garbage-collected types.
 */
export function stackEffect(name: string): StackEffect | null {
  const fixed = FIXED.get(name);
  if (fixed !== undefined) return fixed;
  if (!/^[if](?:32|64)\./.test(name)) return null;
  if (name.endsWith('.const')) return { pops: 0, pushes: 1 };
  if (name.includes('.atomic.')) {
    if (name.includes('.load')) return { pops: 1, pushes: 1 };
    if (name.includes('.store')) return { pops: 2, pushes: 0 };
    return { pops: name.includes('cmpxchg') ? 3 : 2, pushes: 1 };
  }
  if (name.includes('.load')) return { pops: 1, pushes: 1 };
  if (name.includes('.store')) return { pops: 2, pushes: 0 };
  if (UNARY.test(name)) return { pops: 1, pushes: 1 };
  return BINARY.test(name) ? { pops: 2, pushes: 1 } : null;
}
