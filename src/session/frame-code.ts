import { partition } from '../bytes/partition';
import type { Bytes } from '../bytes/units';
import type { Frame } from '../coredump/model';
import { visible } from '../coredump/visible';
import { bodyOf } from '../symbols/debug-module';
import type { Demangle } from '../symbols/demangler';
import type { FactsByFrame } from '../symbols/frame-facts';
import type { Match } from '../symbols/match';
import type { BodyIndex } from '../wasm/body';
import type { FrameCode } from './code-types';
import type { Shelved } from './module-shelf';
import type { OpenDump } from './open-dump';

export interface FrameAt {
  readonly thread: number;
  readonly frame: number;
}

/** The frame itself; undefined where there is none. */
export function frameAt(open: OpenDump, { thread, frame }: FrameAt): Frame | undefined {
  return open.walked.assembled.dump.threads[thread]?.frames[frame];
}

/** The debug modules, as far as they were held against the dump. */
export interface HeldModules {
  readonly working: boolean;
  /** Those that match before doubtful ones, and those before the rest. */
  readonly held: readonly HeldCode[];
  /** null: no name of a frame needed it. */
  readonly demangle: Demangle | null;
}

export interface HeldCode {
  readonly shelved: Shelved;
  /** Of the dump; null: the dump lists none. */
  readonly module: number | null;
  readonly match: Match;
  /** null: it does not fit. */
  readonly facts: FactsByFrame | null;
}

/** Where a frame's code stands, by the debug modules as they were held against the dump. */
export function frameCode(open: OpenDump, modules: HeldModules, at: FrameAt): FrameCode {
  const { dump } = open.walked.assembled;
  const frame = frameAt(open, at);
  if (frame === undefined) return none('No frame is selected.');
  const module = frame.instance === null ? null : (dump.instances[frame.instance]?.module ?? null);
  const candidates = modules.held.filter(
    (one) => one.module === null || module === null || one.module === module,
  );
  const fitting = candidates.find(({ facts }) => facts !== null);
  if (fitting === undefined)
    return none(modules.working ? 'The module is being read.' : whyNone(candidates, module, dump.modules));
  const { facts, shelved } = fitting;
  const { file, id, symbols } = shelved;
  const known = facts?.get(frame) ?? null;
  const index = known?.function ?? known?.place?.function ?? null;
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
  return { kind: 'place', place: { module: id, function: index }, offset: known?.place?.offset ?? null };
}

function none(reason: string): FrameCode {
  return { kind: 'none', reason };
}

function whyNone(
  candidates: readonly HeldCode[],
  module: number | null,
  modules: readonly { readonly name: string }[],
): string {
  const [first] = candidates;
  if (first !== undefined)
    return `${visible(first.shelved.file.name)} does not match this dump: ${first.match.evidence}. Its code is not shown.`;
  const name = module === null ? '' : (modules[module]?.name ?? '');
  if (name === '') return 'Drop the module that ran, a .wasm file, to see its code.';
  return `Drop ${visible(name)} to see its code. The dump names it as module ${module}.`;
}

/** The row whose instruction holds an offset; null before the first and past the last. */
export function rowOf(
  { offsets, first }: BodyIndex,
  offset: Bytes,
): { readonly row: number; readonly offset: Bytes; readonly exact: boolean } | null {
  if (offset < first || offsets.length === 0) return null;
  const row = partition(offsets.length, (at) => (offsets[at] ?? 0) <= offset) - 1;
  const at = offsets[row];
  return at === undefined ? null : { row, offset: at, exact: at === offset };
}
