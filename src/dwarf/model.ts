import type { Bytes } from '../bytes/units';

/** A byte's place in a module's code, counted from the code section's payload ("DWARF for WebAssembly", 3). */
export type CodeAddress = number;

/** Half open: `start` is in it, `end` is not. */
export interface CodeRange {
  readonly start: CodeAddress;
  readonly end: CodeAddress;
}

/** The debug sections of one file: a module, a .dwo, a .dwp. Sections are read when they are first needed. */
export interface DebugSections {
  /** Of custom sections, for example `.debug_info`; of a .dwo `.debug_info.dwo`. */
  readonly names: readonly string[];
  /** Bytes of the section's content; 0 where there is no such section. */
  size(name: string): Bytes;
  /**
   * Shorter than `length` only where the file ends.
   * @throws the signal's reason when it is aborted; a SourceError when the bytes cannot be had.
   */
  read(name: string, offset: Bytes, length: Bytes, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A place in the sources, as one function sees it: a frame, or a function that was inlined into one. */
export interface SourceLine {
  /** DW_AT_name, for example `operator()`; null where the DWARF gives none. */
  readonly function: string | null;
  /** DW_AT_linkage_name, mangled. */
  readonly linkageName: string | null;
  /** As the line table has it: its include directory joined, the compilation directory not. */
  readonly file: string | null;
  /** The compilation directory (DW_AT_comp_dir): what a relative `file` is relative to. */
  readonly directory: string | null;
  /** null: the code belongs to no line (the line table has 0). */
  readonly line: number | null;
  /** From 1, in bytes; null: not recorded (the line table has 0). */
  readonly column: number | null;
}

/** A row of the line table: the code from `address` up to the next row's belongs to this line. */
export interface LineRow {
  readonly address: CodeAddress;
  readonly file: string | null;
  /** The compilation directory, as in a SourceLine. */
  readonly directory: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** Debug information that is damaged. The offset counts from the section's content. */
export interface DebugProblem {
  readonly section: string;
  readonly offset: Bytes;
  readonly message: string;
}

/** What the DWARF has where a body begins. */
export type BodyFunction =
  | { readonly kind: 'function'; readonly function: string | null; readonly linkageName: string | null }
  /** A unit with functions has the code, and none of them begins there. */
  | { readonly kind: 'between' }
  /** Nothing is said of it: no unit has it, or one without functions. */
  | { readonly kind: 'silent' };

/** What a module's DWARF says. */
export interface DebugInfo {
  /**
   * The source lines of an instruction: innermost inlined function first, the function itself last; empty when
   * nothing is known. The function is the one whose DIE begins where `body` does; ranges are clipped to the body.
   * @throws the signal's reason when it is aborted; a SourceError when the bytes cannot be had.
   */
  lines(pc: CodeAddress, body: CodeRange, signal?: AbortSignal): Promise<readonly SourceLine[]>;
  /**
   * The line rows of one body, in address order; several may have the same address, then the last one holds.
   * @throws as `lines`.
   */
  rows(body: CodeRange, signal?: AbortSignal): Promise<readonly LineRow[]>;
  /** The function that begins where a body does. @throws as `lines` */
  functionOf(body: CodeRange, signal?: AbortSignal): Promise<BodyFunction>;
  readonly units: number;
  /** The DWARF versions of the units, ascending. */
  readonly versions: readonly number[];
  /** DWARF that is there and says nothing (after wasm-opt): the sentence with what helps; else null. */
  readonly worthless: string | null;
  /** Names of .dwo files that units refer to and no companion has. */
  readonly split: readonly string[];
  /** Everything damaged that was met so far. */
  problems(): readonly DebugProblem[];
}
