import type { Bytes } from '../bytes/units';
import type { Value } from '../coredump/model';
import type { BodyIndex } from '../wasm/body';
import { decodeInstruction, type Immediate, type Instruction } from '../wasm/instruction';
import { stackEffect } from '../wasm/stack-effect';
import type { FunctionType } from '../wasm/type-section';

/**
 * What an operand is, worked out over the straight line of code before an instruction. `kept`: nothing after it can have
 * changed what it was read from, so that what the dump holds there is what was read.
 */
export type Operand =
  | { readonly kind: 'constant'; readonly value: Value }
  /**
   * `is`: what was put into it in the same straight line; null: it was set before. `global`: which still holds what was
   * read, because it was set from the same local (every prologue of the shadow stack ends so).
   */
  | {
      readonly kind: 'local';
      readonly index: number;
      readonly kept: boolean;
      readonly is: Operand | null;
      readonly global: number | null;
    }
  | { readonly kind: 'global'; readonly index: number; readonly kept: boolean }
  | {
      readonly kind: 'load';
      readonly name: string;
      readonly memory: number;
      readonly address: Operand;
      readonly offset: bigint;
      readonly kept: boolean;
    }
  /** Of a call; `function` null where it is called through a table or a reference. */
  | { readonly kind: 'result'; readonly function: number | null }
  | { readonly kind: 'operation'; readonly name: string; readonly operands: readonly Operand[] }
  | { readonly kind: 'unknown' };

/** What has to be known of the module: the types of functions, and of the type section. */
export interface CallTypes {
  readonly signature: (index: number) => FunctionType | null;
  readonly type: (index: number) => FunctionType | null;
}

const UNKNOWN: Operand = { kind: 'unknown' };

/** Longer straight lines are looked at from so many instructions back: what stands before is unknown. */
const LONGEST = 2000;
/** Expressions are no deeper: `local.get 0; local.get 0; i32.add; local.set 0` doubles one at every turn. */
const DEEPEST = 8;

/** Where code comes from more than one place, or from none: `loop`, `else`, `end`, `catch`, `catch_all`, `delegate`. */
const JOINS: ReadonlySet<string> = new Set(['loop', 'else', 'end', 'catch', 'catch_all', 'delegate']);
/** What opens a block: the operands below are out of its reach. */
const OPENS: ReadonlySet<string> = new Set(['block', 'if', 'try', 'try_table']);
const JOIN_OPCODES: ReadonlySet<number> = new Set([0x03, 0x05, 0x07, 0x0b, 0x18, 0x19]);

/**
 * The last `count` operands on the stack before instruction `row`, the first pushed first. Sound: what cannot be worked out
 * over the straight line before it is `unknown`.
 */
export function operandsOf(
  body: Uint8Array,
  index: BodyIndex,
  row: number,
  count: number,
  types: CallTypes,
): readonly Operand[] {
  const line = new StraightLine(types);
  for (let at = startOf(body, index, row); at < row; at += 1) {
    line.run(decodeInstruction(body, index.offsets[at] ?? 0));
  }
  return line.top(count);
}

/** The first instruction of the straight line that leads to `row`. */
function startOf(body: Uint8Array, { offsets }: BodyIndex, row: number): number {
  const least = Math.max(0, row - LONGEST);
  for (let at = row - 1; at >= least; at -= 1) {
    const offset: Bytes = offsets[at] ?? 0;
    if (JOIN_OPCODES.has(body[offset] ?? 0)) return at + 1;
  }
  return least;
}

/** A node before it is known what happens after it: versions say when it was read. */
interface Node {
  readonly depth: number;
  /** Which local was read, and after how many writes of it; null: it is none. */
  readonly local: { readonly index: number; readonly version: number } | null;
  readonly finish: () => Operand;
}

const UNKNOWN_NODE: Node = { depth: 0, local: null, finish: () => UNKNOWN };

class StraightLine {
  readonly #types: CallTypes;
  #stack: Node[] = [];
  readonly #locals = new Map<number, Node>();
  /** How often each was written so far. */
  readonly #localWrites = new Map<number, number>();
  readonly #globalWrites = new Map<number, number>();
  /** Globals that were set from a local, by index. */
  readonly #copies = new Map<
    number,
    { readonly index: number; readonly version: number; readonly calls: number }
  >();
  #memoryWrites = 0;
  /** A call may write any global. */
  #calls = 0;

  constructor(types: CallTypes) {
    this.#types = types;
  }

  /** The topmost operands, the deepest of them first. */
  top(count: number): readonly Operand[] {
    return Array.from({ length: count }, (_, at) =>
      (this.#stack[this.#stack.length - count + at] ?? UNKNOWN_NODE).finish(),
    );
  }

  run(instruction: Instruction): void {
    const { name } = instruction;
    if (name === 'local.get') this.#push(this.#readLocal(indexOf(instruction)));
    else if (name === 'local.set') this.#writeLocal(indexOf(instruction), this.#pop());
    else if (name === 'local.tee') {
      this.#writeLocal(indexOf(instruction), this.#pop());
      this.#push(this.#readLocal(indexOf(instruction)));
    } else if (name === 'global.get') this.#push(this.#readGlobal(indexOf(instruction)));
    else if (name === 'global.set') {
      this.#writeGlobal(indexOf(instruction), this.#pop());
    } else if (OPENS.has(name) || JOINS.has(name)) this.#stack = [];
    else if (/^call/.test(name)) this.#call(instruction);
    else this.#plain(instruction);
  }

  #push(node: Node): void {
    this.#stack.push(node.depth > DEEPEST ? UNKNOWN_NODE : node);
  }

