import type { Dump, Note, Producer } from '../coredump/model';
import { visible } from '../coredump/visible';
import type { MemorySummary } from './types';

/** Wasmtime since 43 writes at most this many frames by default, and nothing marks the cut. */
const WASMTIME_FRAME_LIMIT = 20;

/** A name out of the file, fit to be shown. */
const quoted = (name: string): string => `"${visible(name)}"`;

/** Things to know about a dump that are not wrong with it (design.md, "Problem or note"). */
export function notesOf(
  dump: Dump,
  producer: Producer,
  memories: readonly MemorySummary[],
  gzip: string | null,
): Note[] {
  const notes: Note[] = [];
  const note = (message: string): void => void notes.push({ offset: null, message });
  if (gzip !== null) note(gzip);
  if (dump.file.kind === 'module')
    note('This is a module, not a dump: it opens as the memory that it starts with, without threads.');
  if (dump.file.kind === 'snapshot')
    note('This is a Wizer snapshot, not a dump: it opens as a memory image, without threads.');
  if (producer.name === 'wasmtime') wasmtimeNotes(dump, producer, note);
  if (producer.name === 'rewriter') {
    note(
      `${realParameters(producer)} Others hold the placeholders 669, 670, ... in their place; locals that follow them are real.`,
    );
    note('The rewriter catches `unreachable` only: any other trap leaves a memory image without a dump.');
  }
  if (producer.generation === 'wasmedge-0.15') {
    note(
      'WasmEdge 0.15 to 0.17 writes every value as the low 4 bytes, as i32, and empty initialisers for globals.',
    );
    note(
      "Its function index is the call's target: for a frame entered by call_indirect it is a type index, and the outermost frame is always function 1. Code offsets are file offsets of the caller's call; the trap's own place is not in the dump.",
    );
  }
  if (producer.name === 'wasmer') note('Wasmer writes no values and no memory.');
  for (const [index, memory] of memories.entries()) {
    if (memory.segments === 0 && memory.size > 0 && memory.gaps === 'missing')
      note(`Memory ${index} has no segment.`);
  }
  for (const thread of dump.threads) {
    if (thread.complete && thread.frames.length === 0) note(`Thread ${quoted(thread.name)} has no frames.`);
  }
  return notes;
}

/** Since 0.1.17 the trapping frame has real ones (fixture rewriter/crash-0114 has none, rewriter/crash-0120 has). */
function realParameters({ generation }: Producer): string {
  if (generation === 'crate-0.2.2') return 'Only the trapping frame has real parameters.';
  if (generation === 'crate-0.1.13')
    return 'Only the trapping frame has real parameters, and before 0.1.17 not even that one.';
  return 'No frame has real parameters.';
}

function wasmtimeNotes(dump: Dump, producer: Producer, note: (message: string) => void): void {
  if (dump.threads.some(({ frames }) => frames.length > 0))
    note('Wasmtime writes no locals and no operand stack.');
  if (producer.generation === 'wasmtime-14') {
    for (const { frames, name } of dump.threads) {
      if (frames.length !== WASMTIME_FRAME_LIMIT) continue;
      note(
        `Thread ${quoted(name)} has exactly ${WASMTIME_FRAME_LIMIT} frames, Wasmtime's limit since 43: its stack may be cut.`,
      );
    }
    const modules = dump.instances.map(({ module }) => module);
    if (new Set(modules).size < modules.length) {
      note(
        "A frame's instance is the last instance of its module: several instances share one here, so it may be another.",
      );
    }
    if (dump.declarations.length === 0) note('No memory was declared.');
  } else {
    note('Wasmtime before 14 writes the stack only: no memory and no globals.');
  }
}
