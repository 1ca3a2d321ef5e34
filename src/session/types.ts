import type { Address, Bytes, FileOffset } from '../bytes/units';
import type {
  Dump,
  GapState,
  MemoryDeclaration,
  Note,
  Problem,
  Producer,
  RunState,
  StateRun,
} from '../coredump/model';
import type { PointersFound } from '../memory/pointers-to';
import type { MemoryLayout } from '../memory/region';
import type { Cause } from '../symbols/cause/types';
import type { FrameLine, FrameName, FramePlace, NameOrigin } from '../symbols/frame-name';
import type { CodeSession, EmbeddedFile } from './code-types';
import type { CompareRequest, CompareUpdate, OtherOutcome } from './compare-types';
import type { FindRequest, FindUpdate } from './find-types';
import type { KeepOutcome, KeepPlan, KeepRequest } from './keep-types';

export type {
  Cause,
  EmbeddedFile,
  FrameLine,
  FrameName,
  FramePlace,
  MemoryLayout,
  NameOrigin,
  PointersFound,
};

/**
 * The open dump behind one interface, in process (tests, command line) and in a worker (page). Only plain data
 * crosses; byte windows are transferred. Every long task reports progress and can be cancelled.
 */
export interface Session {
  /**
   * Opens files: finds out which is the dump and which are modules. Replaces what was open, unless `add` is set and
   * the files are modules only. Updates arrive until the indexing has ended, failed, or another `open` replaced it.
   */
  open(
    files: readonly NamedFile[],
    mode: 'replace' | 'add',
    onUpdate: (update: Update) => void,
  ): Promise<OpenOutcome>;

  /** Stops what is under way (inflating, indexing). What is indexed stays usable. */
  stop(): Promise<void>;
  /** Goes on where it was stopped. */
  resume(): Promise<void>;
  close(): Promise<void>;

  /**
   * Bytes and their states. `length` is cut to 64 MiB. Never waits for indexing: what no segment covers so far is `pending`.
   * Given up when `signal` is aborted, down to the request to a server.
   */
  read(memory: number, address: Address, length: Bytes, signal?: AbortSignal): Promise<MemoryWindow>;
  /**
   * The view moves: what comes next in that direction from `edge` is fetched from the server that has it, in place of what
   * was fetched so before. null: it stands still.
   */
  readAhead(memory: number, edge: Address, direction: Direction | null): Promise<void>;
  /** Places without segments that are long enough to fold, in rows of `rowBytes`. */
  folds(memory: number, rowBytes: Bytes, minimumRows: number): Promise<Folds>;
  /** The states of [start, end), merged, at most `limit` runs. */
  runs(memory: number, start: Address, end: Address, limit: number): Promise<readonly StateRun[]>;
  /** The whole address space in at most `buckets` pieces, for the strip. */
  strip(memory: number, buckets: number): Promise<Strip>;
  /** What each address is; in one call for a whole table of values. */
  classify(queries: readonly AddressQuery[]): Promise<readonly AddressAnswer[]>;
  /** The next (or previous) address at which a captured region begins; null when there is none. */
  nextRegion(memory: number, address: Address, direction: 1 | -1): Promise<Address | null>;
  /** The data segments of a memory that have a name, by address. */
  namedSegments(memory: number): Promise<readonly NamedSegment[]>;
  /** How the debug modules that fit laid out a memory. */
  layouts(memory: number): Promise<readonly MemoryLayout[]>;
  /**
   * Aligned words of a memory that hold an address of first to last, in address order, from `from` on. One call goes
   * through a bounded part of what is captured: `next` says where the following one begins.
   */
  pointersTo(memory: number, first: Address, last: Address, from: Address): Promise<PointersFound>;
  /** A page of the segments table, in file order. */
  segments(first: number, count: number): Promise<readonly SegmentRow[]>;
  /**
   * Looks through a memory, in place of the search of that name which may be under way. Hits come in address order, as
   * they are found; nothing comes when there is no such memory or another dump was opened.
   */
  find(slot: string, request: FindRequest, onUpdate: (update: FindUpdate) => void): Promise<void>;
  /** Stops a search at once; what it found stays found. */
  stopFind(slot: string): Promise<void>;
  /** Goes on where a search was stopped or came to its limit of hits. */
  resumeFind(slot: string): Promise<void>;
  /** Ends a search: nothing more comes of it. */
  closeFind(slot: string): Promise<void>;
  /** The user's word against the evidence; null follows the evidence again. Answers with what all memories are now. */
  setGaps(memory: number, override: GapOverride | null): Promise<void>;
  /** Bytes of the dump's file, after decompression; cut to 64 MiB. Waits for those that have not arrived. */
  fileBytes(offset: FileOffset, length: Bytes): Promise<Uint8Array>;
  /** The text of a source that came with a module's source map, by the path that lines name; null: it has none. */
  sourceText(module: number, path: string): Promise<string | null>;
  /** A debug module is taken away again. */
  removeModule(id: number): Promise<void>;
  /** The code of the debug modules. */
  readonly code: CodeSession;
  /** A second dump, and what differs in it. */
  readonly compare: CompareSession;
  /** Copies of what is open, in the browser's storage. */
  readonly keep: KeepSession;
}

