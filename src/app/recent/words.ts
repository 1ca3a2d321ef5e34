import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { counted, grouped, size } from '../../ui/numbers';
import { summaryOf } from '../summary';
import { copySize, type RecentEntry, type Stamp } from './entry';

/** Longer ones are cut: a list is no place for a name of a megabyte. */
const LONGEST = 160;

/**
 * Why it died, in one line: `Integer divide by zero in divide crash.c:24`. Nothing that the program said: a panic's message
 * can hold what was worked on.
 */
export function headlineOf(snapshot: Snapshot): string {
  const { function: place, what } = summaryOf(snapshot);
  const joint = what === 'Stopped in' ? ' ' : ' in ';
  return visible(place === '' ? what : what + joint + place, LONGEST);
}

const two = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** When something was, by the user's clock: `today 11:20`, `yesterday 09:02`, `Friday 17:45`, `3 Nov 2026`. */
export function whenText(then: Date, now: Date): string {
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // Days have 23 to 25 hours where clocks change.
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  if (days > 1 && days < 7) return `${DAYS[then.getDay()]} ${time}`;
  return `${then.getDate()} ${MONTHS[then.getMonth()]} ${then.getFullYear()}`;
}

/** Size, modules, when, and what is kept: `4,876 bytes, 1 module, today 11:20, copy kept, 34.0 MiB`. */
export function factsOf(entry: RecentEntry, now: Date): string {
  const { copy, from, modules, opened } = entry;
  const parts = [size(entry.size)];
  if (modules > 0) parts.push(counted(modules, 'module'));
  parts.push(whenText(new Date(opened), now));
  if (copy !== null) parts.push(`copy kept, ${size(copySize(entry))}`);
  else if (from.kind === 'link') parts.push(`from ${visible(from.dump, LONGEST)}`);
  return parts.join(', ');
}

const GAVE = {
  file: 'This browser keeps no way to the file: drop it again to open it.',
  paste: 'It was pasted: paste it again to open it.',
  link: 'It was inside a link: open the link again.',
} as const;

/** What the user has to do to open it; empty where a click does. */
export function adviceOf({ copy, from }: RecentEntry): string {
  return copy === null && from.kind === 'user' ? GAVE[from.gave] : '';
}

/** What is different about a file that was opened before; empty where nothing is. */
export function changeText(name: string, was: Stamp, is: Stamp, now: Date): string {
  if (was.size === is.size && was.modified === is.modified) return '';
  const sizes =
    was.size === is.size
      ? `still ${counted(is.size, 'byte')}`
      : `${counted(was.size, 'byte')} then, ${grouped(is.size)} now`;
  return `${visible(name, 60)} has changed since it was opened: ${sizes}, written ${whenText(new Date(is.modified), now)}.`;
}

/** `3 dumps and 2 copies, 34.0 MiB`. */
export function totalText(entries: readonly RecentEntry[]): string {
  const copies = entries.filter(({ copy }) => copy !== null);
  const bytes = copies.reduce((sum, entry) => sum + copySize(entry), 0);
  const dumps = counted(entries.length, 'dump');
  return copies.length === 0
    ? dumps
    : `${dumps} and ${counted(copies.length, 'copy', 'copies')}, ${size(bytes)}`;
}
