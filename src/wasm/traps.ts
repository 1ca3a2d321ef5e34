import type { Instruction } from './instruction';
import { allOpcodes, type Opcode } from './opcodes';

export type CallKind = 'call' | 'call_indirect' | 'call_ref';

/** How an instruction calls a function and stays in its frame; null for others, `return_call` and its kin among them. */
export function callKind(opcode: Opcode): CallKind | null {
  if (opcode === 0x10) return 'call';
  if (opcode === 0x11) return 'call_indirect';
  return opcode === 0x14 ? 'call_ref' : null;
}

/**
 * Why an instruction traps: the sentence that names the trap (the words of the specification's test suite, which the
 * runtimes print too), and what must hold for it, in terms of the instruction's operands.
 */
export interface Trap {
  readonly name: string;
  readonly when: TrapCondition;
}

/** `operand` counts from the left, in the order in which they are pushed. */
export type TrapCondition =
  | { readonly kind: 'always' }
  /** The operand is zero. */
  | { readonly kind: 'zero'; readonly operand: number }
  /** The least integer of its type, divided by -1. */
  | { readonly kind: 'overflow'; readonly dividend: number; readonly divisor: number }
  /** A float that is NaN. */
  | { readonly kind: 'nan'; readonly operand: number }
  /** A float, truncated, that is outside the integer type. */
  | { readonly kind: 'range'; readonly operand: number; readonly to: string }
  /** `bytes` from address `operand` + offset end past the memory. */
  | { readonly kind: 'memory'; readonly operand: number; readonly bytes: number }
  /** The address is no multiple of `bytes`. */
  | { readonly kind: 'alignment'; readonly operand: number; readonly bytes: number }
  /** A range of `length` from `start` ends past `of`. */
  | { readonly kind: 'extent'; readonly start: number; readonly length: number; readonly of: ExtentOf }
  /** An index past the end. */
  | { readonly kind: 'index'; readonly operand: number; readonly of: 'table' | 'array' }
  /** The reference is null. */
  | { readonly kind: 'null'; readonly operand: number }
  /** The table's entry at index `operand` is null. */
  | { readonly kind: 'null entry'; readonly operand: number }
  /** The function's type is not the expected one. */
  | { readonly kind: 'signature'; readonly operand: number }
  /** The reference is not of the type. */
  | { readonly kind: 'cast'; readonly operand: number }
  /** Not by the operands' values: no memory is shared, a continuation has run. */
  | { readonly kind: 'state'; readonly text: string };

export type ExtentOf = 'memory' | 'table' | 'array' | 'data segment' | 'element segment';

const ALWAYS: TrapCondition = { kind: 'always' };
const OUT_OF_MEMORY = 'out of bounds memory access';
const OUT_OF_TABLE = 'out of bounds table access';
const OUT_OF_ARRAY = 'out of bounds array access';

/** An extent that starts at operand `start` and whose length is operand `length`. */
function extent(name: string, start: number, length: number, of: ExtentOf): Trap {
  return { name, when: { kind: 'extent', start, length, of } };
}

function nullOperand(name: string, operand = 0): Trap {
  return { name, when: { kind: 'null', operand } };
}

function division(signed: boolean): readonly Trap[] {
  const zero: Trap = { name: 'integer divide by zero', when: { kind: 'zero', operand: 1 } };
  if (!signed) return [zero];
  return [zero, { name: 'integer overflow', when: { kind: 'overflow', dividend: 0, divisor: 1 } }];
}

const ARRAY_ELEMENT: readonly Trap[] = [
  nullOperand('null array reference'),
  { name: OUT_OF_ARRAY, when: { kind: 'index', operand: 1, of: 'array' } },
];

const TABLE_ENTRY: readonly Trap[] = [
  { name: OUT_OF_TABLE, when: { kind: 'index', operand: 0, of: 'table' } },
];

/** `call_indirect` takes the index last, after the call's arguments; -1 stands for the last operand. */
const LAST = -1;

const INDIRECT_CALL: readonly Trap[] = [
  { name: 'undefined element', when: { kind: 'index', operand: LAST, of: 'table' } },
  { name: 'uninitialized element', when: { kind: 'null entry', operand: LAST } },
  { name: 'indirect call type mismatch', when: { kind: 'signature', operand: LAST } },
];

const REFERENCE_CALL: readonly Trap[] = [nullOperand('null function reference', LAST)];
const STRUCTURE: readonly Trap[] = [nullOperand('null structure reference')];
const CONTINUATION: readonly Trap[] = [
  nullOperand('null continuation reference', LAST),
  { name: 'continuation already consumed', when: { kind: 'state', text: 'the continuation has run before' } },
];

