import { isTransient } from '../../session/transient';
import { isCount, isRecord } from './checks';

/** The name in local storage; other tabs are told when it changes. */
export const RECENT_KEY = 'wasmortem.recent';

/** Entries that are listed without being asked for. */
export const SHOWN_ROWS = 5;

/** What the page knows of its list before it has read it. */
export type RecentSetting =
  | { readonly kind: 'on'; readonly rows: number }
  /** The user wants nothing remembered. */
  | { readonly kind: 'off' };

const UNKNOWN: RecentSetting = { kind: 'on', rows: 0 };

/** What was stored, if it is what this module stores: anything else may stand there. */
export function parseSetting(text: string | null): RecentSetting {
  if (text === null) return UNKNOWN;
  if (text === 'off') return { kind: 'off' };
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && isCount(value['rows']) ? { kind: 'on', rows: value['rows'] } : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

export function recentSetting(): RecentSetting {
  return withStorage((storage) => parseSetting(storage.getItem(RECENT_KEY))) ?? UNKNOWN;
}

/** Whether opened dumps are to be remembered. Where there is no storage, none are. */
export function remembers(): boolean {
  return hasStorage() && recentSetting().kind === 'on';
}

/** Whether there is a place for the list, and for longer than this visit. */
export function hasStorage(): boolean {
  if (typeof location !== 'undefined' && isTransient(location.pathname)) return false;
  return withStorage((storage) => storage.getItem(RECENT_KEY) !== undefined) === true && hasDatabase();
}

/** In a frame without rights even the question throws. */
function hasDatabase(): boolean {
  try {
    return globalThis.indexedDB !== undefined;
  } catch {
    return false;
  }
}

/** How many entries there are now. With the time, so that other tabs are told of a change in one of them too. */
export function noteRows(rows: number): void {
  if (recentSetting().kind === 'off') return;
  withStorage((storage) => {
    if (rows === 0) storage.removeItem(RECENT_KEY);
    else storage.setItem(RECENT_KEY, JSON.stringify({ rows, at: Date.now() }));
  });
}

export function setRemembers(on: boolean): void {
  withStorage((storage) => {
    if (on) storage.removeItem(RECENT_KEY);
    else storage.setItem(RECENT_KEY, 'off');
  });
}

/** Storage can be forbidden (by the user, in a frame, on `file://`): nothing is remembered then. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
