import type { Bytes } from '../../bytes/units';

/** Where a value on the operand stack came from. `at` is the offset of the instruction that made it, from the body's start. */
export type Expression =
  | { readonly kind: 'const'; readonly at: Bytes; readonly value: Scalar }
  | { readonly kind: 'local'; readonly at: Bytes; readonly index: number }
  | { readonly kind: 'global'; readonly at: Bytes; readonly index: number }
  | { readonly kind: 'load'; readonly at: Bytes; readonly access: Access; readonly address: Expression }
  | {
      readonly kind: 'binary';
      readonly at: Bytes;
      readonly name: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unary'; readonly at: Bytes; readonly name: string; readonly operand: Expression }
  /** What a call, a join of branches or an instruction that is not followed left there. */
  | { readonly kind: 'unknown' };

export const UNKNOWN: Expression = { kind: 'unknown' };

/** A number as Wasm has it: integers signed, floats as doubles. */
export type Scalar =
  | { readonly type: 'i32' | 'i64'; readonly value: bigint }
  | { readonly type: 'f32' | 'f64'; readonly value: number };

/** A load or a store: its name says the width and the sign. */
export interface Access {
  readonly name: string;
  readonly bytes: Bytes;
  readonly offset: bigint;
  readonly memory: number;
}

/** A value that was put into a local or a global. */
export interface Assignment {
  readonly at: Bytes;
  readonly index: number;
  readonly value: Expression;
}

export interface Store {
  readonly at: Bytes;
  /** null: an instruction that writes memory in another way (`memory.copy`, an atomic). */
  readonly to: { readonly access: Access; readonly address: Expression } | null;
}

/** What the instructions of a body do, as far as it can be told without running it. */
export interface Flow {
  /** The operands of the instruction that was asked for, the last pushed last; as many as are known of. */
  readonly operands: readonly Expression[];
  readonly locals: ReadonlyMap<number, readonly Assignment[]>;
  readonly globals: ReadonlyMap<number, readonly Assignment[]>;
  readonly stores: readonly Store[];
  readonly calls: readonly Bytes[];
  /** Where control can come from elsewhere: `loop`, `else`, `end` of a block, `catch`. */
  readonly joins: readonly Bytes[];
  readonly loops: readonly { readonly start: Bytes; readonly end: Bytes }[];
  readonly parameters: number;
  /** What a declared local of a number type is before it is set; null for parameters, others, and outside. */
  readonly zeroLocal: (index: number) => Scalar | null;
}