/** A second dump beside the open one, and what differs. It is closed with the open one. */
export interface CompareSession {
  /**
   * Opens the second dump in place of the one before. Updates arrive until its indexing has ended, failed, or another one
   * was opened; they are those of `Session.open`, and their snapshot is of the second dump.
   */
  open(files: readonly NamedFile[], onUpdate: (update: Update) => void): Promise<OtherOutcome>;
  /** Ends everything about the second dump. */
  close(): Promise<void>;
  /** Stops inflating or indexing the second dump. What is indexed stays usable. */
  stopOpening(): Promise<void>;
  resumeOpening(): Promise<void>;
  /** Bytes of the second dump, as `Session.read`. */
  read(memory: number, address: Address, length: Bytes, signal?: AbortSignal): Promise<MemoryWindow>;
  /**
   * Compares a memory of the open dump with that of the same index in the second one, in place of the comparison of that
   * memory which may be under way. Nothing comes when no second dump is open, or neither has that memory.
   */
  start(request: CompareRequest, onUpdate: (update: CompareUpdate) => void): Promise<void>;
  /** Stops a comparison at once; what it found stays found. */
  stop(memory: number): Promise<void>;
  /** Goes on where it was stopped; after its end, lists as many ranges more. */
  resume(memory: number): Promise<void>;
}

/** Copies of the open files in the browser's private storage for the page: the only place where contents are kept. */
export interface KeepSession {
  /** What a copy would take, and what there is. */
  plan(request: KeepRequest): Promise<KeepPlan>;
  /**
   * Writes the dump and the modules, as they are stored (gzip stays gzip), into a new folder. What is not whole is
   * removed again. One at a time: a second one ends the first.
   */
  keep(folder: string, request: KeepRequest, onProgress: (progress: Progress) => void): Promise<KeepOutcome>;
  /** Ends what is being written. */
  stopKeeping(): Promise<void>;
}

export type NamedFile = LocalFile | RemoteFile;

export interface LocalFile {
  readonly name: string;
  readonly blob: Blob;
}

/**
 * A file on a web server, which the session fetches: who names it has the user's consent to ask that host.
 * `redirects`: a page learns where one leads only when its browser has gone there.
 */
export interface RemoteFile {
  readonly name: string;
  /** Absolute, http or https. */
  readonly url: string;
  readonly redirects: 'refuse' | 'follow';
}

/** Up in addresses, or down. */
export type Direction = 1 | -1;

export type GapOverride = 'zero' | 'missing';

/** What `open` found out about each file, in the order given. */
export interface OpenOutcome {
  readonly roles: readonly FileRole[];
}

export type FileRole =
  | { readonly name: string; readonly role: 'dump' }
  | { readonly name: string; readonly role: 'other-dump' }
  | { readonly name: string; readonly role: 'module'; readonly id: number }
  | { readonly name: string; readonly role: 'not-used'; readonly reason: string };

export type Update =
  /** The stack is known; memory may still be indexing. Also sent again whenever any of it changes. */
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'failed'; readonly message: string };

/** `total` null: not known (gzip). `rate` in bytes a second, 0 until it can be told. */
export interface Progress {
  readonly task: 'downloading' | 'inflating' | 'reading' | 'indexing' | 'copying';
  readonly done: Bytes;
  readonly total: Bytes | null;
  readonly rate: number;
  readonly state: 'running' | 'stopped' | 'done';
  /** Why it stopped, as a sentence, where that was not the user's word. */
  readonly message: string | null;
}

