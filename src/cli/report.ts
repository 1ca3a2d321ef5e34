import { floatOf, floatText } from '../coredump/floats';
import type { Frame, Thread } from '../coredump/model';
import { visible } from '../coredump/visible';
import type { FrameLine, FrameName, MemorySummary, Snapshot } from '../session/types';
import { capital, certaintyWord } from '../symbols/cause/words';
import { NAMELESS } from '../symbols/frame-name';
import type { Style } from './style';

const count = (value: number): string => value.toLocaleString('en-US');
const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A long stack prints this many of its youngest frames, and as many of its oldest as fit in the rest. */
const YOUNGEST = 40;
const OLDEST = 10;

/** Problems of one debug module that are printed; --json has all. */
const PROBLEMS = 5;

const VERDICTS: Readonly<Record<Snapshot['modules'][number]['verdict'], string>> = {
  checking: 'is being read',
  matches: 'matches',
  doubtful: 'may not match; names from it are marked with ?',
  'no-match': 'does not match; its names are not used',
  unused: 'is not used',
};

/** What is known before memory is indexed: the file, what died, the backtrace. */
export function* stackReport(snapshot: Snapshot, style: Style): Generator<string> {
  const { dump, name, producer } = snapshot;
  const { file } = dump;
  yield `${style.strong(visible(name))}: ${describe(snapshot)}, ${plural(file.size, 'byte')}${file.compression === 'gzip' ? ' after gzip' : ''}`;
  if (producer.name !== 'unknown')
    yield `Written by ${producer.name} ${producer.versions}: ${producer.evidence}`.replace(' :', ':');
  for (const module of snapshot.modules) {
    yield `${visible(module.name)} ${VERDICTS[module.verdict]}: ${visible(module.evidence, 1000)}`;
    if (module.base !== null) yield `  ${module.base}`;
    if (module.verdict === 'matches' || module.verdict === 'doubtful')
      yield `  ${visible(module.debug, 1000)}`;
    for (const { message } of module.problems.slice(0, PROBLEMS)) yield `  ${visible(message, 1000)}`;
  }
  if (file.kind !== 'coredump') return;
  yield* died(snapshot, style);
  for (const [index, thread] of dump.threads.entries()) {
    yield '';
    yield `Thread ${index + 1} "${visible(thread.name)}", ${plural(thread.frames.length, 'frame')}${thread.layout === null ? '' : `, layout ${thread.layout}`}${thread.complete ? '' : ', not all of it decodes'}`;
    yield* backtrace(snapshot, thread, index, style);
  }
}

function describe({ dump }: Snapshot): string {
  const { kind } = dump.file;
  const process =
    dump.process.name === null || dump.process.name === '' ? '' : ` of ${visible(dump.process.name)}`;
  if (kind === 'coredump') return `Wasm coredump${process}`;
  if (kind === 'module') return 'Wasm module, no dump';
  if (kind === 'snapshot') return 'Wizer snapshot, no dump';
  return `no coredump (${kind})`;
}

function* died(snapshot: Snapshot, style: Style): Generator<string> {
  const index = snapshot.dump.threads.findIndex(({ frames }) => frames.length > 0);
  const cause = snapshot.causes[index] ?? null;
  const number = cause?.frame ?? 0;
  const frame = snapshot.dump.threads[index]?.frames[number];
  if (frame === undefined) {
    yield 'No stack: no thread of the dump has a frame.';
    return;
  }
  const named = snapshot.names.frames[index]?.[number] ?? NAMELESS;
  const offset = frame.codeOffset === null ? '' : ` +0x${frame.codeOffset.toString(16)}`;
  const what =
    named.function === null ? `func[${frame.function}]` : `${shown(named)} (func[${frame.function}])`;
  const where = `in ${what}${offset}${at(named.lines[0])}`;
  if (cause === null) {
    yield `Stopped ${where}; the dump does not store the trap.`;
    return;
  }
  const title = visible(capital(cause.title));
  yield `${style.strong(title)} (${certaintyWord(cause)}) ${where}`;
  if (cause.message !== null) yield `  it said: ${visible(cause.message, 1000)}`;
  for (const sentence of cause.evidence) yield `  ${visible(sentence, 1000)}`;
}

