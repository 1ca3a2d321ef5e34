import type { Bytes } from '../../bytes/units';
import { floatOf } from '../../coredump/floats';
import { type BodyIndex, decodeInstruction, type Instruction } from '../../wasm/body';
import type { Immediate } from '../../wasm/instruction';
import { stackEffect } from '../../wasm/stack-effect';
import { accessSize } from '../../wasm/traps';
import {
  type Access,
  type Assignment,
  type Expression,
  type Flow,
  type Scalar,
  type Store,
  UNKNOWN,
} from './expression';

/** How many values a function takes and gives; null: not known. */
export interface Arity {
  readonly parameters: number;
  readonly results: number;
}

export interface Arities {
  readonly function: (index: number) => Arity | null;
  readonly type: (index: number) => Arity | null;
}

/** Longer bodies are not followed: this runs while someone waits for the reason of a trap. */
const MOST_INSTRUCTIONS = 200_000;
/** Engines allow 1,000 parameters and as many results; a hostile type can list as many as its module has bytes. */
const MOST_VALUES = 1000;
/** An expression is not followed deeper: a chain of a hundred thousand additions has no provenance that helps. */
const DEEPEST = 64;

interface Block {
  readonly height: number;
  /** Where it began, if it is a loop. */
  readonly loop: Bytes | null;
  readonly results: number | null;
}

/**
 * Follows a body from its first instruction to its last, in the order of the text, and keeps where each operand came
 * from. It is no interpreter: where branches join, and after what it does not follow, operands are unknown.
 * @param at the instruction whose operands are wanted, from the body's start.
 * @returns null when the body is longer than is followed.
 */
export function followBody(
  body: Uint8Array,
  index: BodyIndex,
  at: Bytes,
  parameters: number,
  arities: Arities,
): Flow | null {
  if (index.offsets.length > MOST_INSTRUCTIONS) return null;
  const follower = new Follower(at, arities);
  for (const offset of index.offsets) follower.step(decodeInstruction(body, offset));
  return follower.flow(parameters, zeroes(index, parameters));
}

/** Groups of locals are not expanded: a hostile one declares four billion. */
function zeroes({ locals }: BodyIndex, parameters: number): Flow['zeroLocal'] {
  return (index) => {
    let from = parameters;
    for (const { count, type } of locals) {
      if (index >= from && index < from + count) return zeroOf(type);
      from += count;
    }
    return null;
  };
}

function zeroOf(type: string): Scalar | null {
  if (type === 'i32' || type === 'i64') return { type, value: 0n };
  return type === 'f32' || type === 'f64' ? { type, value: 0 } : null;
}

class Follower {
  readonly #wanted: Bytes;
  readonly #arities: Arities;
  readonly #depths = new WeakMap<Expression, number>();
  #stack: Expression[] = [];
  #blocks: Block[] = [];
  #operands: readonly Expression[] = [];
  readonly #locals = new Map<number, Assignment[]>();
  readonly #globals = new Map<number, Assignment[]>();
  readonly #stores: Store[] = [];
  readonly #calls: Bytes[] = [];
  readonly #joins: Bytes[] = [];
  readonly #loops: { readonly start: Bytes; readonly end: Bytes }[] = [];

  constructor(wanted: Bytes, arities: Arities) {
    this.#wanted = wanted;
    this.#arities = arities;
  }

  flow(parameters: number, zeroLocal: Flow['zeroLocal']): Flow {
    return {
      operands: this.#operands,
      locals: this.#locals,
      globals: this.#globals,
      stores: this.#stores,
      calls: this.#calls,
      joins: this.#joins,
      loops: this.#loops,
      parameters,
      zeroLocal,
    };
  }

  step(instruction: Instruction): void {
    if (instruction.offset === this.#wanted) this.#operands = [...this.#stack];
    if (!this.#control(instruction) && !this.#variable(instruction) && !this.#call(instruction))
      this.#plain(instruction);
  }

  #pop(): Expression {
    const floor = this.#blocks.at(-1)?.height ?? 0;
    return this.#stack.length > floor ? (this.#stack.pop() ?? UNKNOWN) : UNKNOWN;
  }

  #push(expression: Expression, ...from: readonly Expression[]): void {
    const depth = 1 + Math.max(0, ...from.map((part) => this.#depths.get(part) ?? 0));
    if (depth > DEEPEST) {
      this.#stack.push(UNKNOWN);
      return;
    }
    if (expression.kind !== 'unknown') this.#depths.set(expression, depth);
    this.#stack.push(expression);
  }

  #control({ name, offset, immediates }: Instruction): boolean {
    switch (name) {
      case 'if':
        this.#pop();
        this.#open(immediates[0], null);
        return true;
      case 'block':
      case 'try':
      case 'try_table':
        this.#open(immediates[0], null);
        return true;
      case 'loop':
        this.#joins.push(offset);
        this.#open(immediates[0], offset);
        return true;
      case 'else':
      case 'catch':
      case 'catch_all':
        this.#joins.push(offset);
        this.#cut();
        return true;
      case 'end':
      case 'delegate':
        this.#close(offset);
        return true;
      case 'br':
      case 'br_table':
      case 'return':
      case 'unreachable':
      case 'throw':
      case 'throw_ref':
      case 'rethrow':
        this.#cut();
        return true;
      default:
        if (!name.startsWith('return_call')) return false;
        this.#cut();
        return true;
    }
  }

  #open(block: Immediate | undefined, loop: Bytes | null): void {
    const type = block?.kind === 'block' ? block.type : null;
    if (typeof type !== 'number') {
      this.#blocks.push({ height: this.#stack.length, loop, results: type === null ? 0 : 1 });
      return;
    }
    const told = this.#arities.type(type);
    const arity = told !== null && Math.max(told.parameters, told.results) > MOST_VALUES ? null : told;
    if (arity === null) this.#forget();
    else for (let index = 0; index < arity.parameters; index += 1) this.#pop();
    this.#blocks.push({ height: this.#stack.length, loop, results: arity?.results ?? null });
    for (let index = 0; index < (arity?.parameters ?? 0); index += 1) this.#push(UNKNOWN);
  }

