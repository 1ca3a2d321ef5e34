import { floatOf, floatText } from '../coredump/floats';
import type { Frame, Global, GlobalValue, RunState, StateRun, Value } from '../coredump/model';
import type { DebugModule, FrameName, Snapshot } from '../session/types';
import { NAMELESS } from '../symbols/frame-name';

/** The format of docs/json.md. */
export const JSON_FORMAT = 1;

/** The first runs of a memory's coverage that the summary holds. */
export const COVERAGE_LIMIT = 1000;

/** The summary of docs/json.md as a plain object. @param coverage the first runs of each memory. */
export function summaryJson(snapshot: Snapshot, coverage: readonly (readonly StateRun[])[]): object {
  const { dump, memories, names, problems, producer } = snapshot;
  return {
    format: JSON_FORMAT,
    file: dump.file,
    producer: { name: producer.name, versions: producer.versions, evidence: producer.evidence },
    process: dump.process,
    threads: dump.threads.map(({ name, layout, frames, complete }, thread) => ({
      name,
      layout,
      frames: frames.map((frame, at) => frameJson(frame, names.frames[thread]?.[at] ?? NAMELESS)),
      complete,
    })),
    modules: dump.modules,
    instances: dump.instances,
    memories: memories.map((memory, index) => ({
      size: memory.size,
      pageSize: memory.declaration.pageSize,
      memory64: memory.declaration.memory64,
      shared: memory.declaration.shared,
      maximum: memory.declaration.maximum,
      gaps: memory.gaps,
      segments: memory.segments,
      captured: memory.captured,
      coverage: (coverage[index] ?? []).map(({ start, end, state }) => [start, end, state]),
    })),
    globals: dump.globals.map(globalJson),
    sections: dump.sections,
    problems,
    debugModules: snapshot.modules.map(debugModuleJson),
  };
}

/** A run of states for `read --json`. */
export function runJson({ start, end, state }: StateRun): { start: number; end: number; state: RunState } {
  return { start, end, state };
}

function debugModuleJson({ base, debug, evidence, name, problems, verdict }: DebugModule): object {
  return { name, verdict, evidence, base, debug, problems };
}

function frameJson(frame: Frame, { doubtful, function: name, lines }: FrameName): object {
  return {
    instance: frame.instance,
    function: frame.function,
    codeOffset: frame.codeOffset,
    name,
    doubtful,
    lines: lines.map(({ column, file, function: inlined, line }) => ({
      function: inlined,
      file,
      line,
      column,
    })),
    locals: frame.locals.map(valueJson),
    stack: frame.stack.map(valueJson),
  };
}

function valueJson(value: Value): object {
  switch (value.type) {
    case 'missing':
      return { type: 'missing' };
    case 'i32':
    case 'i64':
      return { type: value.type, value: String(value.value) };
    default:
      return { type: value.type, ...floatJson(value) };
  }
}

function globalJson({ type, mutable, value }: Global): object {
  return { type, mutable, ...globalValueJson(value) };
}

function globalValueJson(value: GlobalValue): object {
  switch (value.type) {
    case 'missing':
      return { value: null };
    case 'i32':
    case 'i64':
      return { value: String(value.value) };
    case 'v128':
      return { value: `0x${value.bits}` };
    case 'null':
      return { value: 'null' };
    case 'func':
      return { value: `func ${value.index}` };
    default:
      return floatJson(value);
  }
}

/** A float's value as text, and its bits, which are exact. */
function floatJson(
  value: { readonly type: 'f32'; readonly bits: number } | { readonly type: 'f64'; readonly bits: bigint },
): object {
  const digits = value.bits.toString(16).padStart(value.type === 'f32' ? 8 : 16, '0');
  return { value: floatText(floatOf(value)), bits: `0x${digits}` };
}
