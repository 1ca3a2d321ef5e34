import type { Bytes } from '../bytes/units';
import type { Frame } from '../coredump/model';
import { visible } from '../coredump/visible';
import { bodyOf } from '../symbols/debug-module';
import { isCallersOffset } from '../symbols/match';
import { type BodyIndex, callKind, canTrap, decodeInstruction } from '../wasm/body';
import type { IndexedBody } from './code-bodies';
import type { FrameCode } from './code-types';
import type { HeldModule } from './module-shelf';
import type { OpenDump } from './open-dump';

export interface FrameAt {
  readonly thread: number;
  readonly frame: number;
}

/** The frame itself; undefined where there is none. */
export function frameAt(open: OpenDump, { thread, frame }: FrameAt): Frame | undefined {
  return open.walked.assembled.dump.threads[thread]?.frames[frame];
}

/**
 * Where a frame's code stands, by the debug modules as they were held against the dump. The offset is still as the dump
 * has it: `offsetIn` says what it counts from.
 */
export function frameCode(open: OpenDump, held: readonly HeldModule[], at: FrameAt): FrameCode {
  const { instances, modules } = open.walked.assembled.dump;
  const frame = frameAt(open, at);
  if (frame === undefined) return none('No frame is selected.');
  const module = frame.instance === null ? null : (instances[frame.instance]?.module ?? null);
  const candidates = held.filter((one) => one.module === null || module === null || one.module === module);
  const fitting = candidates.find(({ match }) => match.fits);
  if (fitting === undefined) return none(whyNone(candidates, module, modules));
  const { functions, id, symbols, file } = fitting;
  const index = functions.has(frame) ? (functions.get(frame) ?? null) : frame.function;
  if (index === null) return none('Which function this frame runs in cannot be told from this dump.');
  if (symbols.code === null) return none(`${visible(file.name)} has no code: it holds names only.`);
  if (index < symbols.importedFunctions)
    return none(
      `func[${index}] is an import of ${visible(file.name)}: its code is in another module, or the host's.`,
    );
  if (bodyOf(symbols, index) === null)
    return none(
      `func[${index}] has no body in ${visible(file.name)}, which has ${symbols.functions} functions.`,
    );
  // WasmEdge's offset is the caller's call; of other producers 0 is "not known" too, but for a body it is its start.
  const offset = isCallersOffset(open.producer) ? null : frame.codeOffset;
  return { kind: 'place', place: { module: id, function: index }, offset };
}

function none(reason: string): FrameCode {
  return { kind: 'none', reason };
}

function whyNone(
  candidates: readonly HeldModule[],
  module: number | null,
  modules: readonly { readonly name: string }[],
): string {
  const [first] = candidates;
  if (first !== undefined)
    return `${visible(first.file.name)} does not match this dump: ${first.match.evidence}. Its code is not shown.`;
  const name = module === null ? '' : (modules[module]?.name ?? '');
  if (name === '') return 'Drop the module that ran, a .wasm file, to see its code.';
  return `Drop ${visible(name)} to see its code. The dump names it as module ${module}.`;
}

/**
 * The offset from the body's start, local declarations included, for an offset that a dump gives: as it is, or counted
 * from the first instruction (format.md section 5), whichever meets an instruction at which such a frame can stand. null
 * where neither does, and for 0 where that is no instruction.
 */
export function offsetIn(
  { bytes, index }: IndexedBody,
  written: Bytes | null,
  youngest: boolean,
): Bytes | null {
  if (written === null) return null;
  const candidates = [written, written + index.first].filter(
    (offset) => rowOf(index, offset)?.exact === true,
  );
  const stands = candidates.find((offset) => canStand(bytes, offset, youngest));
  return stands ?? candidates[0] ?? null;
}

/** `loop`, `if`, `br_if`: Wasmtime stops there for fuel, and for a branch to `unreachable`. */
const STOPS: ReadonlySet<number> = new Set([0x03, 0x04, 0x0d]);

function canStand(body: Uint8Array, offset: Bytes, youngest: boolean): boolean {
  const instruction = decodeInstruction(body, offset);
  if (callKind(instruction.opcode) !== null) return true;
  return youngest && (canTrap(instruction) || STOPS.has(instruction.opcode));
}

/** The row whose instruction holds an offset; null before the first and past the last. */
export function rowOf(
  { offsets, first }: BodyIndex,
  offset: Bytes,
): { readonly row: number; readonly offset: Bytes; readonly exact: boolean } | null {
  if (offset < first || offsets.length === 0) return null;
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  const at = offsets[row];
  return at === undefined ? null : { row, offset: at, exact: at === offset };
}
