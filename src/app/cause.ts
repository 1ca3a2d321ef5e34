import { visible } from '../coredump/visible';
import type { Cause, Snapshot } from '../session/types';
import { capital } from '../symbols/cause/words';
import { firstFrame } from './frames';
import type { FrameRef } from './store';

/** Longer messages are cut: the page is no place for a megabyte of hostile text. */
const LONGEST = 400;

/** Why the thread died that is shown first; null where nothing says so. */
export function mainCause(snapshot: Snapshot): Cause | null {
  const frame = firstFrame(snapshot);
  return frame === null ? null : (snapshot.causes[frame.thread] ?? null);
}

/** The frame to look at first: not a panic's machinery, but what panicked. */
export function blamedFrame(snapshot: Snapshot): FrameRef | null {
  const first = firstFrame(snapshot);
  const cause = first === null ? null : (snapshot.causes[first.thread] ?? null);
  return first === null || cause === null ? first : { thread: first.thread, frame: cause.frame };
}

/** The trap as a headline begins: `Integer divide by zero`. Safe to show. */
export function causeTitle({ title }: Cause): string {
  return visible(capital(title), 120);
}

/** What the program said, unless the title says it already; empty where it said nothing. Safe to show. */
export function causeMessage({ message, title }: Cause): string {
  return message === null || title.toLowerCase().includes(message.toLowerCase())
    ? ''
    : visible(message, LONGEST);
}

/** The sentences that the cause rests on. Safe to show. */
export function causeEvidence({ evidence }: Cause): readonly string[] {
  return evidence.map((sentence) => visible(sentence, LONGEST));
}
