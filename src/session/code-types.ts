import type { Bytes, FileOffset } from '../bytes/units';
import type { TextPart } from '../symbols/instruction-text';
import type { BodyProblem } from '../wasm/body';

export type { TextPart };

/** A function of a debug module that was added. */
export interface CodePlace {
  /** The debug module's id. */
  readonly module: number;
  /** In the module's index space, imported functions included. */
  readonly function: number;
}

/** Where a frame's code stands. */
export type FrameCode =
  /** `offset`: of the instruction that the frame stands at, from the body's start; null where that is not known. */
  | { readonly kind: 'place'; readonly place: CodePlace; readonly offset: Bytes | null }
  /** A sentence or two: why there is no code, and what to do. */
  | { readonly kind: 'none'; readonly reason: string };

/** A function as far as it is known before its instructions are looked at. */
export interface Disassembly {
  readonly place: CodePlace;
  readonly moduleName: string;
  /** Safe to show; null: none is known. */
  readonly name: string | null;
  /** `(param i32 i32) (result i32)`; empty where it takes and gives nothing, or that is not known. */
  readonly signature: string;
  /** `i32 i32 i64*12`, by groups. */
  readonly locals: string;
  /** Of the body in the module's file, after its size; and of the code section's payload, where DWARF counts from. */
  readonly start: FileOffset;
  readonly codeStart: FileOffset;
  readonly size: Bytes;
  /** How many instructions. */
  readonly rows: number;
  /** Why there are no more of them; offsets from the body's start. */
  readonly problem: BodyProblem | null;
}

/** One instruction. */
export interface InstructionRow {
  /** From the body's start. */
  readonly offset: Bytes;
  /** How many blocks it stands in. */
  readonly depth: number;
  /** Its bytes, at most the first 16. */
  readonly bytes: Uint8Array;
  readonly length: Bytes;
  readonly parts: readonly TextPart[];
}

/** The instruction that holds an offset. `exact`: it begins there. */
export interface InstructionPlace {
  readonly row: number;
  readonly offset: Bytes;
  readonly exact: boolean;
}

/** A source file whose text came with a module's debug information. */
export interface EmbeddedFile {
  /** As lines name it. */
  readonly path: string;
  /** UTF-16 code units. */
  readonly size: number;
  /** What it came with: the source map's name. */
  readonly carrier: string;
}

/** A source file as debug information names it; `directory` is what a relative name is relative to. */
export interface CodeFile {
  readonly file: string | null;
  readonly directory: string | null;
  /** Its text came with the debug information. */
  readonly embedded: EmbeddedFile | null;
}

/**
 * Where the source lines begin in a function. Columns of equal length: the address, ascending, counted from the code
 * section's payload; the index into `files`; line and column, 0: none.
 */
export interface CodeLines {
  readonly files: readonly CodeFile[];
  readonly addresses: Uint32Array;
  readonly fileIndices: Uint32Array;
  readonly lines: Uint32Array;
  readonly columns: Uint32Array;
}

/** Why a frame stands where it stands: what the trap is called (empty where it is none), and the whole in one line. */
export interface StopText {
  readonly row: number;
  readonly offset: Bytes;
  /** `trap`: the instruction can trap, and the frame is a thread's youngest. `call`: it waits for a callee. */
  readonly kind: 'trap' | 'call' | 'other';
  readonly name: string;
  readonly sentence: string;
}

/** What a session answers about code. */
export interface CodeSession {
  /** Where the code of a frame stands, by the debug modules that fit. */
  frameCode(thread: number, frame: number): Promise<FrameCode>;
  /** A function, indexed; null where there is no such module or body. */
  disassembly(place: CodePlace): Promise<Disassembly | null>;
  /** Instructions of a function, by row; at most 1,000 at a time. */
  instructions(place: CodePlace, first: number, count: number): Promise<readonly InstructionRow[]>;
  /** The source lines of a function; none where its module has no debug information, or it is still being read. */
  lines(place: CodePlace): Promise<CodeLines>;
  /** The instruction that holds an offset from the body's start; null outside. */
  instructionAt(place: CodePlace, offset: Bytes): Promise<InstructionPlace | null>;
  /** The next row after `from` (or before, with -1) whose text holds `text`, around the ends; null: none does. */
  findInstruction(place: CodePlace, text: string, from: number, step: 1 | -1): Promise<number | null>;
  /** Why a frame stands where it stands; null where that place is not known. */
  stopOf(thread: number, frame: number): Promise<StopText | null>;
}