/** By name; loads, stores, atomics, divisions and truncations are worked out from theirs. */
const BY_NAME: ReadonlyMap<string, readonly Trap[]> = new Map<string, readonly Trap[]>([
  ['unreachable', [{ name: 'unreachable', when: ALWAYS }]],
  ['throw_ref', [nullOperand('null exception reference')]],
  ['call_indirect', INDIRECT_CALL],
  ['return_call_indirect', INDIRECT_CALL],
  ['call_ref', REFERENCE_CALL],
  ['return_call_ref', REFERENCE_CALL],
  ['table.get', TABLE_ENTRY],
  ['table.set', TABLE_ENTRY],
  ['memory.init', [extent(OUT_OF_MEMORY, 0, 2, 'memory'), extent(OUT_OF_MEMORY, 1, 2, 'data segment')]],
  ['memory.copy', [extent(OUT_OF_MEMORY, 0, 2, 'memory'), extent(OUT_OF_MEMORY, 1, 2, 'memory')]],
  ['memory.fill', [extent(OUT_OF_MEMORY, 0, 2, 'memory')]],
  ['table.init', [extent(OUT_OF_TABLE, 0, 2, 'table'), extent(OUT_OF_TABLE, 1, 2, 'element segment')]],
  ['table.copy', [extent(OUT_OF_TABLE, 0, 2, 'table'), extent(OUT_OF_TABLE, 1, 2, 'table')]],
  ['table.fill', [extent(OUT_OF_TABLE, 0, 2, 'table')]],
  ['ref.as_non_null', [nullOperand('null reference')]],
  ['ref.cast', [{ name: 'cast failure', when: { kind: 'cast', operand: 0 } }]],
  ['i31.get_s', [nullOperand('null i31 reference')]],
  ['i31.get_u', [nullOperand('null i31 reference')]],
  ['struct.get', STRUCTURE],
  ['struct.get_s', STRUCTURE],
  ['struct.get_u', STRUCTURE],
  ['struct.set', STRUCTURE],
  ['array.new_data', [extent(OUT_OF_MEMORY, 0, 1, 'data segment')]],
  ['array.new_elem', [extent(OUT_OF_TABLE, 0, 1, 'element segment')]],
  ['array.get', ARRAY_ELEMENT],
  ['array.get_s', ARRAY_ELEMENT],
  ['array.get_u', ARRAY_ELEMENT],
  ['array.set', ARRAY_ELEMENT],
  ['array.len', [nullOperand('null array reference')]],
  ['array.fill', [nullOperand('null array reference'), extent(OUT_OF_ARRAY, 1, 3, 'array')]],
  [
    'array.copy',
    [
      nullOperand('null array reference'),
      nullOperand('null array reference', 2),
      extent(OUT_OF_ARRAY, 1, 4, 'array'),
      extent(OUT_OF_ARRAY, 3, 4, 'array'),
    ],
  ],
  ['array.init_data', arrayInit(OUT_OF_MEMORY, 'data segment')],
  ['array.init_elem', arrayInit(OUT_OF_TABLE, 'element segment')],
  ['cont.bind', CONTINUATION],
  ['resume', CONTINUATION],
  ['resume_throw', CONTINUATION],
  ['resume_throw_ref', CONTINUATION],
  ['switch', CONTINUATION],
]);

function arrayInit(outside: string, of: ExtentOf): readonly Trap[] {
  return [
    nullOperand('null array reference'),
    extent(OUT_OF_ARRAY, 1, 3, 'array'),
    extent(outside, 2, 3, of),
  ];
}

const TRAPS: ReadonlyMap<Opcode, readonly Trap[]> = new Map(
  allOpcodes().map(([opcode, { name, shape }]) => [opcode, BY_NAME.get(name) ?? derived(name, shape)]),
);

/** Why an instruction of this opcode can trap by itself; empty when it cannot. A call's callee is another matter. */
export function trapsOf(opcode: Opcode): readonly Trap[] {
  return TRAPS.get(opcode) ?? [];
}

/** Whether the instruction itself can trap. Calls of imports and the places of fuel checks are other matters. */
export function canTrap(instruction: Instruction): boolean {
  return trapsOf(instruction.opcode).length > 0;
}

function derived(name: string, shape: string): readonly Trap[] {
  const divides = /^i(?:32|64)\.(?:div|rem)_([su])$/.exec(name);
  if (divides !== null) return division(divides[1] === 's' && name.includes('div'));
  if (/^i\d\d\.trunc_f/.test(name)) {
    return [
      { name: 'invalid conversion to integer', when: { kind: 'nan', operand: 0 } },
      {
        name: 'integer overflow',
        when: { kind: 'range', operand: 0, to: name.slice(0, 3) + name.slice(-2) },
      },
    ];
  }
  if (!shape.startsWith('m')) return [];
  const bytes = accessSize(name);
  const outside: Trap = { name: OUT_OF_MEMORY, when: { kind: 'memory', operand: 0, bytes } };
  if (!name.includes('atomic')) return [outside];
  const unaligned: Trap = { name: 'unaligned atomic', when: { kind: 'alignment', operand: 0, bytes } };
  if (!name.includes('.wait')) return bytes === 1 ? [outside] : [outside, unaligned];
  const unshared: Trap = {
    name: 'expected shared memory',
    when: { kind: 'state', text: 'the memory is not shared' },
  };
  return [outside, unaligned, unshared];
}

/** How many bytes of memory an instruction with a memory argument reads or writes, by its name. */
export function accessSize(name: string): number {
  if (name === 'memory.atomic.notify') return 4;
  const extended = /load(\d+)x(\d+)/.exec(name);
  if (extended !== null) return (Number(extended[1]) * Number(extended[2])) / 8;
  const narrow = /(?:load|store|rmw|wait)(\d+)/.exec(name);
  if (narrow !== null) return Number(narrow[1]) / 8;
  if (name.startsWith('v128')) return 16;
  return name.startsWith('i32') || name.startsWith('f32') ? 4 : 8;
}
