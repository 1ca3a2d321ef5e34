import type { Snapshot } from '../session/types';
import { counted, grouped } from '../ui/numbers';
import { blamedFrame, causeMessage, causeTitle, mainCause } from './cause';
import { codeOffsetText, frameNames, functionName, lineText } from './names';

/** The first thing on the top line. `quiet` is what stands after it. */
export interface Summary {
  readonly what: string;
  /** The function, set apart; empty where there is none. */
  readonly function: string;
  readonly quiet: string;
}

const NO_CAUSE = 'the dump does not store the trap';

/** Why it died, as far as the file says: no dump stores the trap itself. */
export function summaryOf(snapshot: Snapshot): Summary {
  const { file } = snapshot.dump;
  if (file.kind === 'module') return { what: 'A module', function: '', quiet: 'opened as a memory image' };
  if (file.kind === 'snapshot')
    return { what: 'A Wizer snapshot', function: '', quiet: 'opened as a memory image' };
  if (file.kind === 'memory-image')
    return { what: 'A raw memory image', function: '', quiet: 'no stack, no globals' };
  const frame = blamedFrame(snapshot);
  if (frame === null) return { what: 'No stack', function: '', quiet: noStack(snapshot) };
  const cause = mainCause(snapshot);
  const offset = codeOffsetText(snapshot, frame);
  const { doubtful, lines } = frameNames(snapshot, frame);
  const line = lineText(lines[0]);
  const where = line === '' ? offset : line;
  const name = functionName(snapshot, frame) + (doubtful ? '?' : '');
  const place = name + (where === '' ? '' : ` ${where}`);
  if (cause !== null) return { what: causeTitle(cause), function: place, quiet: causeMessage(cause) };
  const working = snapshot.symbolicating ? 'working out why' : NO_CAUSE;
  return { what: 'Stopped in', function: place, quiet: working };
}

function noStack(snapshot: Snapshot): string {
  const { threads, file } = snapshot.dump;
  if (threads.length > 0) return `${counted(threads.length, 'thread')}, 0 frames`;
  if (file.truncatedAt !== null) return `the file ends at byte ${grouped(file.truncatedAt)}`;
  return 'the file has no corestack section';
}

/** `4,669 of 131,072 bytes captured in 4 segments`, over all memories. */
export function coverageText(snapshot: Snapshot): string {
  const { memories } = snapshot;
  if (memories.length === 0) return 'No memory in this dump';
  const sum = (of: (memory: (typeof memories)[number]) => number) =>
    memories.reduce((all, memory) => all + of(memory), 0);
  const captured = grouped(sum((memory) => memory.captured));
  const all = counted(
    sum((memory) => memory.size),
    'byte',
  );
  const segments = counted(
    sum((memory) => memory.segments),
    'segment',
  );
  const over = memories.length === 1 ? '' : ` of ${grouped(memories.length)} memories`;
  return `${captured} of ${all} captured in ${segments}${over}`;
}

/** The page's title names the dump. */
export function titleOf(snapshot: Snapshot, name: string): string {
  const summary = summaryOf(snapshot);
  const what = summary.function === '' ? summary.what : summary.function;
  return `${what} — ${name} — Wasmortem`;
}