  #pop(): Node {
    return this.#stack.pop() ?? UNKNOWN_NODE;
  }

  #readLocal(index: number): Node {
    const version = this.#localWrites.get(index) ?? 0;
    const is = this.#locals.get(index) ?? null;
    const deep = is !== null && is.depth >= DEEPEST;
    return {
      depth: is === null || deep ? 1 : is.depth + 1,
      local: { index, version },
      finish: () => ({
        kind: 'local',
        index,
        kept: (this.#localWrites.get(index) ?? 0) === version,
        is: is === null || deep ? null : is.finish(),
        global: this.#holding(index, version),
      }),
    };
  }

  #writeLocal(index: number, node: Node): void {
    this.#locals.set(index, node);
    this.#localWrites.set(index, (this.#localWrites.get(index) ?? 0) + 1);
  }

  #writeGlobal(index: number, { local }: Node): void {
    this.#globalWrites.set(index, (this.#globalWrites.get(index) ?? 0) + 1);
    this.#copies.delete(index);
    if (local !== null) this.#copies.set(index, { ...local, calls: this.#calls });
  }

  /** The global that was set from a local, and that nothing can have changed since. */
  #holding(index: number, version: number): number | null {
    for (const [global, copy] of this.#copies)
      if (copy.index === index && copy.version === version && copy.calls === this.#calls) return global;
    return null;
  }

  #readGlobal(index: number): Node {
    const writes = this.#globalWrites.get(index) ?? 0;
    const calls = this.#calls;
    return {
      depth: 1,
      local: null,
      finish: () => {
        const kept = (this.#globalWrites.get(index) ?? 0) === writes && this.#calls === calls;
        return { kind: 'global', index, kept };
      },
    };
  }

  #call({ name, immediates }: Instruction): void {
    const [first] = immediates;
    const target = first?.kind === 'index' ? first.index : 0;
    const direct = name === 'call';
    const type = direct ? this.#types.signature(target) : this.#types.type(target);
    this.#calls += 1;
    this.#memoryWrites += 1;
    if (type === null) {
      this.#stack = [];
      return;
    }
    const taken = type.parameters.length + (direct ? 0 : 1);
    for (let at = 0; at < taken; at += 1) this.#pop();
    const result: Node = {
      depth: 1,
      local: null,
      finish: () => ({ kind: 'result', function: direct ? target : null }),
    };
    for (const _ of type.results) this.#push(result);
  }

  #plain(instruction: Instruction): void {
    const { name, immediates } = instruction;
    const effect = stackEffect(instruction);
    if (writesMemory(instruction)) this.#memoryWrites += 1;
    if (effect === null) {
      this.#stack = [];
      return;
    }
    const operands = Array.from({ length: effect.pops }, () => this.#pop()).reverse();
    if (effect.pushes === 0) return;
    const [first] = immediates;
    if (name.endsWith('.const')) this.#push(constant(instruction));
    else if (first?.kind === 'memarg') this.#push(this.#load(name, operands[0] ?? UNKNOWN_NODE, first));
    else if (immediates.length > 0) this.#push(UNKNOWN_NODE);
    else {
      this.#push({
        depth: 1 + Math.max(0, ...operands.map(({ depth }) => depth)),
        local: null,
        finish: () => ({ kind: 'operation', name, operands: operands.map((node) => node.finish()) }),
      });
    }
  }

  #load(
    name: string,
    address: Node,
    { memory, offset }: { readonly memory: number; readonly offset: bigint },
  ): Node {
    const writes = this.#memoryWrites;
    return {
      depth: address.depth + 1,
      local: null,
      finish: () => {
        const kept = this.#memoryWrites === writes;
        return { kind: 'load', name, memory, address: address.finish(), offset, kept };
      },
    };
  }
}

function indexOf({ immediates }: Instruction): number {
  const [first] = immediates;
  return first?.kind === 'index' ? first.index : -1;
}

function constant({ immediates }: Instruction): Node {
  const [first] = immediates;
  const value = first === undefined ? null : constantOf(first);
  return value === null
    ? UNKNOWN_NODE
    : { depth: 1, local: null, finish: () => ({ kind: 'constant', value }) };
}

function constantOf(immediate: Immediate): Value | null {
  switch (immediate.kind) {
    case 'i32':
      return { type: 'i32', value: immediate.value };
    case 'i64':
      return { type: 'i64', value: immediate.value };
    case 'f32':
      return { type: 'f32', bits: immediate.bits };
    case 'f64':
      return { type: 'f64', bits: immediate.bits };
    default:
      return null;
  }
}

/** Stores, bulk operations, `memory.grow` (which adds zeros), and everything whose effect is not known. */
function writesMemory(instruction: Instruction): boolean {
  if (/\.load|^memory\.size$/.test(instruction.name) && instruction.opcode < 0xfe0000) return false;
  return /^memory\.|\.store/.test(instruction.name) || stackEffect(instruction) === null;
}