  #close(offset: Bytes): void {
    this.#joins.push(offset);
    this.#cut();
    const block = this.#blocks.pop();
    if (block === undefined) return;
    if (block.loop !== null) this.#loops.push({ start: block.loop, end: offset });
    if (block.results === null) this.#forget();
    else for (let index = 0; index < block.results; index += 1) this.#push(UNKNOWN);
  }

  /** What the block has pushed is gone. */
  #cut(): void {
    this.#stack.length = Math.min(this.#stack.length, this.#blocks.at(-1)?.height ?? 0);
  }

  /** Nothing is known of what lies on the stack. */
  #forget(): void {
    this.#stack = [];
    this.#blocks = this.#blocks.map((block) => ({ ...block, height: 0 }));
  }

  #variable({ name, offset, immediates }: Instruction): boolean {
    const first = immediates[0];
    if (first?.kind !== 'index') return false;
    const { index } = first;
    if (name === 'local.get') this.#push({ kind: 'local', at: offset, index });
    else if (name === 'global.get') this.#push({ kind: 'global', at: offset, index });
    else if (name === 'local.set' || name === 'local.tee') {
      const value = this.#pop();
      assign(this.#locals, { at: offset, index, value });
      if (name === 'local.tee') this.#push(value, value);
    } else if (name === 'global.set') assign(this.#globals, { at: offset, index, value: this.#pop() });
    else return false;
    return true;
  }

  #call({ name, offset, immediates }: Instruction): boolean {
    if (name !== 'call' && name !== 'call_indirect' && name !== 'call_ref') return false;
    this.#calls.push(offset);
    const target = immediates[0];
    if (name !== 'call') this.#pop();
    const index = target?.kind === 'index' ? target.index : -1;
    const arity = name === 'call' ? this.#arities.function(index) : this.#arities.type(index);
    if (arity === null || arity.parameters > MOST_VALUES || arity.results > MOST_VALUES) {
      this.#forget();
      return true;
    }
    for (let left = arity.parameters; left > 0; left -= 1) this.#pop();
    const result: Expression = { kind: 'result', at: offset, function: name === 'call' ? index : null };
    for (let left = arity.results; left > 0; left -= 1) this.#push(result);
    return true;
  }

  #plain(instruction: Instruction): void {
    const { immediates, name, offset } = instruction;
    const effect = stackEffect(instruction);
    if (effect === null) {
      this.#forget();
      return;
    }
    const taken = Array.from({ length: effect.pops }, () => this.#pop()).reverse();
    const access = accessOf(name, immediates);
    if (writesMemory(name)) {
      const address = taken[0];
      const plain = access !== null && address !== undefined && !name.includes('atomic');
      this.#stores.push({ at: offset, to: plain ? { access, address } : null });
    }
    if (effect.pushes === 1) this.#push(made(name, offset, immediates, taken, access), ...taken);
    else for (let left = effect.pushes; left > 0; left -= 1) this.#push(UNKNOWN);
  }
}

function assign(into: Map<number, Assignment[]>, assignment: Assignment): void {
  const before = into.get(assignment.index);
  if (before === undefined) into.set(assignment.index, [assignment]);
  else before.push(assignment);
}

function writesMemory(name: string): boolean {
  if (name.includes('.store') || name.includes('.rmw')) return true;
  return name === 'memory.copy' || name === 'memory.fill' || name === 'memory.init';
}

function accessOf(name: string, immediates: readonly Immediate[]): Access | null {
  const memarg = immediates[0];
  if (memarg?.kind !== 'memarg') return null;
  return { name, bytes: accessSize(name), offset: memarg.offset, memory: memarg.memory };
}

function made(
  name: string,
  at: Bytes,
  immediates: readonly Immediate[],
  taken: readonly Expression[],
  access: Access | null,
): Expression {
  const constant = constantOf(immediates[0]);
  if (name.endsWith('.const') && constant !== null) return { kind: 'const', at, value: constant };
  const [left, right] = taken;
  if (access !== null && left !== undefined && name.includes('.load') && !name.includes('atomic'))
    return { kind: 'load', at, access, address: left };
  if (!/^[if](?:32|64)\./.test(name) || access !== null || left === undefined) return UNKNOWN;
  if (taken.length === 1) return { kind: 'unary', at, name, operand: left };
  return right === undefined ? UNKNOWN : { kind: 'binary', at, name, left, right };
}

function constantOf(immediate: Immediate | undefined): Scalar | null {
  switch (immediate?.kind) {
    case 'i32':
      return { type: 'i32', value: BigInt(immediate.value) };
    case 'i64':
      return { type: 'i64', value: immediate.value };
    case 'f32':
      return { type: 'f32', value: floatOf({ type: 'f32', bits: immediate.bits }) };
    case 'f64':
      return { type: 'f64', value: floatOf({ type: 'f64', bits: immediate.bits }) };
    default:
      return null;
  }
}