function* backtrace(snapshot: Snapshot, thread: Thread, index: number, style: Style): Generator<string> {
  const { frames } = thread;
  const folded = frames.length > YOUNGEST + OLDEST ? frames.length - YOUNGEST - OLDEST : 0;
  for (const [at, frame] of frames.entries()) {
    if (folded > 0 && at === YOUNGEST) yield `     ... ${plural(folded, 'frame')} more ...`;
    if (folded > 0 && at >= YOUNGEST && at < YOUNGEST + folded) continue;
    yield* frameLines(snapshot, frame, index, at, style);
  }
}

/** A frame, the functions that were inlined into it before it: the innermost first, as gdb prints them. */
function* frameLines(
  snapshot: Snapshot,
  frame: Frame,
  thread: number,
  number: number,
  style: Style,
): Generator<string> {
  const named = snapshot.names.frames[thread]?.[number] ?? NAMELESS;
  for (const line of named.lines.slice(0, -1))
    yield `#${String(number).padEnd(3)} ${style.strong(visible(line.function ?? '?'))}${at(line)}, inlined`;
  yield `${frameLine(snapshot, frame, number, named, style)}${at(named.lines.at(-1))}`;
}

/** The function's name; one of a module that fits poorly is marked. */
const shown = ({ doubtful, function: name }: FrameName): string =>
  `${visible(name ?? '')}${doubtful ? '?' : ''}`;

/** ` at crash.c:13:13`. */
function at(line: FrameLine | undefined): string {
  if (line === undefined || line.file === null) return '';
  const place = line.line === null ? '' : `:${line.line}${line.column === null ? '' : `:${line.column}`}`;
  return ` at ${visible(line.file)}${place}`;
}

function frameLine(snapshot: Snapshot, frame: Frame, at: number, named: FrameName, style: Style): string {
  const func = `func[${frame.function}]`;
  const offset = frame.codeOffset === null ? '' : ` +0x${frame.codeOffset.toString(16)}`;
  const module = frame.instance === null ? null : (snapshot.dump.instances[frame.instance]?.module ?? null);
  const where = module === null ? '' : ` in ${visible(snapshot.dump.modules[module]?.name ?? '')}`;
  const name = named.function === null ? func : `${style.strong(shown(named))} ${func}`;
  return `#${String(at).padEnd(3)} ${name}${offset}${where}${args(frame)}`;
}

/** The locals as gdb prints arguments: in parentheses, missing ones said. */
function args({ locals }: Frame): string {
  if (locals.length === 0) return '';
  const shown = locals.slice(0, 8).map((value) => {
    if (value.type === 'missing') return '<missing>';
    if (value.type === 'i32' || value.type === 'i64') return String(value.value);
    const float = floatOf(value);
    // Of a NaN the bits say more than the word.
    return Number.isNaN(float) ? `nan 0x${value.bits.toString(16)}` : floatText(float);
  });
  return ` (${shown.join(', ')}${locals.length > 8 ? `, ${locals.length - 8} more` : ''})`;
}

/** What is known when memory is indexed: memories, globals, problems, notes. */
export function* memoryReport(snapshot: Snapshot, style: Style): Generator<string> {
  const { dump, memories, notes, problems } = snapshot;
  if (memories.length > 0) yield '';
  for (const [index, memory] of memories.entries()) yield* memoryLines(index, memory, style);
  if (dump.globals.length > 0)
    yield `${plural(dump.globals.length, 'global')}${dump.instances.length > 1 ? `, ${plural(dump.instances.length, 'instance')}` : ''}`;
  if (problems.length > 0) yield `\n${style.warn(plural(problems.length, 'problem'))}`;
  for (const { section, offset, message } of problems) {
    const place = [section ?? 'file', offset === null ? null : `0x${offset.toString(16)}`].filter(
      (part) => part !== null,
    );
    yield `  ${visible(place.join(', '))}: ${visible(message, 1000)}`;
  }
  if (notes.length > 0) yield `\n${plural(notes.length, 'note')}`;
  for (const { message } of notes) yield `  ${visible(message, 1000)}`;
}

function* memoryLines(index: number, memory: MemorySummary, style: Style): Generator<string> {
  const { counts } = memory;
  const rest = [
    counts.zero > 0 ? `${count(counts.zero)} known zero` : null,
    counts.missing > 0 ? style.warn(`${count(counts.missing)} missing`) : null,
    counts.lost > 0 ? style.warn(`${count(counts.lost)} lost`) : null,
  ].filter((part) => part !== null);
  yield `Memory ${index}: ${count(memory.captured)} of ${plural(memory.size, 'byte')} captured in ${plural(memory.segments, 'segment')}${rest.map((part) => `, ${part}`).join('')}`;
  if (rest.length > 0) yield `  ${memory.evidence}`;
}