/** Everything the page knows of the open dump but its bytes, its segments and its coverage. */
export interface Snapshot {
  /** Which dump of the session this is: another one has another number, even under the same name. */
  readonly id: number;
  /** Grows with every change: what was fetched for an older one is stale. */
  readonly version: number;
  readonly name: string;
  /** Every section was met, so what is not here is not in the file. False while compressed data is still arriving. */
  readonly sectionsKnown: boolean;
  readonly dump: Dump;
  readonly producer: Producer;
  readonly memories: readonly MemorySummary[];
  /** Segments of all memories and passive ones. */
  readonly segmentCount: number;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  readonly names: Names;
  readonly modules: readonly DebugModule[];
  /** Names and lines are still being worked out: a snapshot comes when they are. */
  readonly symbolicating: boolean;
  /** Why each thread died, as far as it is known: null where nothing says so, none for threads not looked at yet. */
  readonly causes: readonly (Cause | null)[];
  readonly indexing: Progress;
}

export interface MemorySummary {
  readonly declaration: MemoryDeclaration;
  readonly size: Bytes;
  readonly segments: number;
  /** Bytes covered, each counted once. */
  readonly captured: Bytes;
  /** What a gap is by the evidence, with the evidence as a sentence. */
  readonly gaps: GapState;
  readonly evidence: string;
  /** Short, for the chip: "5 of 5 segments agree". */
  readonly evidenceShort: string;
  readonly override: GapOverride | null;
  /** Counts of [0, size) by state, under the override. They add up to `size`. `pending` is 0 when indexing has ended. */
  readonly counts: StateCounts;
}

export interface StateCounts {
  readonly captured: Bytes;
  readonly zero: Bytes;
  readonly missing: Bytes;
  readonly lost: Bytes;
  readonly pending: Bytes;
}

export interface MemoryWindow {
  readonly memory: number;
  readonly address: Address;
  /** One byte each; 0 where the state is not 'captured', and then it means nothing unless 'zero-elided'. */
  readonly bytes: Uint8Array;
  /** Runs of states over [address, address + length), merged, in order. */
  readonly states: readonly StateRun[];
  readonly version: number;
}

/**
 * Runs of rows that hold no captured byte, one state each, ascending, not touching in the same state.
 * Columns of equal length: first row, count of rows, state (0 zero-elided, 1 missing, 2 lost, 3 pending).
 */
export interface Folds {
  readonly rows: Float64Array;
  readonly counts: Float64Array;
  readonly states: Uint8Array;
  readonly version: number;
}

/** At most `buckets` runs; `exact` says that each is one true run, else captured wins over lost, missing, zero in a piece. */
export interface Strip {
  readonly runs: readonly StateRun[];
  readonly exact: boolean;
  readonly version: number;
}

export interface AddressQuery {
  readonly memory: number;
  readonly address: Address;
}

export interface AddressAnswer {
  readonly state: RunState;
  /** The segment that covers it, by its index in the data section; null where none does. */
  readonly segment: number | null;
  /** Where the byte stands in the file; null unless captured. */
  readonly fileOffset: FileOffset | null;
  /** One sentence, for example "missing: no segment covers it". */
  readonly reason: string;
}

/** A data segment by its name, `.rodata` for example. */
export interface NamedSegment {
  readonly name: string;
  readonly address: Address;
  readonly length: Bytes;
}

export interface SegmentRow {
  readonly index: number;
  readonly mode: 'active' | 'passive';
  readonly memory: number | null;
  /** null: passive, or the offset is unknown. */
  readonly address: Address | null;
  readonly length: Bytes;
  readonly fileOffset: FileOffset;
  readonly name: string | null;
}

/** Names from a name section, in the dump or in a debug module that fits. null: none known. */
export interface Names {
  /** One list a thread, one entry a frame. */
  readonly frames: readonly (readonly FrameName[])[];
  readonly globals: readonly (string | null)[];
  readonly memories: readonly (string | null)[];
  /** The index of the global that holds the shadow stack's pointer, by name; null when not known. */
  readonly stackPointer: number | null;
}

/** `checking`: its code is still being read. `doubtful`: some frames fit, so its names are shown, marked. `unused`: nothing to hold it against. */
export type Verdict = 'checking' | 'matches' | 'doubtful' | 'no-match' | 'unused';

export interface DebugModule {
  readonly id: number;
  readonly name: string;
  readonly size: Bytes;
  readonly functions: number;
  readonly names: number;
  readonly verdict: Verdict;
  /** With both numbers: "7 of 7 frames land on a call". */
  readonly evidence: string;
  /** What codeoffset counts from, as a sentence; null where that was not found, or there is no offset. */
  readonly base: string | null;
  /** What debug information it has, as words: "DWARF 4, 12 units", "names only". */
  readonly debug: string;
  /** Of the files that the frames' lines name, those whose text came with it. */
  readonly embedded: readonly EmbeddedFile[];
  readonly problems: readonly Problem[];
}
