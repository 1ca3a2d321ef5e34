import type { Frame, GlobalValue, MemoryDeclaration, Thread } from '../coredump/model';
import { visible } from '../coredump/visible';
import type { Snapshot } from '../session/types';
import { counted, grouped } from '../ui/numbers';
import { codeOffsetText, functionName, threadName } from './names';
import { valueText } from './values';

/** How a thing of one dump compares with that of the other. `unknown`: one of them has no value. */
export type Sameness = 'same' | 'differs' | 'unknown' | 'only-here' | 'only-there';

/** One global of both dumps, by index. */
export interface GlobalPair {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly here: string;
  readonly there: string;
  readonly sameness: Sameness;
}

/** Names are those of either dump: the debug modules belong to the open one. */
export function globalPair(here: Snapshot, there: Snapshot, index: number): GlobalPair {
  const [mine, theirs] = [here.dump.globals[index], there.dump.globals[index]];
  const types = [...new Set([mine?.type, theirs?.type].filter((type) => type !== undefined))];
  return {
    index,
    name: visible(here.names.globals[index] ?? there.names.globals[index] ?? ''),
    type: types.map((type) => visible(type, 60)).join(' / '),
    here: mine === undefined ? '' : textOf(mine.value),
    there: theirs === undefined ? '' : textOf(theirs.value),
    sameness:
      mine === undefined
        ? 'only-there'
        : theirs === undefined
          ? 'only-here'
          : mine.type === theirs.type
            ? compareValues(mine.value, theirs.value)
            : 'differs',
  };
}

/** How many globals either dump has. */
export function globalPairs(here: Snapshot, there: Snapshot): number {
  return Math.max(here.dump.globals.length, there.dump.globals.length);
}

/** Floats are compared as bits: 0 and -0 differ, and so do two NaNs of other payloads. */
export function compareValues(here: GlobalValue, there: GlobalValue): Sameness {
  if (here.type === 'missing' || there.type === 'missing') return 'unknown';
  return contentOf(here) === contentOf(there) ? 'same' : 'differs';
}

function contentOf(value: GlobalValue): string {
  const content =
    'bits' in value ? value.bits : 'value' in value ? value.value : 'index' in value ? value.index : '';
  return `${value.type} ${content}`;
}

function textOf(value: GlobalValue): string {
  const text = valueText(value);
  if (!text.known) return text.reason;
  return text.hex === '' ? text.decimal : `${text.decimal}  ${text.hex}`;
}

/** Something that both dumps say of themselves. `build`: it is the same in all dumps of one build. */
export interface Fact {
  readonly what: string;
  readonly here: string;
  readonly there: string;
  readonly sameness: Sameness;
  readonly build: boolean;
}

/** A list of modules, memories or globals is shown up to here. */
const SHOWN = 8;
/** More threads than this are only counted. */
const MOST_THREADS = 50;

/** What the dumps say of the program and of where it stood. */
export function factsOf(here: Snapshot, there: Snapshot): readonly Fact[] {
  const fact = (what: string, of: (snapshot: Snapshot, most: number) => string, build = false): Fact => {
    // What is not shown is compared too.
    const same = of(here, Number.POSITIVE_INFINITY) === of(there, Number.POSITIVE_INFINITY);
    const [mine, theirs] = [of(here, SHOWN), of(there, SHOWN)];
    return { what, here: mine, there: theirs, sameness: same ? 'same' : 'differs', build };
  };
  const threads = Math.min(MOST_THREADS, Math.max(here.dump.threads.length, there.dump.threads.length));
  return [
    fact('File', ({ name, dump }) => `${visible(name, 80)}, ${counted(dump.file.size, 'byte')}`),
    fact('Producer', ({ producer }) => `${producer.name} ${producer.versions}`.trim()),
    fact('Process', ({ dump }) => visible(dump.process.name ?? 'not in this dump', 80)),
    fact('Modules', modulesText, true),
    fact('Memories', memoriesText, true),
    fact('Types of globals', globalTypes, true),
    fact('Memory sizes', sizesText),
    fact('Threads', ({ dump }) => counted(dump.threads.length, 'thread')),
    ...Array.from({ length: threads }, (_, thread) => threadFacts(here, there, thread)).flat(),
  ];
}

