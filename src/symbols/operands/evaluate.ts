import type { Address, Bytes } from '../../bytes/units';
import { floatOf } from '../../coredump/floats';
import { arithmetic, asUnsigned } from './arithmetic';
import type { Access, Assignment, Expression, Flow, Scalar, Store } from './expression';

/** What the dump holds for the frame, at the moment of the trap. Null: not in the dump. */
export interface Moment {
  /** Where the frame stands: the instruction, from the body's start. */
  readonly at: Bytes;
  readonly local: (index: number) => Scalar | null;
  readonly global: (index: number) => Scalar | null;
  /** What the caller passed, where it can be told. */
  readonly parameter: (index: number) => Promise<Evaluated | null>;
  /** A global that a callee gives back as it found it: the shadow stack's pointer. */
  readonly isKept: (global: number) => boolean;
  /** Bytes of a memory of the module; null where one of them is not known. */
  readonly read: (memory: number, address: Address, length: Bytes) => Promise<Uint8Array | null>;
}

/** A value that was worked out. */
export interface Evaluated {
  readonly value: Scalar;
  /** False: something may have changed it since, a call for example. */
  readonly sure: boolean;
  /** What the value rests on, innermost first: "local 1 is 0 in the dump". */
  readonly because: readonly string[];
}

/** Stores between a load and the trap that are compared with it; beyond, the load's value is only probable. */
const MOST_STORES = 64;
/** Steps that one question may take: an expression can use another twice, and that one a third. */
const MOST_STEPS = 2000;

/**
 * Works out what an expression was when it was last evaluated before the trap, from what the dump holds at the trap:
 * locals that were not set since, globals, constants, and memory. Null where that cannot be told.
 *
 * For example C at -O0 divides two loads from the shadow stack's frame: the frame's address is `__stack_pointer` of the
 * dump, which the function has set once, so both operands are in the dump's memory (fixture wasmtime/c-divide-O0, held
 * by tests/symbols/cause/cause.test.ts).
 */
export function evaluate(expression: Expression, flow: Flow, moment: Moment): Promise<Evaluated | null> {
  return new Evaluator(flow, moment).of(expression);
}

/** How far a function has moved a global when it stands at its moment; null where that cannot be told. */
export function movedSoFar(global: number, flow: Flow, moment: Moment): bigint | null {
  return new Evaluator(flow, moment).moved(global);
}

class Evaluator {
  readonly #flow: Flow;
  readonly #moment: Moment;
  readonly #known = new Map<Expression, Evaluated | null>();
  #steps = 0;

  constructor(flow: Flow, moment: Moment) {
    this.#flow = flow;
    this.#moment = moment;
  }

