import type { Bytes, FileOffset } from '../bytes/units';

/** Where a name comes from: debug information, a name section, or the module's exports or imports. */
export type NameOrigin = 'dwarf' | 'names' | 'export' | 'import';

/** A place in the source that a frame stands at. Lines and columns count from 1; null: not known. */
export interface FrameLine {
  readonly function: string | null;
  readonly file: string | null;
  /** What a relative `file` is relative to, as the debug information says. */
  readonly directory: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** A frame's instruction in the file of a debug module. */
export interface FramePlace {
  /** The debug module's id. */
  readonly module: number;
  /** In the module's index space, imports first. It is the true one where the dump's is not (WasmEdge to 0.17). */
  readonly function: number;
  /** Of the body, after its size: where the local declarations stand. */
  readonly start: FileOffset;
  readonly size: Bytes;
  /** Of the instruction, from the body's start, local declarations included: after the producer's base was applied. */
  readonly offset: Bytes;
}

/** What a frame is called, and where it stands. */
export interface FrameName {
  /** The function's name, demangled, or null: it is then shown as func[12]. */
  readonly function: string | null;
  /** The name as the file has it, where that differs from `function`; else null. */
  readonly raw: string | null;
  /** Where the name comes from; null when none is known. */
  readonly from: NameOrigin | null;
  /** Names of locals by index, as far as known. */
  readonly locals: readonly (string | null)[];
  /** The frame's name comes from a module that fits the dump poorly. */
  readonly doubtful: boolean;
  /** Innermost inlined function first, the function itself last; empty when nothing is known. */
  readonly lines: readonly FrameLine[];
  /** Where the frame stands in the code of a debug module; null when none fits, or its offset is not known. */
  readonly place: FramePlace | null;
}

/** A frame of which nothing is known. */
export const NAMELESS: FrameName = {
  function: null,
  raw: null,
  from: null,
  locals: [],
  doubtful: false,
  lines: [],
  place: null,
};
