const KEY = 'wasmortem.opened';

/** What a reload may say: which file was open. Never anything of what is in it. */
export interface Opened {
  readonly name: string;
  readonly size: number;
}

/** Keeps name and size for this tab until it is closed. */
export function rememberOpened(opened: Opened): void {
  withStorage((storage) => storage.setItem(KEY, JSON.stringify(opened)));
}

export function forgetOpened(): void {
  withStorage((storage) => storage.removeItem(KEY));
}

/** The file that was open before the reload, or null. */
export function openedBefore(): Opened | null {
  return withStorage((storage) => parseOpened(storage.getItem(KEY))) ?? null;
}

/** What was stored, if it is what `rememberOpened` stores: anything else may stand there. */
export function parseOpened(text: string | null): Opened | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('name' in value) || !('size' in value)) return null;
    const { name, size } = value;
    return typeof name === 'string' && typeof size === 'number' ? { name, size } : null;
  } catch {
    return null;
  }
}

/** Storage can be forbidden (by the user, in a frame, on `file://`): the page then only forgets sooner. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
