import type { Snapshot } from '../../session/types';

/** What the browser keeps beside an entry of the history. */
export interface Entry {
  /** Which dump the entry's view is of; null: of none. */
  readonly dump: string | null;
  /** The how manyeth entry of this page it is. */
  readonly at: number;
}

/** What stands beside an entry, if this page put it there: another page on this host, or an older one, may have. */
export function parseEntry(value: unknown): Entry | null {
  if (typeof value !== 'object' || value === null || !('dump' in value) || !('at' in value)) return null;
  const { dump, at } = value;
  if (dump !== null && typeof dump !== 'string') return null;
  return typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 ? { dump, at } : null;
}

/** Tells a dump from others, also after a reload: its name and size. */
export function dumpKey(snapshot: Snapshot): string {
  return `${snapshot.name}\n${snapshot.dump.file.size}`;
}

/** The name in a key. */
export function dumpName(key: string): string {
  return key.slice(0, key.lastIndexOf('\n'));
}