  async of(expression: Expression): Promise<Evaluated | null> {
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) return null;
    // Asked again while it is being worked out, a loop's variable depends on itself.
    this.#known.set(expression, null);
    const value = await this.#evaluate(expression);
    this.#known.set(expression, value);
    return value;
  }

  async #evaluate(expression: Expression): Promise<Evaluated | null> {
    switch (expression.kind) {
      case 'const':
        return { value: expression.value, sure: true, because: [] };
      case 'local':
        return this.#local(expression);
      case 'global':
        return this.#global(expression);
      case 'load':
        return this.#load(expression);
      case 'unary': {
        const operand = await this.of(expression.operand);
        return operand === null ? null : combined(arithmetic(expression.name, [operand.value]), [operand]);
      }
      case 'binary': {
        const left = await this.of(expression.left);
        const right = left === null ? null : await this.of(expression.right);
        if (left === null || right === null) return null;
        return combined(arithmetic(expression.name, [left.value, right.value]), [left, right]);
      }
      case 'result':
      case 'unknown':
        return null;
    }
  }

  async #local({ at, index }: { readonly at: Bytes; readonly index: number }): Promise<Evaluated | null> {
    const sets = this.#flow.locals.get(index) ?? [];
    const captured = this.#moment.local(index);
    if (captured !== null && !this.#changedSince(sets, at))
      return { value: captured, sure: true, because: [`local ${index} is ${captured.value} in the dump`] };
    if (sets.length === 0) return this.#neverSet(index);
    const set = this.#lastSet(sets, at);
    return set === null ? null : this.of(set.value);
  }

  /** A parameter is still what was passed, another local is 0 (core specification, 4.4.11). */
  async #neverSet(index: number): Promise<Evaluated | null> {
    const type = this.#flow.zeroLocal(index);
    if (type !== null) return { value: type, sure: true, because: [] };
    return index < this.#flow.parameters ? this.#moment.parameter(index) : null;
  }

  /** Whether an assignment may have run between `at` and the trap. */
  #changedSince(sets: readonly Assignment[], at: Bytes): boolean {
    const trap = this.#moment.at;
    // A loop that the trap is in and `at` is not may have run what stands after the trap.
    const around = this.#flow.loops.filter(({ start, end }) => at < start && start < trap && trap < end);
    return sets.some(
      (set) =>
        (set.at > at && set.at < trap) || around.some(({ start, end }) => set.at > start && set.at < end),
    );
  }

  /** The assignment whose value is there at `at`: the only one there is, or the last with no join in between. */
  #lastSet(sets: readonly Assignment[], at: Bytes): Assignment | null {
    const only = sets[0];
    if (sets.length === 1 && only !== undefined && only.at < at) return only;
    const last = sets.findLast((set) => set.at < at);
    if (last === undefined || this.#flow.joins.some((join) => join > last.at && join < at)) return null;
    return last;
  }

  /** How far this function has moved a global so far; null where that cannot be told. */
  moved(index: number): bigint | null {
    const sets = this.#flow.globals.get(index) ?? [];
    const before = sets.filter((assignment) => assignment.at < this.#moment.at);
    const [only] = before;
    if (only === undefined) return 0n;
    return before.length === 1 ? this.#offsetFrom(only.value, index) : null;
  }

  #called(global: number): string {
    return this.#moment.isKept(global) ? `__stack_pointer (global ${global})` : `global ${global}`;
  }

  async #global({ at, index }: { readonly at: Bytes; readonly index: number }): Promise<Evaluated | null> {
    const now = this.#moment.global(index);
    if (now === null) return null;
    const sets = this.#flow.globals.get(index) ?? [];
    const trap = this.#moment.at;
    const called = this.#flow.calls.some((call) => call > at && call < trap);
    const sure = !called || this.#moment.isKept(index);
    if (!this.#changedSince(sets, at))
      return { value: now, sure, because: [`${this.#called(index)} is ${now.value} in the dump`] };
    const moved = now.type === 'i32' ? this.moved(index) : null;
    if (moved === null || typeof now.value !== 'bigint') return null;
    const before = BigInt.asIntN(32, now.value - moved);
    const because = [
      `${this.#called(index)} is ${now.value} in the dump, moved by ${moved} in this function`,
    ];
    return { value: { type: 'i32', value: before }, sure, because };
  }

  /** How far an expression is from a global's value at the function's start; null when it is not that plus a constant. */
  #offsetFrom(expression: Expression, global: number, depth = 0): bigint | null {
    if (depth > MOST_STORES) return null;
    if (expression.kind === 'global') return expression.index === global ? 0n : null;
    const resolved = this.#resolved(expression);
    if (resolved !== expression) return this.#offsetFrom(resolved, global, depth + 1);
    if (expression.kind !== 'binary') return null;
    const { name, left, right } = expression;
    const add = name === 'i32.add';
    if (!add && name !== 'i32.sub') return null;
    const constant = this.#constant(right);
    const base = constant === null ? null : this.#offsetFrom(left, global, depth + 1);
    if (constant !== null && base !== null) return add ? base + constant : base - constant;
    const first = add ? this.#constant(left) : null;
    const rest = first === null ? null : this.#offsetFrom(right, global, depth + 1);
    return first === null || rest === null ? null : first + rest;
  }

  /** What a local was set to, step by step. */
  #resolved(expression: Expression): Expression {
    if (expression.kind !== 'local') return expression;
    return this.#lastSet(this.#flow.locals.get(expression.index) ?? [], expression.at)?.value ?? expression;
  }

  #constant(expression: Expression): bigint | null {
    const resolved = this.#resolved(expression);
    if (resolved.kind !== 'const' || typeof resolved.value.value !== 'bigint') return null;
    return resolved.value.value;
  }

  async #load(expression: {
    readonly at: Bytes;
    readonly access: Access;
    readonly address: Expression;
  }): Promise<Evaluated | null> {
    const { access, at } = expression;
    const base = await this.of(expression.address);
    const address = base === null ? null : effective(base.value, access);
    if (base === null || address === null) return null;
    const bytes = await this.#moment.read(access.memory, address, access.bytes);
    const value = bytes === null ? null : loaded(access.name, bytes);
    if (value === null) return null;
    const kept = await this.#keptSince(at, address, access);
    const because = [...base.because, `memory at 0x${address.toString(16)} holds ${value.value}`];
    return { value, sure: base.sure && kept, because };
  }

  /** Whether nothing between `at` and the trap can have written there. */
  async #keptSince(at: Bytes, address: Address, { bytes, memory }: Access): Promise<boolean> {
    const trap = this.#moment.at;
    if (this.#flow.calls.some((call) => call > at && call < trap)) return false;
    if (this.#flow.loops.some(({ start, end }) => at < start && start < trap && trap < end)) return false;
    const stores = this.#flow.stores.filter((store) => store.at > at && store.at < trap);
    if (stores.length > MOST_STORES) return false;
    for (const store of stores) {
      if (!(await this.#misses(store, memory, address, bytes))) return false;
    }
    return true;
  }

  async #misses({ to }: Store, memory: number, address: Address, bytes: Bytes): Promise<boolean> {
    if (to === null) return false;
    if (to.access.memory !== memory) return true;
    const base = await this.of(to.address);
    const target = base === null ? null : effective(base.value, to.access);
    return target !== null && (target + to.access.bytes <= address || target >= address + bytes);
  }
}

/** The address that an access with this base has; null when it is past what a number counts exactly. */
export function effective(base: Scalar, { offset }: Access): Address | null {
  if (base.type !== 'i32' && base.type !== 'i64') return null;
  const sum = asUnsigned(base) + offset;
  return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : null;
}

function combined(value: Scalar | null, from: readonly Evaluated[]): Evaluated | null {
  if (value === null) return null;
  return {
    value,
    sure: from.every(({ sure }) => sure),
    because: [...new Set(from.flatMap(({ because }) => because))],
  };
}

/** What a load makes of its bytes. */
function loaded(name: string, bytes: Uint8Array): Scalar | null {
  let bits = 0n;
  for (let index = bytes.length - 1; index >= 0; index -= 1) bits = (bits << 8n) | BigInt(bytes[index] ?? 0);
  if (name === 'f32.load') return { type: 'f32', value: floatOf({ type: 'f32', bits: Number(bits) }) };
  if (name === 'f64.load') return { type: 'f64', value: floatOf({ type: 'f64', bits }) };
  const type = name.startsWith('i32') ? 'i32' : name.startsWith('i64') ? 'i64' : null;
  if (type === null) return null;
  const width = type === 'i32' ? 32 : 64;
  const signed = name.endsWith('_u') ? bits : BigInt.asIntN(bytes.length * 8, bits);
  return { type, value: BigInt.asIntN(width, signed) };
}
