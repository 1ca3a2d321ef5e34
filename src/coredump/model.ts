import type { Address, Bytes, FileOffset } from '../bytes/units';

/**
 * The dump as plain data: it crosses the worker boundary and becomes the command line's JSON as it is.
 * Nothing here is derived from the user's choices, and nothing is a value that the file does not hold.
 */

/** What a file is, told by its first bytes and its sections. */
export type FileKind =
  | 'coredump'
  | 'module'
  | 'snapshot'
  | 'component'
  | 'elf-core'
  | 'elf'
  | 'minidump'
  | 'zip'
  | 'zstd'
  | 'memory-image'
  | 'text'
  | 'html'
  | 'empty'
  | 'unknown';

export interface FileInfo {
  /** After decompression. */
  readonly size: Bytes;
  readonly kind: FileKind;
  readonly compression: 'gzip' | null;
  /** The file ends here though a section or the header claims more. */
  readonly truncatedAt: FileOffset | null;
  /** Where that section claims to end; null where the end lies in a section's header. */
  readonly claimedEnd: FileOffset | null;
}

export type ProducerName =
  | 'wasmtime'
  | 'rewriter'
  | 'coredump-builder'
  | 'wasmer'
  | 'wasmedge'
  | 'wizer'
  | 'unknown';

/** Who wrote the dump: inferred, so it never stands without its evidence. */
/**
 * In which of the ways that a producer ever had a dump is written, by the first version that writes so: what depends on
 * the version asks for this. `crate`: the rewriter and coredump-builder, which share their versions.
 */
export type Generation =
  | 'wasmtime-7'
  | 'wasmtime-10'
  | 'wasmtime-14'
  | 'wasmedge-0.15'
  | 'wasmedge-after-0.17'
  | 'wasmer-3.2'
  | 'wasmer-7'
  | 'crate-0.1'
  | 'crate-0.1.11'
  | 'crate-0.1.13'
  | 'crate-0.2.2'
  | 'unknown';

export interface Producer {
  readonly name: ProducerName;
  readonly generation: Generation;
  /** The generation as people say it, "14 or later"; empty where nothing is known. */
  readonly versions: string;
  /** One sentence: what in the file says so. */
  readonly evidence: string;
}

/** The byte layouts of `corestack` that shipped producers wrote (see coredump/layouts). */
export type Layout = 'L1' | 'L2' | 'L3' | 'L3w' | 'L4' | 'L5' | 'L6';

/** A Wasm value as the dump holds it. Floats are kept as bits, so that a NaN's payload survives. */
export type Value =
  | { readonly type: 'i32'; readonly value: number }
  | { readonly type: 'i64'; readonly value: bigint }
  | { readonly type: 'f32'; readonly bits: number }
  | { readonly type: 'f64'; readonly bits: bigint }
  | { readonly type: 'missing' };

export interface Frame {
  /** As written, even out of range; null where the layout has no such field. */
  readonly instance: number | null;
  readonly function: number;
  readonly codeOffset: number | null;
  readonly locals: readonly Value[];
  readonly stack: readonly Value[];
  /** Where the frame begins in the file. */
  readonly offset: FileOffset;
}

/** One `corestack` section. Frames youngest first. */
export interface Thread {
  readonly name: string;
  readonly layout: Layout | null;
  readonly frames: readonly Frame[];
  /** The layout fits and every frame was decoded. */
  readonly complete: boolean;
  readonly offset: FileOffset;
}

export interface Instance {
  /** null: an index out of range, that is, not captured. */
  readonly module: number | null;
  readonly memories: readonly (number | null)[];
  readonly globals: readonly (number | null)[];
  /** The file lists no instance; this one owns all memories and globals. */
  readonly implicit: boolean;
}

/** A memory as the memory (or import) section declares it. */
export interface MemoryDeclaration {
  /** `min` as written, in pages of `pageSize`. */
  readonly minimumPages: number;
  /** `min` times the page size, capped at what the memory's addresses reach. */
  readonly minimum: Bytes;
  readonly maximum: Bytes | null;
  readonly pageSize: Bytes;
  /** The page size stands in the file (flag 08). */
  readonly customPageSize: boolean;
  readonly memory64: boolean;
  readonly shared: boolean;
  readonly imported: boolean;
  /** Declares more than its addresses reach. */
  readonly tooLarge: boolean;
}

/** What an initialiser (of a global, or a segment's offset) says. */
export type GlobalValue =
  | Value
  | { readonly type: 'v128'; readonly bits: string }
  | { readonly type: 'null' }
  | { readonly type: 'func'; readonly index: number };

export interface Global {
  /** As the text format names it: `i32`, `externref`, `(ref null 3)`. */
  readonly type: string;
  readonly mutable: boolean;
  /** `missing`: not captured (imported, empty or unknown expression). */
  readonly value: GlobalValue;
  readonly imported: boolean;
}

export interface Section {
  readonly id: number;
  /** Of custom sections only. */
  readonly name: string | null;
  /** Of the payload, which begins with the name in a custom section. */
  readonly offset: FileOffset;
  /** As declared, even if the file is shorter. */
  readonly size: Bytes;
}

/** Something wrong in the file. */
export interface Problem {
  readonly section: string | null;
  /** Of the first byte that could not be used. */
  readonly offset: FileOffset | null;
  readonly message: string;
}

/** Something to know about the file that is not wrong. `offset` where it has a place. */
export interface Note {
  readonly offset: FileOffset | null;
  readonly message: string;
}

/** What the small sections say: everything but the data section. */
export interface Dump {
  readonly file: FileInfo;
  readonly process: { readonly name: string | null };
  readonly threads: readonly Thread[];
  readonly modules: readonly { readonly name: string }[];
  readonly instances: readonly Instance[];
  readonly declarations: readonly MemoryDeclaration[];
  readonly globals: readonly Global[];
  readonly sections: readonly Section[];
}

/** What a byte of memory can be (format.md, section 4), as the JSON names it. */
export type ByteState = 'captured' | 'zero-elided' | 'missing' | 'lost' | 'out-of-bounds';

/** What an address without a segment is. */
export type GapState = 'zero' | 'missing' | 'lost';

/** `pending`: no segment covers it so far, and the data section is not indexed to its end. Never in the JSON. */
export type RunState = ByteState | 'pending';

/** A run of one state: half open. */
export interface StateRun {
  readonly start: Address;
  readonly end: Address;
  readonly state: RunState;
}
