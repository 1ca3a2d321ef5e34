import type { Address, Bytes } from '../../bytes/units';
import type { BodyIndex } from '../../wasm/body';
import type { Scalar } from '../operands/expression';
import type { Arities } from '../operands/flow';

/** Why the program died, as far as the dump and its module show it. A dump does not store the trap. */
export interface Cause {
  /** The trap in words: "integer divide by zero", "Rust panic: index out of bounds". */
  readonly title: string;
  /** What the program itself said: an assertion's text, a panic's message. Null: nothing was found. */
  readonly message: string | null;
  /** `known`: nothing else fits. `inferred`: worked out from values of the dump. `probably`: other reasons are possible. */
  readonly certainty: 'known' | 'inferred' | 'probably';
  /** One sentence each. Never empty. */
  readonly evidence: readonly string[];
  /** The frame to look at, from the youngest: not the panic's machinery but what called it. */
  readonly frame: number;
  /** The address that the trapping access meant, where it is known. */
  readonly address: { readonly memory: number; readonly address: Address } | null;
}

/** A frame of the thread, youngest first. */
export interface CauseFrame {
  readonly function: number;
  readonly codeOffset: number | null;
  /** As a person reads it, and as the file has it. */
  readonly names: readonly string[];
  /** The files of its lines, innermost inlined function first. */
  readonly files: readonly string[];
  /** Where it stands in its module's code; null without a module that fits. */
  readonly site: Site | null;
  readonly local: (index: number) => Scalar | null;
}

export interface Site {
  readonly body: Uint8Array;
  readonly index: BodyIndex;
  /** Of the instruction, from the body's start. */
  readonly offset: Bytes;
  readonly code: CodeFacts;
}

/** What a module says of its code. Indices are the module's. */
export interface CodeFacts {
  readonly arities: Arities;
  readonly importedFunctions: number;
  readonly functionName: (index: number) => string | null;
  /** The signature as text, "(i32, i32) -> i32"; null: not known. */
  readonly typeOfFunction: (index: number) => string | null;
  readonly typeText: (index: number) => string | null;
  readonly table: (table: number, index: number) => TableEntry;
}

/** What a table's entry was at instantiation. */
export type TableEntry =
  | { readonly kind: 'function'; readonly index: number }
  | { readonly kind: 'null' }
  | { readonly kind: 'outside'; readonly size: number }
  | { readonly kind: 'unknown' };

/** What the dump holds of the instance in which the youngest frame runs. */
export interface DumpFacts {
  /** By the module's index; null where it is not captured. */
  readonly global: (index: number) => Scalar | null;
  readonly stackPointer: StackPointer | null;
  /** Where the shadow stack lies in memory 0, also of a dump that holds no globals. */
  readonly stackRegion: StackRegion;
  /** By the module's index; null: no such memory. */
  readonly memorySize: (memory: number) => Bytes | null;
  /** Null where one of the bytes is not known. */
  readonly read: (memory: number, address: Address, length: Bytes) => Promise<Uint8Array | null>;
  /** What is known of a range, unknown bytes as 0; for text that is looked for. At most 1 MiB. */
  readonly peek: (memory: number, address: Address, length: Bytes) => Promise<Uint8Array>;
  /** The producer catches `unreachable` and nothing else. */
  readonly onlyUnreachable: string | null;
}

/** The lowest address of the shadow stack and its end, where it began; null: not known. */
export interface StackRegion {
  readonly low: Address | null;
  readonly high: Address | null;
}

export interface StackPointer {
  /** The module's index of the global. */
  readonly global: number;
  readonly value: number;
}

export const hex = (address: number): string => `0x${address.toString(16).padStart(8, '0')}`;