/** What it says of the build, in one sentence: a dump holds no identity of it. */
export function buildVerdict(here: Snapshot, there: Snapshot, facts: readonly Fact[]): string {
  const differing = facts.filter(({ build, sameness }) => build && sameness === 'differs');
  if (differing.length > 0)
    return `Not the same build: ${differing.map(({ what }) => what.toLowerCase()).join(', ')} differ.`;
  const common = here.dump.threads.reduce(
    (sum, thread, index) => sum + commonFrames(thread, there.dump.threads[index]),
    0,
  );
  const frames = here.dump.threads.reduce((sum, thread) => sum + thread.frames.length, 0);
  return common === 0
    ? 'Perhaps the same build: what the dumps declare agrees, and no frame does.'
    : `Perhaps the same build: what the dumps declare agrees, and so do ${common} of ${counted(frames, 'frame')} from the oldest on.`;
}

function threadFacts(here: Snapshot, there: Snapshot, thread: number): Fact[] {
  const [mine, theirs] = [here.dump.threads[thread], there.dump.threads[thread]];
  const name = threadName(mine === undefined ? there : here, thread);
  const common = mine === undefined ? 0 : commonFrames(mine, theirs);
  const sameness = (same: boolean): Sameness =>
    mine === undefined ? 'only-there' : theirs === undefined ? 'only-here' : same ? 'same' : 'differs';
  const frames = (of: Thread | undefined) => (of === undefined ? '' : counted(of.frames.length, 'frame'));
  const all = mine?.frames.length === common && theirs?.frames.length === common;
  const top = (snapshot: Snapshot, of: Thread | undefined) =>
    of?.frames[0] === undefined
      ? ''
      : `${functionName(snapshot, { thread, frame: 0 })} ${codeOffsetText(snapshot, { thread, frame: 0 })}`.trim();
  const equal =
    mine !== undefined && theirs !== undefined && !all ? `, ${common} equal from the oldest on` : '';
  const [a, b] = [mine?.frames[0], theirs?.frames[0]];
  return [
    {
      what: `Frames of ${name}`,
      here: frames(mine) + equal,
      there: frames(theirs),
      sameness: sameness(all),
      build: false,
    },
    {
      what: `Top frame of ${name}`,
      here: top(here, mine),
      there: top(there, theirs),
      sameness: sameness(a === undefined || b === undefined ? a === b : sameFrame(a, b)),
      build: false,
    },
  ];
}

/** Frames that agree, counted from the oldest on: the callers that both dumps have. */
export function commonFrames(here: Thread, there: Thread | undefined): number {
  const [mine, theirs] = [here.frames, there?.frames ?? []];
  let common = 0;
  for (; common < Math.min(mine.length, theirs.length); common += 1) {
    const [a, b] = [mine[mine.length - 1 - common], theirs[theirs.length - 1 - common]];
    if (a === undefined || b === undefined || !sameFrame(a, b)) break;
  }
  return common;
}

const sameFrame = (a: Frame, b: Frame): boolean =>
  a.function === b.function && a.codeOffset === b.codeOffset && a.instance === b.instance;

function modulesText({ dump }: Snapshot, most: number): string {
  return listed(dump.modules, most, 'none listed', ({ name }) =>
    name === '' ? 'without a name' : visible(name, 60),
  );
}

function memoriesText({ dump }: Snapshot, most: number): string {
  return listed(dump.declarations, most, 'none', declared);
}

/** Without its minimum, which is not the build's: a producer writes what the memory had grown to. */
function declared({ memory64, shared, maximum, pageSize, customPageSize }: MemoryDeclaration): string {
  const parts = [
    memory64 ? 'memory64' : 'memory32',
    ...(shared ? ['shared'] : []),
    ...(customPageSize ? [`pages of ${grouped(pageSize)}`] : []),
    maximum === null ? 'no maximum' : `at most ${grouped(maximum)}`,
  ];
  return parts.join(' ');
}

function globalTypes({ dump }: Snapshot, most: number): string {
  return listed(
    dump.globals,
    most,
    'none',
    ({ type, mutable }) => `${mutable ? 'mut ' : ''}${visible(type, 40)}`,
  );
}

function sizesText({ memories }: Snapshot, most: number): string {
  return listed(memories, most, 'none', ({ size }) => grouped(size));
}

function listed<Item>(
  items: readonly Item[],
  most: number,
  none: string,
  text: (item: Item) => string,
): string {
  if (items.length === 0) return none;
  const texts = items.slice(0, most).map(text).join('; ');
  return items.length > most ? `${texts} and ${grouped(items.length - most)} more` : texts;
}
